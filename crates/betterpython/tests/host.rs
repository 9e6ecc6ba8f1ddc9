//! Values across the border and host functions: every kind of value, every way to fail, every tier.

mod common;

use betterpython::{
    CallError, End, ErrorClass, Host, HostCx, HostError, Options, Output, Refusal, StartError, Type, Value,
};
use common::{calls, captured, in_mode, modes, start, tiers, try_start};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const ECHOES: &str = r#"
def an_int(v: int) -> int: return v
def a_float(v: float) -> float: return v
def a_bool(v: bool) -> bool: return v
def a_str(v: str) -> str: return v
def ints(v: [int]) -> [int]: return v
def floats(v: [float]) -> [float]: return v
def bools(v: [bool]) -> [bool]: return v
def strs(v: [str]) -> [str]: return v
def bytes(v: [u8]) -> [u8]: return v
def halves(v: [i32]) -> [i32]: return v
def singles(v: [f32]) -> [f32]: return v
def nested(v: [[str]]) -> [[str]]: return v
def maybe(v: int?) -> int?: return v
def maybe_float(v: float?) -> float?: return v
def maybe_bools(v: [bool?]) -> [bool?]: return v
def maybe_str(v: str?) -> str?: return v
def pair(v: (int, str)) -> (int, str): return v
def single(v: (float,)) -> (float,): return v
def table(v: {str: [int]}) -> {str: [int]}: return v
def by_number(v: {int: bool?}) -> {int: bool?}: return v
def nothing(): pass
struct Point:
    x: int
def point(p: Point) -> int: return p.x
def made() -> Point: return Point(1)
def outer() -> int:
    def inner() -> int: return 1
    return inner()
"#;

fn array(values: &[Value]) -> Value {
    Value::Array(values.to_vec())
}

fn echoes() -> Vec<(&'static str, Value)> {
    use Value::{Bool, Float, Int, Map, Null, Tuple};
    let text = |text: &str| Value::from(text);
    vec![
        ("an_int", Int(i64::MIN)),
        ("a_float", Float(-0.5)),
        ("a_bool", Bool(true)),
        ("a_str", text("gr\u{fc}n")),
        ("a_str", Value::Str(vec![0, 255, 10])),
        ("a_str", text("")),
        ("ints", array(&[])),
        ("ints", array(&[Int(1), Int(-2), Int(i64::MAX)])),
        ("floats", array(&[Float(1.5), Float(f64::INFINITY)])),
        ("bools", array(&[Bool(true), Bool(false), Bool(true)])),
        ("strs", array(&[text("a"), text(""), text("longer than one word")])),
        ("bytes", array(&[Int(0), Int(255)])),
        ("halves", array(&[Int(-1), Int(i64::from(i32::MIN))])),
        ("singles", array(&[Float(0.25), Float(-2.0)])),
        ("nested", array(&[array(&[text("x")]), array(&[]), array(&[text("y"), text("z")])])),
        ("maybe", Null),
        ("maybe", Int(7)),
        ("maybe_float", Float(2.5)),
        ("maybe_bools", array(&[Null, Bool(false), Bool(true)])),
        ("maybe_str", Null),
        ("maybe_str", text("s")),
        ("pair", Tuple(vec![Int(3), text("three")])),
        ("single", Tuple(vec![Float(1.0)])),
        ("table", Map(vec![(text("b"), array(&[Int(2)])), (text("a"), array(&[]))])),
        ("by_number", Map(vec![(Int(5), Null), (Int(-5), Bool(true))])),
    ]
}

#[test]
fn every_kind_of_value_goes_in_and_comes_out() {
    for (mode, jit, stress) in modes() {
        let mut engine = start(ECHOES, in_mode(jit, stress));
        for (function, value) in echoes() {
            assert_eq!(engine.call(function, std::slice::from_ref(&value)), Ok(value), "{function}, {mode}");
        }
        assert_eq!(engine.call("nothing", &[]), Ok(Value::Null));
        assert_eq!(engine.call("a_float", &[Value::Int(2)]), Ok(Value::Float(2.0)), "as in the language");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_the_reason() {
    let mut engine = start(ECHOES, Options::default());
    let mut refusal = |name: &str, args: &[Value]| match engine.call(name, args) {
        Err(CallError::Refused(refusal)) => refusal.to_string(),
        other => panic!("{other:?}"),
    };
    let int = Value::Int(1);
    assert_eq!(refusal("missing", &[]), "the program has no function `missing`");
    assert_eq!(refusal("inner", &[]), "the program has no function `inner`");
    assert_eq!(refusal("an_int", &[]), "`an_int` takes 1 argument, 0 given");
    assert_eq!(refusal("nothing", std::slice::from_ref(&int)), "`nothing` takes 0 arguments, 1 given");
    assert_eq!(refusal("an_int", &[Value::Float(1.0)]), "argument 1 of `an_int`: wanted `int`, found `float`");
    assert_eq!(refusal("an_int", &[Value::Null]), "argument 1 of `an_int`: wanted `int`, found `null`");
    assert_eq!(
        refusal("strs", &[array(std::slice::from_ref(&int))]),
        "argument 1 of `strs`: wanted `str`, found `int`"
    );
    assert_eq!(
        refusal("nested", &[array(std::slice::from_ref(&int))]),
        "argument 1 of `nested`: wanted `[str]`, found `int`"
    );
    assert_eq!(refusal("bytes", &[array(&[Value::Int(256)])]), "argument 1 of `bytes`: wanted `u8`, found `int`");
    let pair = Value::Tuple(vec![int.clone()]);
    assert_eq!(refusal("pair", &[pair]), "argument 1 of `pair`: wanted `(int, str)`, found `tuple`");
    let cannot = "values of these types cannot cross to the host";
    assert_eq!(refusal("point", std::slice::from_ref(&int)), format!("`point` is `fn(Point) -> int`: {cannot}"));
    assert_eq!(refusal("made", &[]), format!("`made` is `fn() -> Point`: {cannot}"));
    assert_eq!(engine.execute(9999, &[]), Err(CallError::Refused(Refusal::Unknown("number 9999".into()))));
}

#[test]
fn a_call_can_throw_and_exit_and_the_engine_goes_on() {
    let source = r#"
let count = 0
def risky(n: int) -> int:
    count += 1
    if n < 0:
        throw ValueError("negative")
    if n == 0:
        exit(9)
    return 100 // (n - 1)
def calls() -> int: return count
"#;
    for (tier, jit) in tiers() {
        let mut engine = start(source, Options { jit, ..Options::default() });
        for _ in 0..10 {
            assert_eq!(engine.call("risky", &[Value::Int(3)]), Ok(Value::Int(50)), "{tier}");
            let Err(CallError::Uncaught(error)) = engine.call("risky", &[Value::Int(-1)]) else { panic!("{tier}") };
            assert_eq!((error.class.as_str(), error.message.as_slice()), ("ValueError", b"negative".as_slice()));
            assert_eq!(calls(&error.frames).last(), Some(&("risky".to_owned(), 6)), "{tier}");
            let error = engine.call("risky", &[Value::Int(1)]).unwrap_err();
            assert_eq!(error.to_string(), "ZeroDivisionError: division by zero", "{tier}");
            assert_eq!(engine.call("risky", &[Value::Int(0)]), Err(CallError::Exit(9)), "{tier}");
        }
        assert_eq!(engine.call("calls", &[]), Ok(Value::Int(40)), "{tier}");
    }
}

#[test]
fn programs_call_host_functions_like_their_own() {
    let source = r#"
extern fn add(a: int, b: int) -> int
extern fn scale(by: float, values: [float]) -> [float]
extern fn shout(text: str, mark: str = "!") -> str
extern fn lookup(key: str) -> int?
extern fn note(text: str)
extern fn mixed(a: float, b: int, c: float, d: str, e: bool, f: float, g: int, h: [int], i: float, j: int, k: float, l: float, m: float, n: float, o: float, p: str) -> str
def twice(f: fn(int, int) -> int, n: int) -> int: return f(n, f(n, n))
def main() -> int:
    let sum = 0
    for i in range(200):
        sum = add(sum, i)
    note(f"sum {sum}")
    print(scale(2.0, [0.5, 1.5]))
    print(shout("hey"), shout(text="ho", mark="?"))
    print(lookup("one"), lookup("two"))
    print(twice(add, 5), [1, 2, 3].reduce(add))
    print(mixed(0.5, 1, 1.5, "s", true, 2.5, 2, [3, 4], 3.5, 5, 4.5, 5.5, 6.5, 7.5, 8.5, "end"))
    return add(b=2, a=1)
"#;
    for (mode, jit, stress) in modes() {
        let host = Host::new()
            .function("add", [Type::Int, Type::Int], Type::Int, |_, args| {
                let (Some(a), Some(b)) = (args[0].to::<i64>(), args[1].to::<i64>()) else { return Err("ints".into()) };
                Ok(Value::Int(a + b))
            })
            .function("scale", [Type::Float, Type::array(Type::Float)], Type::array(Type::Float), |_, args| {
                let by: f64 = args[0].to().ok_or("a float")?;
                let values: Vec<f64> = args[1].to().ok_or("floats")?;
                Ok(values.into_iter().map(|value| value * by).collect::<Vec<_>>().into())
            })
            .function("shout", [Type::Str, Type::Str], Type::Str, |_, args| {
                let text = args[0].as_str().ok_or("text")?.to_uppercase();
                Ok(format!("{text}{}", args[1].as_str().ok_or("text")?).into())
            })
            .function("lookup", [Type::Str], Type::optional(Type::Int), |_, args| {
                Ok((args[0].as_str() == Some("one")).then_some(1_i64).into())
            })
            .function("note", [Type::Str], Type::Void, |cx, args| {
                cx.write(&format!("note: {}\n", args[0].as_str().ok_or("text")?));
                Ok(Value::Null)
            })
            .function("mixed", mixed_types(), Type::Str, |_, args| {
                let texts: Vec<String> = args.iter().map(Value::to_string).collect();
                Ok(texts.join(" ").into())
            });
        let (output, options) = captured();
        let mut engine = try_start(source, Options { host, output: options.output, ..in_mode(jit, stress) }).unwrap();
        let end = engine.run();
        assert!(matches!(end, End::Finished(3)), "{mode}: {end:?}");
        let expected = "note: sum 19900\n[1.0, 3.0]\nHEY! HO?\n1 null\n15 6\n\
            0.5 1 1.5 \"s\" true 2.5 2 [3, 4] 3.5 5 4.5 5.5 6.5 7.5 8.5 \"end\"\n";
        assert_eq!(String::from_utf8(output.stdout()).unwrap(), expected, "{mode}");
    }
}

fn mixed_types() -> [Type; 16] {
    use Type::{Bool, Float, Int, Str};
    let ints = Type::array(Int);
    [Float, Int, Float, Str, Bool, Float, Int, ints, Float, Int, Float, Float, Float, Float, Float, Str]
}

#[test]
fn a_program_starts_only_with_what_it_declares() {
    let source = "extern fn f(a: int) -> str\nprint(f(1))\n";
    let error = |host: Host| try_start(source, Options { host, ..Options::default() }).err().unwrap();
    let missing = error(Host::new());
    assert!(matches!(missing, StartError::NoHostFunction { .. }));
    assert_eq!(missing.to_string(), "the program needs the host function `f`, `fn(int) -> str`, which is not there");
    let other = error(Host::new().function("f", [Type::Float], Type::Str, |_, _| Ok("".into())));
    assert_eq!(
        other.to_string(),
        "the host function `f` is `fn(float) -> str`, the program declares it `fn(int) -> str`"
    );
    let count = error(Host::new().function("f", [], Type::Str, |_, _| Ok("".into())));
    assert!(matches!(count, StartError::HostTypes { .. }));
}

#[test]
fn a_compiled_file_keeps_its_host_functions() {
    let file = common::executable("extern fn f(a: int) -> int\ndef main() -> int: return f(1)\n").to_bpc();
    let loaded = betterpython::Executable::from_bpc(&file).unwrap();
    let host = Host::new().function("f", [Type::Int], Type::Int, |_, args| Ok(args[0].clone()));
    let mut engine = loaded.start(Options { host, ..Options::default() }).unwrap();
    assert!(matches!(engine.run(), End::Finished(1)));
}

const FAILING: &str = r#"
extern fn fail(how: int) -> int
let finals = 0
def attempt(how: int) -> str:
    try:
        return f"got {fail(how)}"
    catch ValueError as e:
        return f"ValueError {e.message}"
    catch RuntimeError as e:
        return f"RuntimeError {e.message}"
    finally:
        finals += 1
def thrower(n: int) -> int:
    if n > 0:
        return thrower(n - 1)
    throw KeyError("deep")
def leaver() -> int:
    exit(4)
    return 1
def through(how: int) -> int:
    let r = 0
    try:
        r = fail(how)
    finally:
        finals += 1
    return r
def count() -> int: return finals
"#;

fn failing(cx: &mut HostCx<'_>, how: i64) -> Result<Value, HostError> {
    match how {
        0 => Err("plain text".into()),
        1 => Err(HostError::new(ErrorClass::ValueError, "of a class")),
        2 => Ok(Value::from("not an int")),
        // Handed on as what it is.
        3 => cx.call("thrower", &[Value::Int(5)]),
        // Caught here.
        4 => {
            let error = cx.call("thrower", &[Value::Int(0)]).unwrap_err();
            assert_eq!((error.class(), error.message()), (Some("KeyError"), "deep"));
            let second = cx.call("thrower", &[Value::Int(3)]).unwrap_err();
            assert_eq!(second.to_string(), "KeyError: deep");
            Ok(Value::Int(1))
        }
        // The first of two.
        5 => {
            let first = cx.call("through", &[Value::Int(1)]).unwrap_err();
            let _ = cx.call("thrower", &[Value::Int(3)]).unwrap_err();
            Err(first)
        }
        // Nothing stops `exit`.
        6 => {
            let _ = cx.call("leaver", &[]).unwrap_err();
            let _ = cx.call("leaver", &[]).unwrap_err();
            Ok(Value::Int(1))
        }
        7 => cx.call("missing", &[]),
        8 => cx.call("through", &[]),
        9 => {
            cx.interrupt_handle().interrupt();
            cx.poll()?;
            Ok(Value::Int(1))
        }
        _ => panic!("a host function's own mistake"),
    }
}

#[test]
fn host_functions_fail_in_every_way() {
    for (mode, jit, stress) in modes() {
        let host =
            Host::new().function("fail", [Type::Int], Type::Int, |cx, args| failing(cx, args[0].to().ok_or("an int")?));
        let mut engine = start(FAILING, Options { host, ..in_mode(jit, stress) });
        for _ in 0..3 {
            let mut attempt = |how: i64| match engine.call("attempt", &[Value::Int(how)]) {
                Ok(text) => text.as_str().unwrap().to_owned(),
                Err(error) => error.to_string(),
            };
            assert_eq!(attempt(0), "RuntimeError plain text", "{mode}");
            assert_eq!(attempt(1), "ValueError of a class", "{mode}");
            assert_eq!(attempt(2), "RuntimeError the host answered `str` where `fail` wants `int`", "{mode}");
            assert_eq!(attempt(3), "KeyError: deep", "{mode}");
            assert_eq!(attempt(4), "got 1", "{mode}");
            assert_eq!(attempt(5), "ValueError of a class", "{mode}");
            assert_eq!(attempt(6), "the program ended with status 4", "{mode}");
            assert_eq!(attempt(7), "RuntimeError the program has no function `missing`", "{mode}");
            assert_eq!(attempt(8), "RuntimeError `through` takes 1 argument, 0 given", "{mode}");
            assert!(attempt(9).starts_with("InterruptError"), "{mode}");
            // All but `exit`, and one more in 5.
            assert_eq!(engine.call("count", &[]), Ok(Value::Int(10)), "{mode}");
            engine.run_modules();
        }
        let Err(CallError::Uncaught(error)) = engine.call("attempt", &[Value::Int(3)]) else { panic!("{mode}") };
        let trace = calls(&error.frames);
        let functions: Vec<&str> = trace.iter().map(|(function, _)| &**function).collect();
        assert_eq!(functions.iter().filter(|name| **name == "thrower").count(), 6, "{mode}: {functions:?}");
        assert_eq!(functions[..2], ["attempt", "fail"], "{mode}");
    }
}

#[test]
fn a_panic_goes_on_where_the_embedder_called() {
    for (tier, jit) in tiers() {
        let host =
            Host::new().function("fail", [Type::Int], Type::Int, |cx, args| failing(cx, args[0].to().ok_or("an int")?));
        let mut engine = start(FAILING, Options { host, jit, ..Options::default() });
        for how in [10, 0, 10] {
            let call = std::panic::AssertUnwindSafe(|| engine.call("attempt", &[Value::Int(how)]));
            let result = std::panic::catch_unwind(call);
            assert_eq!(result.is_err(), how == 10, "{tier}");
        }
        assert_eq!(engine.call("count", &[]), Ok(Value::Int(1)), "{tier}: no `finally` runs in a panic");
    }
}

#[test]
fn callbacks_go_to_and_fro() {
    let source = r#"
extern fn bounce(n: int, words: [str]) -> [str]
def back(n: int, words: [str]) -> [str]:
    words.push(f"p{n}")
    if n == 0:
        return words
    return bounce(n - 1, words)
def sorted_by_host(xs: [int]) -> [int]:
    let ys = xs.copy()
    ys.sort_by(order)
    return ys
extern fn order(a: int, b: int) -> int
"#;
    for (mode, jit, stress) in modes() {
        let calls = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&calls);
        let words = Type::array(Type::Str);
        let host = Host::new()
            .function("bounce", [Type::Int, words.clone()], words, move |cx, args| {
                counted.fetch_add(1, Ordering::Relaxed);
                let mut words: Vec<String> = args[1].to().ok_or("words")?;
                let n: i64 = args[0].to().ok_or("an int")?;
                words.push(format!("h{n}"));
                cx.call("back", &[args[0].clone(), words.into()])
            })
            .function("order", [Type::Int, Type::Int], Type::Int, |_, args| {
                Ok(Value::Int(args[1].to::<i64>().cmp(&args[0].to::<i64>()) as i64))
            });
        let mut engine = start(source, Options { host, output: Output::default(), ..in_mode(jit, stress) });
        let depth = if stress.is_some() { 5 } else { 50 };
        let words: Vec<String> = engine.call("back", &[Value::Int(depth), array(&[])]).unwrap().to().unwrap();
        assert_eq!(words.len() as i64, 2 * depth + 1, "{mode}");
        assert_eq!((words[0].as_str(), words[words.len() - 1].as_str()), (&*format!("p{depth}"), "p0"), "{mode}");
        assert_eq!(calls.load(Ordering::Relaxed), depth as u64);
        let numbers: Vec<i64> = (0..100).map(|i| i * 37 % 101).collect();
        let sorted: Vec<i64> = engine.call("sorted_by_host", &[numbers.clone().into()]).unwrap().to().unwrap();
        let mut expected = numbers;
        expected.sort_by(|a, b| b.cmp(a));
        assert_eq!(sorted, expected, "{mode}");
    }
}
