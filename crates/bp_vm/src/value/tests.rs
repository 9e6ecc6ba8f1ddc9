//! Equality, order and text of values, with a collection at every allocation and without.

use crate::config::VmConfig;
use crate::handle::Handle;
use crate::heap::Stress;
use crate::native::{Library, NativeCx, Value};
use crate::object::tests::machine;
use crate::vm::Vm;
use bp_builtins::errors::ErrorClass;
use bp_isa::program::Function;
use bp_isa::types::{FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId, error_class_type};
use bp_isa::{Instr, Kind, Program, Reg};
use std::sync::Arc;

const INT: TypeId = FixedType::Int.id();
const STR: TypeId = FixedType::Str.id();
const FLOAT: TypeId = FixedType::Float.id();

const NODE: TypeId = FIRST_PROGRAM_TYPE;
const NODE_OR_NULL: TypeId = FIRST_PROGRAM_TYPE + 1;
const DOG: TypeId = FIRST_PROGRAM_TYPE + 2;
const CAT: TypeId = FIRST_PROGRAM_TYPE + 3;
const CATS: TypeId = FIRST_PROGRAM_TYPE + 4;
const TRIPLE: TypeId = FIRST_PROGRAM_TYPE + 5;
const TRIPLES: TypeId = FIRST_PROGRAM_TYPE + 6;
const CAT_MAP: TypeId = FIRST_PROGRAM_TYPE + 7;
const SET: TypeId = FIRST_PROGRAM_TYPE + 8;
const INT_OR_NULL: TypeId = FIRST_PROGRAM_TYPE + 9;
const BAG: TypeId = FIRST_PROGRAM_TYPE + 10;
const BAGS: TypeId = FIRST_PROGRAM_TYPE + 11;
const MISHAP: TypeId = FIRST_PROGRAM_TYPE + 12;
const SINGLE: TypeId = FIRST_PROGRAM_TYPE + 13;
const FLOATS: TypeId = FIRST_PROGRAM_TYPE + 14;
const HALVES: TypeId = FIRST_PROGRAM_TYPE + 15;
const COLOR: TypeId = FIRST_PROGRAM_TYPE + 16;

fn types() -> Vec<TypeDesc> {
    let record = |name: &str, is_class, base, fields: &[(&str, TypeId)]| TypeDesc::Record {
        name: name.into(),
        is_class,
        base,
        fields: fields.iter().map(|&(name, ty)| (name.into(), ty)).collect(),
        vtable: Vec::new(),
        to_str: (name == "Cat").then_some(0),
        equals: (name == "Cat").then_some(1),
        less: None,
    };
    vec![
        record("Node", false, None, &[("value", INT), ("next", NODE_OR_NULL)]),
        TypeDesc::Optional { inner: NODE },
        record("Dog", true, None, &[]),
        record("Cat", true, None, &[("name", STR)]),
        TypeDesc::Array { element: CAT },
        TypeDesc::Tuple { members: vec![INT, STR, FLOAT] },
        TypeDesc::Array { element: TRIPLE },
        TypeDesc::Map { key: STR, value: CAT },
        TypeDesc::Set { key: INT },
        TypeDesc::Optional { inner: INT },
        record("Bag", false, None, &[("items", BAGS)]),
        TypeDesc::Array { element: BAG },
        record(
            "Mishap",
            true,
            Some(error_class_type(ErrorClass::ValueError)),
            &[("message", STR), ("trace", FixedType::WordStorage.id())],
        ),
        TypeDesc::Tuple { members: vec![CATS] },
        TypeDesc::Array { element: FLOAT },
        TypeDesc::Array { element: FixedType::F32.id() },
        TypeDesc::Enum { name: "Color".into(), members: vec![("RED".into(), 3)] },
    ]
}

fn function(params: u16, registers: &[Kind], result: Kind, code: &[Instr]) -> Function {
    let words = code.iter().flat_map(|instr| {
        let (words, count) = instr.encode();
        words.into_iter().take(count)
    });
    Function {
        params,
        result: Some(result),
        registers: registers.to_vec(),
        code: words.collect(),
        ..Function::default()
    }
}

/// `__str__` answers the name twice; `__eq__` compares names, and makes a string on the way.
fn functions() -> Vec<Function> {
    let [a, b, c, d] = [Reg(0), Reg(1), Reg(2), Reg(3)];
    let name = |dst, object| Instr::GetFieldRef { dst, object, field: 0 };
    let to_str = [name(b, a), Instr::StrConcat { dst: b, lhs: b, rhs: b }, Instr::Ret { src: b }];
    let equals = [
        name(a, a),
        name(b, b),
        Instr::StrConcat { dst: c, lhs: a, rhs: b },
        Instr::EqStr { dst: d, lhs: a, rhs: b },
        Instr::Ret { src: d },
    ];
    vec![
        function(1, &[Kind::Ref; 2], Kind::Ref, &to_str),
        function(2, &[Kind::Ref, Kind::Ref, Kind::Ref, Kind::Int], Kind::Int, &equals),
    ]
}

fn everywhere(test: impl Fn(&mut NativeCx<'_>)) {
    for stress in [None, Some(Stress::Alloc)] {
        let program = Program { types: types(), functions: functions(), ..Program::default() };
        let library = Library { bodies: &[], state: Box::new(()) };
        let config =
            VmConfig { gc_stress: stress, gc_verify: stress.is_some(), gc_poison: true, ..VmConfig::default() };
        let mut vm = Vm::new(Arc::new(program), library, config).unwrap();
        test(&mut NativeCx::new(&mut vm, 0, 0));
    }
}

fn text_of(cx: &mut NativeCx<'_>, value: Value, ty: TypeId) -> String {
    let text = cx.text(value, ty).unwrap();
    String::from_utf8(cx.str(text).to_vec()).unwrap()
}

fn object(cx: &mut NativeCx<'_>, ty: TypeId, fields: &[Value]) -> Value {
    Value::Handle(cx.new_record(ty, fields).unwrap())
}

fn string(cx: &mut NativeCx<'_>, text: &str) -> Value {
    Value::Handle(cx.new_str(text.as_bytes()).unwrap())
}

fn null(cx: &mut NativeCx<'_>) -> Value {
    let handle = cx.hold(crate::heap::Ref::NULL);
    Value::Handle(handle)
}

fn array(cx: &mut NativeCx<'_>, ty: TypeId, elements: &[Value]) -> Value {
    let made = cx.new_array(ty, 0).unwrap();
    for &element in elements {
        match element {
            Value::Word(word) => cx.push_word(made, word).unwrap(),
            Value::Handle(handle) => cx.push_handle(made, handle).unwrap(),
        }
    }
    Value::Handle(made)
}

fn triple(cx: &mut NativeCx<'_>, int: i64, text: &str, float: f64) -> Value {
    let text = string(cx, text);
    object(cx, TRIPLE, &[Value::Word(int as u64), text, Value::Word(float.to_bits())])
}

fn cat(cx: &mut NativeCx<'_>, name: &str) -> Value {
    let name = string(cx, name);
    object(cx, CAT, &[name])
}

/// A list of so many nodes; the last one's successor is `last`.
fn list(cx: &mut NativeCx<'_>, count: u64, last: Value) -> (Value, Value) {
    let end = object(cx, NODE, &[Value::Word(0), last]);
    let mut first = end;
    for value in 1..count {
        first = object(cx, NODE, &[Value::Word(value), first]);
    }
    (first, end)
}

fn handle(value: Value) -> Handle {
    match value {
        Value::Handle(handle) => handle,
        Value::Word(_) => panic!("an object"),
    }
}

/// A ring of so many nodes.
fn ring(cx: &mut NativeCx<'_>, count: u64) -> Value {
    let nothing = null(cx);
    let (first, end) = list(cx, count, nothing);
    let (first_object, end_object) = (cx.object(handle(first)), cx.object(handle(end)));
    cx.vm.heap.store_ref(end_object, 1, first_object);
    first
}

#[test]
fn text_of_scalars_and_null() {
    everywhere(|cx| {
        assert_eq!(text_of(cx, Value::Word(-5_i64 as u64), INT), "-5");
        assert_eq!(text_of(cx, Value::Word(1.0_f64.to_bits()), FLOAT), "1.0");
        assert_eq!(text_of(cx, Value::Word(1), FixedType::Bool.id()), "true");
        assert_eq!(text_of(cx, Value::Word(3), COLOR), "3");
        let nothing = null(cx);
        assert_eq!(text_of(cx, nothing, INT_OR_NULL), "null");
        let boxed = object(cx, FixedType::BoxedWord.id(), &[Value::Word(7)]);
        assert_eq!(text_of(cx, boxed, INT_OR_NULL), "7");
        let quoted = string(cx, "a\"b");
        assert_eq!(text_of(cx, quoted, STR), "a\"b");
        let quoted = cx.repr(quoted, STR).unwrap();
        assert_eq!(cx.str(quoted), b"\"a\\\"b\"");
    });
}

#[test]
fn text_of_containers() {
    everywhere(|cx| {
        let elements = [triple(cx, 1, "x", 0.5), triple(cx, 2, "", -0.0)];
        let value = array(cx, TRIPLES, &elements);
        assert_eq!(text_of(cx, value, TRIPLES), r#"[(1, "x", 0.5), (2, "", -0.0)]"#);
        let empty = cx.new_map(SET).unwrap();
        assert_eq!(text_of(cx, Value::Handle(empty), SET), "set()");
        for key in [5, 3] {
            cx.map_insert(empty, Value::Word(key), Value::Word(0)).unwrap();
        }
        assert_eq!(text_of(cx, Value::Handle(empty), SET), "{5, 3}");
        let none = cx.new_map(CAT_MAP).unwrap();
        assert_eq!(text_of(cx, Value::Handle(none), CAT_MAP), "{}");
    });
}

#[test]
fn text_of_objects() {
    everywhere(|cx| {
        let cats = [cat(cx, "Tom"), cat(cx, "Kit"), cat(cx, "a name that is longer than what is copied: a buffer")];
        let value = array(cx, CATS, &cats[..2]);
        let single = object(cx, SINGLE, &[value]);
        assert_eq!(text_of(cx, single, SINGLE), "([TomTom, KitKit],)");
        let map = cx.new_map(CAT_MAP).unwrap();
        for (name, cat) in ["t", "k", "x"].into_iter().zip(cats) {
            let key = string(cx, name);
            cx.map_insert(map, key, cat).unwrap();
        }
        let text = text_of(cx, Value::Handle(map), CAT_MAP);
        assert!(text.starts_with(r#"{"t": TomTom, "k": KitKit, "x": a name that"#), "{text}");
        let dog = object(cx, DOG, &[]);
        assert_eq!(text_of(cx, dog, DOG), "<Dog>");
        let (message, nothing) = (string(cx, "went \"wrong\""), null(cx));
        let error = object(cx, MISHAP, &[message, nothing]);
        let expected = error_class_type(ErrorClass::Error);
        assert_eq!(text_of(cx, error, expected), "went \"wrong\"");
        let quoted = cx.repr(error, expected).unwrap();
        assert_eq!(cx.str(quoted), br#"Mishap("went \"wrong\"")"#);
    });
}

#[test]
fn text_of_cycles() {
    everywhere(|cx| {
        let value = ring(cx, 2);
        let expected = "Node{value: 1, next: Node{value: 0, next: …}}";
        assert_eq!(text_of(cx, value, NODE), expected);
        // The same object twice side by side is no cycle.
        let none = array(cx, BAGS, &[]);
        let bag = object(cx, BAG, &[none]);
        let twice = array(cx, BAGS, &[bag, bag]);
        assert_eq!(text_of(cx, twice, BAGS), "[Bag{items: []}, Bag{items: []}]");
        let value = ring(cx, 100);
        let text = text_of(cx, value, NODE);
        assert_eq!(text.matches("Node{").count(), 100);
        assert_eq!(text.matches('…').count(), 1);
        cx.push_handle(handle(none), handle(bag)).unwrap();
        assert_eq!(text_of(cx, bag, BAG), "Bag{items: […]}");
        assert_eq!(text_of(cx, none, BAGS), "[Bag{items: …}]");
    });
}

#[test]
fn equality_of_objects() {
    everywhere(|cx| {
        let [tom, kit, other] = ["Tom", "Kit", "Tom"].map(|name| cat(cx, name));
        let (x, y, z) = (array(cx, CATS, &[tom, kit]), array(cx, CATS, &[other, kit]), array(cx, CATS, &[kit, tom]));
        assert!(cx.equal(x, y, CATS).unwrap());
        assert!(!cx.equal(x, z, CATS).unwrap());
        let (dog, same) = (object(cx, DOG, &[]), object(cx, DOG, &[]));
        assert!(!cx.equal(dog, same, DOG).unwrap());
        assert!(cx.equal(dog, dog, DOG).unwrap());
        let maps = [0, 1].map(|_| cx.new_map(CAT_MAP).unwrap());
        for (map, cats) in maps.into_iter().zip([[("a", tom), ("b", kit)], [("b", kit), ("a", other)]]) {
            for (key, value) in cats {
                let key = string(cx, key);
                cx.map_insert(map, key, value).unwrap();
            }
        }
        let [first, second] = maps.map(Value::Handle);
        assert!(cx.equal(first, second, CAT_MAP).unwrap());
        let key = string(cx, "a");
        cx.map_insert(maps[1], key, kit).unwrap();
        assert!(!cx.equal(first, second, CAT_MAP).unwrap());
    });
}

#[test]
fn equality_of_numbers_in_containers() {
    everywhere(|cx| {
        for ty in [FLOATS, HALVES] {
            let [zero, minus, nan] = [0.0, -0.0, f64::NAN].map(|float| array(cx, ty, &[Value::Word(float.to_bits())]));
            assert!(cx.equal(zero, minus, ty).unwrap());
            assert!(!cx.equal(nan, nan, ty).unwrap());
        }
        let (a, b, c) = (triple(cx, 1, "x", 0.0), triple(cx, 1, "x", -0.0), triple(cx, 1, "y", 0.0));
        assert!(cx.equal(a, b, TRIPLE).unwrap());
        assert!(!cx.equal(a, c, TRIPLE).unwrap());
        let boxed = [7, 7, 8].map(|int| object(cx, FixedType::BoxedWord.id(), &[Value::Word(int)]));
        let nothing = null(cx);
        assert!(cx.equal(boxed[0], boxed[1], INT_OR_NULL).unwrap());
        assert!(!cx.equal(boxed[0], boxed[2], INT_OR_NULL).unwrap());
        assert!(!cx.equal(boxed[0], nothing, INT_OR_NULL).unwrap());
        assert!(cx.equal(nothing, nothing, INT_OR_NULL).unwrap());
    });
}

#[test]
fn deep_lists_are_no_cycles() {
    let mut vm = machine(types(), None);
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    let nothing = null(&mut cx);
    let lists = [0, 1].map(|_| list(&mut cx, 200_000, nothing).0);
    assert!(cx.equal(lists[0], lists[1], NODE).unwrap());
    let text = text_of(&mut cx, lists[0], NODE);
    assert!(text.ends_with(&"}".repeat(200_000)));
}

#[test]
fn cycles_throw() {
    everywhere(|cx| {
        for count in [1, 2, 3, 100, 1000] {
            let (a, b) = (ring(cx, count), ring(cx, count));
            assert!(cx.equal(a, b, NODE).is_err(), "rings of {count}");
        }
    });
    let mut vm = machine(types(), None);
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    // All values are 0, so only lengths differ, and those only after many turns.
    let rings = [7, 11].map(|count| {
        let made = ring(&mut cx, count);
        let mut object = cx.object(handle(made));
        for _ in 0..count {
            cx.vm.heap.store(object, 0, 0);
            object = crate::heap::Ref::from_word(cx.vm.heap.load(object, 1));
        }
        made
    });
    assert!(cx.equal(rings[0], rings[1], NODE).is_err());
}

#[test]
fn order() {
    everywhere(|cx| {
        let (a, b, c) = (triple(cx, 1, "x", 0.0), triple(cx, 1, "y", 0.0), triple(cx, 1, "x", f64::NAN));
        assert_eq!(cx.compare(a, b, TRIPLE).unwrap(), -1);
        assert_eq!(cx.compare(b, a, TRIPLE).unwrap(), 1);
        assert_eq!(cx.compare(a, a, TRIPLE).unwrap(), 0);
        assert_eq!(cx.compare(a, c, TRIPLE).unwrap(), 2);
        assert_eq!(cx.compare(b, c, TRIPLE).unwrap(), 1);
        let (short, long) = (array(cx, TRIPLES, &[a]), array(cx, TRIPLES, &[a, b]));
        assert_eq!(cx.compare(short, long, TRIPLES).unwrap(), -1);
        assert_eq!(cx.compare(long, short, TRIPLES).unwrap(), 1);
        for ty in [FLOATS, HALVES] {
            let [less, more] =
                [[1.5, 2.0], [1.5, 3.0]].map(|row| array(cx, ty, &row.map(|x: f64| Value::Word(x.to_bits()))));
            assert_eq!(cx.compare(less, more, ty).unwrap(), -1);
        }
        let minus = Value::Word(-1_i64 as u64);
        assert_eq!(cx.compare(minus, Value::Word(1), INT).unwrap(), -1);
    });
}
