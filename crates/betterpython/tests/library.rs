//! No argument makes a built-in panic, hang or break memory, and every tier answers the same.
//!
//! Programs are generated that call every row of the table with random arguments, mostly at the
//! edges of their types, through a random spelling; functions among the arguments throw, and change
//! the array that is being worked on. What cannot be repeated (clocks, system randomness, the file
//! system beyond paths that do not exist) stays out. Seeds are fixed.

mod common;

use betterpython::{End, Options, Stress};
use bp_builtins::Builtin;
use bp_builtins::examples::EXAMPLES;
use bp_builtins::signature::{self, Bound, Signature, Type};
use common::{at_once, captured, executable, in_mode};
use std::fmt::Write;

/// Programs; each calls every row [`CALLS`] times.
const SEEDS: u64 = 12;
/// Calls of each row in one program.
const CALLS: usize = 3;
/// Heap in bytes: small enough that lengths from the program go beyond it.
const HEAP: usize = 64 << 20;

/// Rows that reach outside, and yet always answer the same.
const REPEATABLE: &[Builtin] = &[
    Builtin::Rand,
    Builtin::RandRange,
    Builtin::RandSeed,
    Builtin::RandomSeed,
    Builtin::FileRead,
    Builtin::FileWrite,
    Builtin::FileAppend,
    Builtin::FileCopy,
    Builtin::FileDelete,
    Builtin::FileExists,
    Builtin::FileSize,
    Builtin::FileReadBytes,
    Builtin::FileWriteBytes,
    Builtin::FileWriteInts,
    Builtin::ReadFile,
    Builtin::WriteFile,
    Builtin::ReadLines,
    Builtin::ListDir,
    Builtin::Remove,
    Builtin::IsDir,
    Builtin::ThreadCurrent,
    Builtin::ThreadYield,
    Builtin::ThreadSpawn,
    Builtin::ThreadSpawnWith,
    Builtin::ThreadJoin,
    Builtin::ThreadDetach,
    Builtin::MutexLock,
    Builtin::MutexTryLock,
    Builtin::MutexUnlock,
    Builtin::CondWait,
    Builtin::CondSignal,
    Builtin::CondBroadcast,
    Builtin::JitInvalidate,
    Builtin::GcCollect,
];

const INTS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "-2",
    "3",
    "7",
    "8",
    "9",
    "63",
    "64",
    "65",
    "100",
    "255",
    "256",
    "-300",
    "65536",
    "0x10FFFF",
    "0xD800",
    "INT_MIN",
    "INT_MAX",
    "1 << 31",
    "-(1 << 40)",
    "INT_MAX - 1",
];
const FLOATS: &[&str] = &[
    "0.0",
    "-0.0",
    "1.0",
    "0.5",
    "-2.5",
    "1e308",
    "-1e308",
    "5e-324",
    "9.3e18",
    "1e-5",
    "123456.789",
    "NAN",
    "INF",
    "-INF",
];
const STRS: &[&str] = &[
    r#""""#,
    r#""a""#,
    r#""abc""#,
    r#""\xff\xfe""#,
    r#""\0""#,
    r#""ä€😀""#,
    r#"" \t\r\n x""#,
    r#""12""#,
    r#""-7.5e3""#,
    r#""0x1F""#,
    r#""a,b,,c""#,
    r#""%41+%""#,
    r#""TWFu!""#,
    r#""[""#,
    r#""(a|b)*""#,
    r#"">8.3f""#,
    r#""no/such/file""#,
    r#""é\xc3""#,
    r#""aaaa".repeat(100)"#,
    r#""41ff""#,
];

/// Paths at which there is nothing and cannot be anything.
const PATHS: &[&str] = &[r#""""#, r#""no/such/file""#, r#""no/such/folder/""#, r#""\0""#, r#""no/\xff""#];

/// SplitMix64.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// The types of one call: what its type parameters and `any` stand for.
struct Call {
    params: Vec<Type>,
}

impl Call {
    fn new(rng: &mut Rng, signature: &Signature) -> Call {
        let text = |text: &'static str| match text {
            "[int]" => Type::Array(Box::new(Type::Int)),
            "(int, str)" => Type::Tuple(vec![Type::Int, Type::Str]),
            _ => Type::Map(Box::new(Type::Str), Box::new(Type::Int)),
        };
        let plain = [Type::Int, Type::Float, Type::Str, Type::Bool];
        let mut choose = |bound: Option<Bound>| match (bound, rng.below(8)) {
            (_, number @ 0..4) => plain[number].clone(),
            (Some(Bound::Hashable), 4..6) => text("(int, str)"),
            (Some(Bound::Hashable), _) => Type::Str,
            (Some(Bound::Ordered), 4..6) | (None, 4) => text("[int]"),
            (Some(Bound::Ordered), _) | (None, 5) => text("(int, str)"),
            (None, 6) => text("{str: int}"),
            (None, _) => Type::Int,
        };
        Call { params: signature.type_params.iter().map(|param| choose(param.bound)).collect() }
    }

    /// The type with its parameters replaced; `any` is one of the plain types.
    fn concrete(&self, rng: &mut Rng, ty: &Type) -> Type {
        let mut all = |types: &[Type]| types.iter().map(|ty| self.concrete(rng, ty)).collect::<Vec<Type>>();
        match ty {
            Type::Param(number) => self.params[*number].clone(),
            Type::Any => [Type::Int, Type::Float, Type::Str, Type::Bool][rng.below(4)].clone(),
            Type::Array(element) => Type::Array(Box::new(self.concrete(rng, element))),
            Type::Set(element) => Type::Set(Box::new(self.concrete(rng, element))),
            Type::Optional(inner) => Type::Optional(Box::new(self.concrete(rng, inner))),
            Type::Map(key, value) => Type::Map(Box::new(self.concrete(rng, key)), Box::new(self.concrete(rng, value))),
            Type::Tuple(members) => Type::Tuple(all(members)),
            Type::Function(params, result) => {
                let params = all(params);
                Type::Function(params, Box::new(self.concrete(rng, result)))
            }
            other => other.clone(),
        }
    }
}

/// A type as programs write it.
fn written(ty: &Type) -> String {
    let list = |types: &[Type]| types.iter().map(written).collect::<Vec<_>>().join(", ");
    match ty {
        Type::Array(element) => format!("[{}]", written(element)),
        Type::Set(element) => format!("{{{}}}", written(element)),
        Type::Map(key, value) => format!("{{{}: {}}}", written(key), written(value)),
        Type::Tuple(members) => format!("({})", list(members)),
        Type::Optional(inner) => format!("{}?", written(inner)),
        Type::Function(params, result) => format!("fn({}) -> {}", list(params), written(result)),
        Type::Named(name) => (*name).to_owned(),
        Type::Int => "int".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Str => "str".to_owned(),
        Type::Ptr => "ptr".to_owned(),
        Type::U8 => "u8".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::F32 => "f32".to_owned(),
        Type::Void => "void".to_owned(),
        Type::Never | Type::Any | Type::Param(_) => unreachable!("no value has this type"),
    }
}

/// An expression of a type, built from the edges.
fn value(rng: &mut Rng, ty: &Type) -> String {
    match ty {
        Type::Int => rng.pick(INTS).to_owned(),
        Type::Float | Type::F32 => rng.pick(FLOATS).to_owned(),
        Type::Str => rng.pick(STRS).to_owned(),
        Type::Bool => rng.pick(&["true", "false"]).to_owned(),
        Type::U8 | Type::I32 => rng.below(256).to_string(),
        Type::Ptr => rng.pick(&["mutex_new()", "cond_new()"]).to_owned(),
        Type::Array(element) => {
            let len = [0, 1, 2, 5, 17][rng.below(5)];
            format!("[{}]", (0..len).map(|_| value(rng, element)).collect::<Vec<_>>().join(", "))
        }
        Type::Set(element) => {
            let array = Type::Array(element.clone());
            format!("set({})", value(rng, &array)).replace("set([])", "set()")
        }
        Type::Map(key, of) => {
            let len = [0, 1, 4, 9][rng.below(4)];
            let entries = (0..len).map(|_| format!("{}: {}", value(rng, key), value(rng, of)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Type::Tuple(members) => {
            format!("({})", members.iter().map(|member| value(rng, member)).collect::<Vec<_>>().join(", "))
        }
        Type::Optional(inner) if rng.below(2) == 0 => value(rng, inner),
        Type::Optional(_) => "null".to_owned(),
        Type::Function(params, result) => lambda(rng, params, result),
        Type::Named("Regex") => {
            rng.pick(&["Regex(\"\")", "Regex(\"(a)|b*\")", "Regex(\"(?s).$\")", "Regex(\"[\")"]).to_owned()
        }
        Type::Named("Json") => rng
            .pick(&[
                "json_parse(\"[1, 2.5, null, []]\")",
                "json_parse(\"7\")",
                "json_parse(\"[1\")",
                "json_parse(\"[true]\")",
            ])
            .to_owned(),
        other => unreachable!("{other:?}"),
    }
}

/// A lambda that gives one of its parameters, a constant, or throws; or changes the array `a0`.
fn lambda(rng: &mut Rng, params: &[Type], result: &Type) -> String {
    let names: Vec<String> = (0..params.len()).map(|number| format!("p{number}")).collect();
    let list: Vec<String> = names.iter().zip(params).map(|(name, ty)| format!("{name}: {}", written(ty))).collect();
    let same = params.iter().position(|param| param == result);
    let body = match (result, rng.below(6)) {
        (Type::Void, 0) => "a0.clear()".to_owned(),
        (Type::Void, _) => "note(repr(p0))".to_owned(),
        (Type::Int, 0) => "1 / 0".to_owned(),
        (Type::Int, 1) => "shrink(a0.len())".to_owned(),
        (Type::Bool, 0) => format!("a0.reversed().pop() == p{}", params.len() - 1),
        (Type::Bool, 1) => "a0.pop() == a0.pop()".to_owned(),
        (_, 2..5) if same.is_some() => names[same.unwrap_or_default()].clone(),
        _ => value(rng, result),
    };
    let result = if *result == Type::Void { String::new() } else { format!(" -> {}", written(result)) };
    format!("fn({}){result}: {body}", list.join(", "))
}

/// What generated functions call.
const PRELUDE: &str = "\
let notes = 0

def note(text: str):
    notes += len(text)

def shrink(n: int) -> int:
    if n > 3:
        throw \"enough\"
    return n

";

/// A function that calls the row once and prints what came of it.
fn call(rng: &mut Rng, builtin: Builtin, name: &str, program: &mut String) {
    let signature = signature::signature(builtin);
    let row = builtin.row();
    let types = Call::new(rng, signature);
    let given = signature.params.iter().take_while(|param| param.default.is_none()).count();
    let given = given + rng.below(signature.params.len() - given + 1);
    writeln!(program, "def {name}():\n    try:").expect("a String takes everything");
    let mut args = Vec::new();
    for (number, param) in signature.params.iter().take(given).enumerate() {
        let ty = types.concrete(rng, &param.ty);
        let is_path = ty == Type::Str && ["path", "from", "to"].contains(&param.name);
        let value = if is_path { rng.pick(PATHS).to_owned() } else { value(rng, &ty) };
        writeln!(program, "        let a{number}: {} = {value}", written(&ty)).expect("a String takes everything");
        args.push(format!("a{number}"));
    }
    let as_method = !args.is_empty() && !row.methods.is_empty() && (row.names.is_empty() || rng.below(2) == 0);
    let expression = if signature.is_constant {
        row.names[0].to_owned()
    } else if as_method {
        format!("a0.{}({})", rng.pick(row.methods), args[1..].join(", "))
    } else {
        format!("{}({})", rng.pick(row.names), args.join(", "))
    };
    let is_shown = |ty: &Type| !matches!(ty, Type::Ptr | Type::Function(..));
    let shown: Vec<String> = signature
        .params
        .iter()
        .zip(&args)
        .filter(|(param, _)| is_shown(&param.ty))
        .map(|(_, arg)| format!("repr({arg})"))
        .collect();
    let rest = if shown.is_empty() { String::new() } else { format!(", {}", shown.join(", ")) };
    let lines = if signature.result == Type::Void {
        format!("        {expression}\n        print(\"{name}\"{rest})")
    } else {
        format!("        let r = {expression}\n        print(\"{name}\", repr(r){rest})")
    };
    writeln!(program, "{lines}\n    catch e:\n        print(\"{name} throws\", e)\n")
        .expect("a String takes everything");
}

fn is_called(builtin: Builtin) -> bool {
    let row = builtin.row();
    let has_name = !row.names.is_empty() || !row.methods.is_empty();
    // Nothing in such a call says what an empty set holds.
    has_name && builtin != Builtin::SetNew && (!row.effects.io || REPEATABLE.contains(&builtin))
}

fn program(seed: u64) -> String {
    let mut rng = Rng(seed);
    let mut program = PRELUDE.to_owned();
    let mut main = String::from("def main():\n");
    for &builtin in Builtin::ALL.iter().filter(|builtin| is_called(**builtin)) {
        for number in 0..CALLS {
            let name = format!("call_{builtin:?}_{number}").to_lowercase();
            call(&mut rng, builtin, &name, &mut program);
            writeln!(main, "    {name}()").expect("a String takes everything");
        }
    }
    program + &main
}

/// What a program writes.
fn output(source: &str, options: Options) -> String {
    let (capture, base) = captured();
    let options = Options { output: base.output, heap_limit: Some(HEAP), hash_seed: Some(1), ..options };
    let mut instance = executable(source).start(options).expect("it starts");
    let end = instance.run();
    assert!(matches!(end, End::Finished(_)), "{end:?}");
    String::from_utf8_lossy(&capture.stdout()).into_owned()
}

fn compare(seed: u64, mode: &str, expected: &str, found: &str) {
    for (wanted, got) in expected.lines().zip(found.lines()) {
        assert_eq!(got, wanted, "seed {seed}, {mode}");
    }
    assert_eq!(found.len(), expected.len(), "seed {seed}, {mode}");
}

#[test]
fn examples_of_the_reference_hold() {
    let source: String = EXAMPLES.iter().map(|example| format!("print(repr({}))\n", example.expression)).collect();
    let written = output(&source, in_mode(at_once(), None));
    let values: Vec<&str> = written.lines().collect();
    assert_eq!(values.len(), EXAMPLES.len());
    for (example, value) in EXAMPLES.iter().zip(values) {
        assert_eq!(value, example.value, "{}", example.expression);
    }
}

#[test]
fn every_row_takes_every_argument() {
    for seed in 0..SEEDS {
        let source = program(seed);
        let expected = output(&source, in_mode(betterpython::Jit::off(), None));
        assert!(expected.lines().count() >= CALLS * Builtin::ALL.len() / 2, "most rows are called");
        compare(seed, "compiled", &expected, &output(&source, in_mode(at_once(), None)));
        compare(seed, "alloc", &expected, &output(&source, in_mode(betterpython::Jit::off(), Some(Stress::Alloc))));
        compare(seed, "safepoint", &expected, &output(&source, in_mode(at_once(), Some(Stress::Safepoint))));
    }
}
