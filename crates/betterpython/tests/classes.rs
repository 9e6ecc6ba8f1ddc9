//! Virtual calls and class tests in every tier, of a program written in bytecode: whatever the front end
//! makes of classes, the machine is held against the instructions' specification.

mod common;

use betterpython::{End, Executable};
use bp_isa::bpc;
use bp_isa::program::{Function, Main, Program};
use bp_isa::types::{FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId};
use bp_isa::{Instr, Kind, Reg};
use common::{in_mode, modes};

/// Functions by number.
const MAIN: u32 = 0;
const PLUS: u32 = 1;
const TIMES: u32 = 2;
const CALLER: u32 = 3;

const fn r(number: u16) -> Reg {
    Reg(number)
}

fn function(name: &str, params: u16, registers: &[Kind], instrs: &[Instr]) -> Function {
    let code = instrs.iter().flat_map(|instr| {
        let (words, count) = instr.encode();
        words.into_iter().take(count)
    });
    Function {
        name: name.into(),
        params,
        result: Some(Kind::Int),
        registers: registers.to_vec(),
        code: code.collect(),
        ..Function::default()
    }
}

fn class(name: &str, base: Option<TypeId>, method: u32) -> TypeDesc {
    TypeDesc::Record {
        name: name.into(),
        is_class: true,
        base,
        fields: vec![("n".into(), FixedType::Int.id())],
        vtable: vec![PLUS, method],
        to_str: None,
        equals: None,
        less: None,
    }
}

/// Classes by row: `B` and `C` come from `A`, `D` from `C`; the struct between them parts their numbers.
fn types() -> Vec<TypeDesc> {
    let at = |row| Some(FIRST_PROGRAM_TYPE + row);
    vec![
        class("D", at(2), TIMES),
        class("A", None, PLUS),
        class("C", at(1), TIMES),
        TypeDesc::Record {
            name: "S".into(),
            is_class: false,
            base: None,
            fields: vec![("n".into(), FixedType::Int.id())],
            vtable: Vec::new(),
            to_str: None,
            equals: None,
            less: None,
        },
        class("B", at(1), PLUS),
    ]
}

/// `main` makes an object of class `ty` with 7 and answers what its second method makes of 3, with a
/// hundred for each of the classes `tested` that it belongs to.
fn program(ty: TypeId, tested: &[TypeId]) -> Program {
    let (int, reference) = (Kind::Int, Kind::Ref);
    let method = |op: fn(Reg, Reg, Reg) -> Instr| {
        [Instr::GetFieldInt { dst: r(2), object: r(0), field: 0 }, op(r(2), r(2), r(1)), Instr::Ret { src: r(2) }]
    };
    let mut main = vec![
        Instr::ConstInt { dst: r(2), value: 7 },
        Instr::NewRecord { dst: r(0), args: r(2), count: 1, ty },
        Instr::MoveAny { dst: r(3), src: r(0) },
        Instr::ConstInt { dst: r(4), value: 3 },
        Instr::Call { dst: r(1), args: r(3), count: 2, function: CALLER },
    ];
    for &class in tested {
        main.push(Instr::IsClass { dst: r(2), object: r(0), ty: class });
        main.push(Instr::MulIntImm { dst: r(2), lhs: r(2), imm: 100 });
        main.push(Instr::AddInt { dst: r(1), lhs: r(1), rhs: r(2) });
    }
    // Null is of no class.
    main.push(Instr::ConstNull { dst: r(3) });
    main.push(Instr::IsClass { dst: r(2), object: r(3), ty: FIRST_PROGRAM_TYPE + 1 });
    main.push(Instr::AddInt { dst: r(1), lhs: r(1), rhs: r(2) });
    main.push(Instr::Ret { src: r(1) });
    let caller = [
        Instr::MoveAny { dst: r(2), src: r(0) },
        Instr::MoveAny { dst: r(3), src: r(1) },
        Instr::CallVirtual { dst: r(4), args: r(2), count: 2, slot: 1 },
        Instr::Ret { src: r(4) },
    ];
    let body = Function { name: "module".into(), code: vec![Instr::RetVoid {}.encode().0[0]], ..Function::default() };
    Program {
        functions: vec![
            function("main", 0, &[reference, int, int, reference, int], &main),
            function("plus", 2, &[reference, int, int], &method(|dst, lhs, rhs| Instr::AddInt { dst, lhs, rhs })),
            function("times", 2, &[reference, int, int], &method(|dst, lhs, rhs| Instr::MulInt { dst, lhs, rhs })),
            function("caller", 2, &[reference, int, reference, int, int], &caller),
            body,
        ],
        types: types(),
        module_bodies: vec![4],
        main: Some(Main { function: MAIN, takes_args: false, args_type: 0, returns_status: true }),
        files: vec!["classes.bp".into()],
        ..Program::default()
    }
}

#[test]
fn methods_and_class_tests() {
    let at = |row| FIRST_PROGRAM_TYPE + row;
    let classes = [at(0), at(1), at(2), at(4)];
    // By class: what its method makes of 7 and 3, and how many of the classes it belongs to.
    let expected = [(at(0), 21 + 300), (at(1), 10 + 100), (at(2), 21 + 200), (at(4), 10 + 200)];
    for (ty, result) in expected {
        let executable = Executable::from_bpc(&bpc::write(&program(ty, &classes))).expect("a sound program");
        for (name, jit, stress) in modes() {
            let mut instance = executable.start(in_mode(jit, stress)).expect("memory");
            match instance.run() {
                End::Finished(word) => assert_eq!(word, result, "class {ty}, {name}"),
                other => panic!("class {ty}, {name}: {other:?}"),
            }
        }
    }
}
