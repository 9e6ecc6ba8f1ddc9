//! One broken program per rule; each must be refused with the message of its rule.

use super::verify;
use crate::operand::{Kind, Reg};
use crate::program::{Constant, Extern, Function, Handler, LineEntry, LoopInfo, Main, Signature};
use crate::types::{FIRST_ERROR_CLASS, FIRST_PROGRAM_TYPE, FixedType, TypeDesc};
use crate::{Instr, Opcode, Program};
use Kind::{Float, Int, Ref};

const fn r(number: u16) -> Reg {
    Reg(number)
}

/// The words of instructions.
pub(crate) fn assemble(instrs: &[Instr]) -> Vec<u64> {
    let mut code = Vec::new();
    for instr in instrs {
        let (words, count) = instr.encode();
        code.extend_from_slice(&words[..count]);
    }
    code
}

/// A function with parameters in front of other registers.
pub(crate) fn function(name: &str, params: u16, registers: &[Kind], result: Option<Kind>, code: &[Instr]) -> Function {
    let code = assemble(code);
    Function { name: name.into(), params, registers: registers.into(), result, code, ..Function::default() }
}

/// `twice(int) -> int`, a closure `adder` over one cell, and a few types and globals.
fn sample() -> Program {
    let twice = function(
        "twice",
        1,
        &[Int, Int],
        Some(Int),
        &[Instr::AddInt { dst: r(1), lhs: r(0), rhs: r(0) }, Instr::Ret { src: r(1) }],
    );
    let mut adder = function(
        "adder",
        1,
        &[Int, Ref, Int],
        Some(Int),
        &[
            Instr::GetFieldInt { dst: r(2), object: r(1), field: 2 },
            Instr::AddInt { dst: r(2), lhs: r(2), rhs: r(0) },
            Instr::Ret { src: r(2) },
        ],
    );
    adder.takes_closure = true;
    let method = function(
        "get",
        1,
        &[Ref, Int],
        Some(Int),
        &[Instr::GetFieldInt { dst: r(1), object: r(0), field: 0 }, Instr::Ret { src: r(1) }],
    );
    let body = function("<module>", 0, &[], None, &[Instr::RetVoid {}]);
    let point = TypeDesc::Record {
        name: "Point".into(),
        is_class: true,
        base: None,
        fields: vec![("x".into(), FixedType::Int.id()), ("y".into(), FixedType::Float.id())],
        vtable: vec![2],
        to_str: None,
        equals: None,
        less: None,
    };
    Program {
        functions: vec![twice, adder, method, body],
        types: vec![TypeDesc::Array { element: FixedType::Str.id() }, point],
        constants: vec![Constant::Str((*b"text").into()), Constant::Function(0)],
        word_globals: vec!["total".into()],
        ref_globals: vec!["names".into()],
        module_bodies: vec![3],
        main: None,
        files: vec!["a.bp".into()],
        externs: Vec::new(),
    }
}

const ARRAY: u32 = FIRST_PROGRAM_TYPE;
const POINT: u32 = FIRST_PROGRAM_TYPE + 1;

/// What is wrong with the sample after a change; the empty text if nothing is.
fn wrong(change: impl FnOnce(&mut Program)) -> String {
    let mut program = sample();
    change(&mut program);
    verify(&program).map_or_else(|error| error.to_string(), |()| String::new())
}

/// What is wrong with a function of these registers, of which the first two, an int and a
/// reference, are parameters.
fn wrong_code(code: &[Instr]) -> String {
    let registers = [Int, Ref, Int, Float, Ref, Int];
    wrong(|program| program.functions.push(function("f", 2, &registers, None, code)))
}

/// Like [`wrong_code`], with a `ret_void` behind.
fn wrong_instr(instr: Instr) -> String {
    wrong_code(&[instr, Instr::RetVoid {}])
}

#[test]
fn the_sample_is_valid() {
    assert_eq!(wrong(|_| ()), "");
}

#[test]
fn code_decodes_to_its_end() {
    assert_eq!(wrong(|p| p.functions[0].code.clear()), "in `twice`: there is no code");
    assert_eq!(wrong(|p| p.functions[0].code[1] = 0xFFFF), "in `twice` at 1: opcode 65535 does not exist");
    let cut = |p: &mut Program| p.functions[0].code[1] = Opcode::Call as u64;
    assert_eq!(wrong(cut), "in `twice` at 1: the code ends within `call`");
    assert_eq!(
        wrong_code(&[Instr::ConstNull { dst: r(4) }]),
        "in `f` at 0: control runs off the end behind `const_null`"
    );
}

#[test]
fn registers_exist_and_are_of_their_kind() {
    let read = |src| wrong_instr(Instr::NegInt { dst: r(2), src });
    assert_eq!(read(r(9)), "in `f` at 0: register r9 does not exist");
    assert_eq!(read(Reg::NONE), "in `f` at 0: register r65535 does not exist");
    assert_eq!(read(r(1)), "in `f` at 0: r1 is a register for references");
    assert_eq!(wrong_instr(Instr::MoveAny { dst: r(2), src: r(1) }), "in `f` at 0: r2 and r1 are of different kinds");
    let window = Instr::StrConcatAll { dst: r(4), args: r(4), count: 3 };
    assert_eq!(wrong_instr(window), "in `f` at 0: arguments r4… reach beyond the last register");
    assert_eq!(wrong(|p| p.functions[0].params = 3), "in `twice`: 3 parameters do not fit 2 registers");
    assert_eq!(wrong(|p| p.functions[1].registers[1] = Int), "in `adder`: the closure is not in a reference register");
    assert_eq!(wrong(|p| p.functions[0].registers = vec![Int; 65536]), "in `twice`: 65536 registers are too many");
}

#[test]
fn numbers_exist() {
    let expect = |instr, what: &str| assert_eq!(wrong_instr(instr), format!("in `f` at 0: {what}"));
    expect(Instr::ConstRef { dst: r(4), index: 2 }, "constant 2 does not exist");
    expect(Instr::GetGlobal { dst: r(2), slot: 1 }, "word global 1 does not exist");
    expect(Instr::GetGlobalRef { dst: r(4), slot: 7 }, "reference global 7 does not exist");
    expect(Instr::Call { dst: Reg::NONE, args: r(2), count: 0, function: 99 }, "function 99 does not exist");
    expect(Instr::CallBuiltin { dst: Reg::NONE, args: r(2), count: 0, builtin: 9999 }, "built-in 9999 does not exist");
    expect(Instr::TrapNow { trap: 999 }, "trap 999 does not exist");
    expect(Instr::NewMap { dst: r(4), ty: 0 }, "type 0 does not exist");
    expect(Instr::NewMap { dst: r(4), ty: POINT + 1 }, "type 66 does not exist");
    expect(Instr::JumpLoop { target: -2, loop_id: 0 }, "loop 0 does not exist");
}

#[test]
fn immediates_are_in_range() {
    let expect = |instr, what: &str| assert_eq!(wrong_instr(instr), format!("in `f` at 0: {what}"));
    expect(Instr::DivIntImm { dst: r(2), lhs: r(0), imm: 0 }, "division by the immediate 0");
    expect(Instr::RemIntImm { dst: r(2), lhs: r(0), imm: -1 }, "division by the immediate -1");
    expect(Instr::ShlIntImm { dst: r(2), lhs: r(0), imm: 64 }, "shift by the immediate 64");
    expect(Instr::ShrIntImm { dst: r(2), lhs: r(0), imm: -1 }, "shift by the immediate -1");
    expect(Instr::NewArray { dst: r(4), capacity: -1, ty: ARRAY }, "an array with room for -1 elements");
}

#[test]
fn types_fit_their_instructions() {
    let expect = |instr, what: &str| assert_eq!(wrong_instr(instr), format!("in `f` at 0: {what}"));
    expect(Instr::NewArray { dst: r(4), capacity: 0, ty: POINT }, "type 65 is not an array");
    expect(Instr::NewMap { dst: r(4), ty: ARRAY }, "type 64 is neither a map nor a set");
    expect(Instr::IsClass { dst: r(2), object: r(1), ty: ARRAY }, "type 64 is not a class");
    expect(Instr::NewRecord { dst: r(4), args: r(0), count: 1, ty: POINT }, "type 65 has 2 fields, not 1");
    expect(Instr::NewRecord { dst: r(4), args: r(0), count: 2, ty: POINT }, "field 1 of type 65 is of another kind");
    expect(Instr::NewRecord { dst: r(4), args: r(0), count: 1, ty: ARRAY }, "type 64 has no fields");
    let cell = Instr::NewRecord { dst: r(4), args: r(1), count: 1, ty: FixedType::WordCell.id() };
    expect(cell, "field 0 of type 22 is of another kind");
    let error = Instr::NewRecord { dst: r(4), args: r(0), count: 2, ty: FIRST_ERROR_CLASS };
    expect(error, "field 0 of type 32 is of another kind");
    expect(Instr::ToStr { dst: r(4), src: r(0), ty: POINT }, "r0 cannot hold a value of type 65");
    let equal = Instr::EqValue { dst: r(2), lhs: r(1), rhs: r(0), ty: ARRAY };
    expect(equal, "r0 cannot hold a value of type 64");
}

#[test]
fn calls_fit_their_callees() {
    let expect = |instr, what: &str| assert_eq!(wrong_instr(instr), format!("in `f` at 0: {what}"));
    let call = |dst, args, count, function| Instr::Call { dst, args, count, function };
    expect(call(r(2), r(0), 2, 0), "`twice` takes 1 arguments, not 2");
    expect(call(r(2), r(1), 1, 0), "argument 0 of `twice` is not of kind int");
    expect(call(Reg::NONE, r(0), 1, 0), "- does not fit the result of `twice`");
    expect(call(r(3), r(0), 1, 0), "r3 does not fit the result of `twice`");
    expect(call(r(2), r(0), 1, 1), "`adder` needs its closure");
    let closure = |args, function| Instr::NewClosure { dst: r(4), args, count: 1, function };
    expect(closure(r(1), 0), "`twice` captures nothing");
    expect(closure(r(0), 1), "a captured value is not a reference");
    let method = |dst, args, slot| Instr::CallVirtual { dst, args, count: 1, slot };
    assert_eq!(wrong_instr(method(r(2), r(1), 0)), "");
    expect(method(r(2), r(0), 0), "a method call without an object");
    expect(method(r(2), r(1), 1), "no class has a method in slot 1 that fits the registers");
    expect(method(r(3), r(1), 0), "no class has a method in slot 0 that fits the registers");
    expect(Instr::StrConcatAll { dst: r(4), args: r(0), count: 2 }, "a string to join is not a reference");
}

#[test]
fn returns_fit_the_function() {
    assert_eq!(wrong_code(&[Instr::Ret { src: r(0) }]), "in `f` at 0: r0 is not of the kind that the function returns");
    let void = |p: &mut Program| p.functions[0].code = assemble(&[Instr::RetVoid {}]);
    assert_eq!(wrong(void), "in `twice` at 0: the function returns without its result");
}

#[test]
fn branches_lead_to_instructions() {
    let skip = |target| {
        wrong_code(&[Instr::BrTrue { cond: r(0), target }, Instr::ConstWord { dst: r(2), bits: 1 }, Instr::RetVoid {}])
    };
    assert_eq!(skip(2), "");
    assert_eq!(skip(1), "in `f` at 0: the target 2 is no instruction");
    assert_eq!(skip(3), "in `f` at 0: the target 4 is no instruction");
    assert_eq!(skip(-2), "in `f` at 0: the target -1 is no instruction");
    assert_eq!(skip(i32::MIN), "in `f` at 0: the target -2147483647 is no instruction");
    assert_eq!(skip(-1), "in `f` at 0: a jump back that is no loop");
}

#[test]
fn loops_have_headers_behind_them() {
    let looping = |target, header, loop_id| {
        wrong(|p| {
            let code =
                [Instr::ConstInt { dst: r(0), value: 1 }, Instr::JumpLoop { target, loop_id }, Instr::RetVoid {}];
            let loops = vec![LoopInfo { header }];
            p.functions.push(Function { loops, ..function("f", 0, &[Int], None, &code) });
        })
    };
    assert_eq!(looping(-3, 0, 0), "");
    assert_eq!(looping(-3, 0, 1), "in `f` at 1: loop 1 does not exist");
    assert_eq!(looping(-3, 1, 0), "in `f` at 1: loop 0 has its header at 1, not at 0");
    assert_eq!(looping(0, 3, 0), "in `f` at 1: loop 0 leads forwards");
    assert_eq!(looping(-3, 9, 0), "in `f`: loop 0 has no header");
    let up = |step| {
        wrong(|p| {
            let code = [
                Instr::ConstInt { dst: r(0), value: 1 },
                Instr::LoopUp { index: r(0), limit: r(0), step, target: -2, loop_id: 0 },
                Instr::RetVoid {},
            ];
            let loops = vec![LoopInfo { header: 1 }];
            p.functions.push(Function { loops, ..function("f", 0, &[Int], None, &code) });
        })
    };
    assert_eq!(up(1), "");
    assert_eq!(up(0), "in `f` at 1: a loop upwards by 0");
}

#[test]
fn handlers_are_well_formed() {
    let handled = |start, end, target, register| {
        wrong(|p| {
            let code =
                [Instr::ConstWord { dst: r(0), bits: 1 }, Instr::TrapNow { trap: 0 }, Instr::Rethrow { src: r(1) }];
            let handlers = vec![Handler { start, end, target, register }];
            p.functions.push(Function { handlers, ..function("f", 0, &[Int, Ref], None, &code) });
        })
    };
    assert_eq!(handled(0, 3, 3, 1), "");
    assert_eq!(handled(2, 2, 3, 1), "in `f`: handler 0 protects 2..2 of 4 words");
    assert_eq!(handled(2, 5, 3, 1), "in `f`: handler 0 protects 2..5 of 4 words");
    assert_eq!(handled(1, 3, 3, 1), "in `f`: handler 0 protects a part of an instruction");
    assert_eq!(handled(0, 3, 1, 1), "in `f`: handler 0 leads into an instruction");
    assert_eq!(handled(0, 3, 2, 1), "in `f`: handler 0 protects itself");
    assert_eq!(handled(0, 3, 3, 0), "in `f`: handler 0 has no reference register");
    assert_eq!(handled(0, 3, 3, 7), "in `f`: handler 0 has no reference register");
}

#[test]
fn side_tables_are_in_order() {
    let entry = |pc| LineEntry { pc, line: 1, column: 1 };
    let lines = |rows: Vec<LineEntry>| wrong(|p| p.functions[0].lines = rows);
    assert_eq!(lines(vec![entry(0), entry(0)]), "in `twice`: the line table does not ascend at 0");
    assert_eq!(lines(vec![entry(2)]), "in `twice`: the line table ends behind the code");
    let variable = |p: &mut Program| p.functions[0].variables = vec![(5, "x".into())];
    assert_eq!(wrong(variable), "in `twice`: variable `x` is in r5, which does not exist");
    assert_eq!(wrong(|p| p.functions[0].file = 1), "in `twice`: file 1 does not exist");
}

#[test]
fn registers_are_written_before_they_are_read() {
    let neg = Instr::NegInt { dst: r(2), src: r(5) };
    assert_eq!(wrong_instr(neg), "in `f` at 0: r5 may be read before it is written");
    let one_way =
        [Instr::BrTrue { cond: r(0), target: 1 }, Instr::ConstInt { dst: r(5), value: 1 }, neg, Instr::RetVoid {}];
    assert_eq!(wrong_code(&one_way), "in `f` at 2: r5 may be read before it is written");
    let both_ways = [
        Instr::BrTrue { cond: r(0), target: 2 },
        Instr::ConstInt { dst: r(5), value: 1 },
        Instr::Jump { target: 1 },
        Instr::ConstInt { dst: r(5), value: 2 },
        neg,
        Instr::RetVoid {},
    ];
    assert_eq!(wrong_code(&both_ways), "");
}

#[test]
fn an_iteration_writes_its_item_only_when_there_is_one() {
    let next = Instr::ArrayNext { dst: r(5), array: r(1), index: r(0), target: 1 };
    let use_item = Instr::NegInt { dst: r(2), src: r(5) };
    assert_eq!(wrong_code(&[next, use_item, Instr::RetVoid {}]), "");
    let after = [next, use_item, use_item, Instr::RetVoid {}];
    assert_eq!(wrong_code(&after), "in `f` at 3: r5 may be read before it is written");
}

#[test]
fn arguments_are_gone_behind_a_call() {
    let set = |register| Instr::ConstInt { dst: r(register), value: 1 };
    let call = Instr::Call { dst: r(2), args: r(5), count: 1, function: 0 };
    let neg = |src| Instr::NegInt { dst: r(2), src: r(src) };
    assert_eq!(wrong_code(&[set(5), call, neg(2), Instr::RetVoid {}]), "");
    assert_eq!(wrong_code(&[set(5), call, set(5), neg(5), Instr::RetVoid {}]), "");
    let gone = "r5 may be read after it was given to a call";
    assert_eq!(wrong_code(&[set(5), call, neg(5), Instr::RetVoid {}]), format!("in `f` at 3: {gone}"));
    let later = [set(5), call, Instr::BrTrue { cond: r(0), target: 0 }, neg(5), Instr::RetVoid {}];
    assert_eq!(wrong_code(&later), format!("in `f` at 4: {gone}"));
    let above = Instr::Call { dst: r(2), args: r(2), count: 1, function: 0 };
    let lost = [set(5), set(2), above, neg(5), Instr::RetVoid {}];
    assert_eq!(wrong_code(&lost), format!("in `f` at 4: {gone}"));
    let result = [set(5), Instr::Call { dst: r(5), args: r(5), count: 1, function: 0 }, neg(5), Instr::RetVoid {}];
    assert_eq!(wrong_code(&result), "");
}

/// A call under a handler that reads r5.
fn handled_call(args: u16, code_before: &[Instr]) -> String {
    let mut code = code_before.to_vec();
    let start = assemble(&code).len() as u32;
    code.push(Instr::Call { dst: r(2), args: r(args), count: 1, function: 0 });
    code.push(Instr::RetVoid {});
    code.push(Instr::NegInt { dst: r(2), src: r(5) });
    code.push(Instr::RetVoid {});
    wrong(|p| {
        let handlers = vec![Handler { start, end: start + 2, target: start + 3, register: 4 }];
        let registers = [Int, Ref, Int, Float, Ref, Int, Int];
        p.functions.push(Function { handlers, ..function("f", 2, &registers, None, &code) });
    })
}

#[test]
fn handlers_see_what_was_written_before_the_throw() {
    let set = |register| Instr::ConstInt { dst: r(register), value: 1 };
    assert_eq!(handled_call(6, &[set(5), set(6)]), "");
    assert_eq!(handled_call(6, &[set(6)]), "in `f` at 4: r5 may be read before it is written");
    assert_eq!(handled_call(5, &[set(5)]), "in `f` at 4: r5 may be read after it was given to a call");
}

#[test]
fn the_caught_object_is_written_by_the_throw() {
    let code = [Instr::TrapNow { trap: 0 }, Instr::Rethrow { src: r(0) }];
    let handlers = vec![Handler { start: 0, end: 1, target: 1, register: 0 }];
    let push = |p: &mut Program| p.functions.push(Function { handlers, ..function("f", 0, &[Ref], None, &code) });
    assert_eq!(wrong(push), "");
}

#[test]
fn the_result_of_what_throws_is_not_written() {
    // The handler reads r2, which only the instruction that has thrown would have written.
    let code = [
        Instr::DivInt { dst: r(2), lhs: r(0), rhs: r(0) },
        Instr::RetVoid {},
        Instr::NegInt { dst: r(0), src: r(2) },
        Instr::RetVoid {},
    ];
    let handlers = vec![Handler { start: 0, end: 1, target: 2, register: 1 }];
    let push =
        |p: &mut Program| p.functions.push(Function { handlers, ..function("f", 1, &[Int, Ref, Int], None, &code) });
    assert_eq!(wrong(push), "in `f` at 2: r2 may be read before it is written");
}

#[test]
fn types_are_sound() {
    let expect = |row, what: &str| assert_eq!(wrong(|p| p.types.push(row)), format!("type 66: {what}"));
    let record = |base, fields, vtable, to_str, equals| TypeDesc::Record {
        name: "R".into(),
        is_class: true,
        base,
        fields,
        vtable,
        to_str,
        equals,
        less: None,
    };
    expect(TypeDesc::Array { element: 99 }, "type 99 does not exist");
    expect(TypeDesc::Set { key: 0 }, "type 0 does not exist");
    expect(TypeDesc::Optional { inner: FIRST_PROGRAM_TYPE + 2 }, "an optional of an optional");
    expect(record(Some(ARRAY), vec![], vec![], None, None), "base 64 is not a class");
    expect(record(Some(POINT), vec![], vec![2], None, None), "the fields of base 65 do not come first");
    let fields = || vec![("x".into(), FixedType::Int.id()), ("y".into(), FixedType::Float.id())];
    expect(record(Some(POINT), fields(), vec![], None, None), "the methods of base 65 are missing");
    expect(record(Some(FIRST_ERROR_CLASS), vec![], vec![], None, None), "an error class without message and trace");
    expect(record(None, vec![], vec![9], None, None), "function 9 does not exist");
    expect(record(None, vec![], vec![1], None, None), "method `adder` captures variables");
    expect(record(None, vec![], vec![], Some(0), None), "`twice` cannot serve as `__str__`");
    expect(record(None, vec![], vec![], None, Some(2)), "`get` cannot serve as `__eq__`");
    let own = wrong(|p| p.types.push(record(Some(66), vec![], vec![], None, None)));
    assert_eq!(own, "type 66 is its own ancestor");
}

#[test]
fn constants_and_entry_points_exist() {
    let constant = |number| wrong(|p| p.constants.push(Constant::Function(number)));
    assert_eq!(constant(9), "constant 2 is function 9, which does not exist");
    assert_eq!(constant(1), "constant 2 is a function that captures variables");
    assert_eq!(wrong(|p| p.module_bodies = vec![9]), "module body 9 does not exist");
    assert_eq!(wrong(|p| p.module_bodies = vec![0]), "module body `twice` takes or returns something");
    let main = |function, takes_args, args_type, returns_status| {
        wrong(|p| p.main = Some(Main { function, takes_args, args_type, returns_status }))
    };
    assert_eq!(main(3, false, 0, false), "");
    assert_eq!(main(9, false, 0, false), "main function 9 does not exist");
    assert_eq!(main(1, false, 0, false), "the main function captures variables");
    assert_eq!(main(0, false, 0, true), "the main function's parameters do not fit its description");
    assert_eq!(main(0, true, ARRAY, true), "the main function does not take an array");
    assert_eq!(main(2, true, POINT, true), "type 65 of the main function's arguments is not `[str]`");
    assert_eq!(main(2, true, ARRAY, true), "");
    assert_eq!(main(2, true, ARRAY, false), "the main function's result does not fit its description");
}

#[test]
fn arguments_need_instructions() {
    // A few words may not ask the reader to look at millions of registers.
    let many = u16::MAX - 2;
    let instr = Instr::StrConcatAll { dst: r(0), args: r(0), count: many };
    let mut code = vec![Instr::ConstNull { dst: r(0) }];
    code.extend([instr; 3]);
    code.push(Instr::RetVoid {});
    let push = |p: &mut Program| p.functions.push(function("f", many, &vec![Ref; usize::from(many)], None, &code));
    assert_eq!(wrong(push), "in `f` at 2: more arguments than instructions could have prepared");
}

#[test]
fn signatures_fit_their_functions() {
    let signed = |params: &[u32], result: u32| {
        wrong(|p| p.functions[0].signature = Some(Signature { params: params.into(), result }))
    };
    let (int, void) = (FixedType::Int.id(), FixedType::Void.id());
    assert_eq!(signed(&[int], int), "");
    assert_eq!(signed(&[FixedType::Bool.id()], int), "");
    let params = "in `twice`: the signature does not fit the parameters";
    assert_eq!(signed(&[], int), params);
    assert_eq!(signed(&[ARRAY], int), params);
    assert_eq!(signed(&[9999], int), params);
    assert_eq!(signed(&[int], void), "in `twice`: the signature does not fit the result");
    assert_eq!(signed(&[int], 9999), "in `twice`: type 9999 of the result does not exist");
}

#[test]
fn foreign_functions_have_types_that_exist() {
    let declared = |params: &[u32], result: u32| {
        let signature = Signature { params: params.into(), result };
        wrong(|p| p.externs.push(Extern { name: "f".into(), signature, library: None, symbol: None }))
    };
    assert_eq!(declared(&[ARRAY, FixedType::Str.id()], FixedType::Void.id()), "");
    assert_eq!(declared(&[9999], ARRAY), "type 9999 of the foreign function `f` does not exist");
    assert_eq!(declared(&[], 9999), "type 9999 of the foreign function `f` does not exist");
}

#[test]
fn large_functions_are_checked_quickly() {
    // 100 000 instructions in 25 000 blocks with 4 000 registers that are live throughout.
    let count = 4000;
    let registers = vec![Int; count];
    let mut code: Vec<Instr> = (0..count as u16).map(|n| Instr::ConstInt { dst: r(n), value: 1 }).collect();
    for n in 0..24_000u32 {
        let reg = r((n % count as u32) as u16);
        code.push(Instr::BrTrue { cond: reg, target: 3 });
        code.extend([Instr::AddIntImm { dst: reg, lhs: reg, imm: 1 }; 3]);
    }
    code.push(Instr::RetVoid {});
    let start = std::time::Instant::now();
    assert_eq!(wrong(|p| p.functions.push(function("f", 0, &registers, None, &code))), "");
    let seconds = start.elapsed().as_secs_f64();
    assert!(seconds < 5.0, "{seconds} s");
}
