//! Young objects that only large old storages refer to, after their references were moved in bulk.

use super::*;

const COUNT: usize = 5000;
const TEXTS: TypeId = row(0);
const MAP: TypeId = row(1);

fn types() -> Vec<TypeDesc> {
    vec![TypeDesc::Array { element: STR }, TypeDesc::Map { key: INT, value: STR }]
}

/// Verifies at each collection, of which there are no more than usual.
fn verified() -> Vm {
    let program = Program { types: types(), ..Program::default() };
    let library = Library { bodies: &[], state: Box::new(()) };
    let config = VmConfig { gc_verify: true, gc_poison: true, ..VmConfig::default() };
    Vm::new(Arc::new(program), library, config).expect("memory for a machine")
}

/// An old array of as many strings as are large.
fn old_array(cx: &mut NativeCx<'_>) -> Handle {
    let array = cx.new_array(TEXTS, COUNT).unwrap();
    let old = cx.new_str(b"old").unwrap();
    for _ in 0..COUNT {
        cx.push_handle(array, old).unwrap();
    }
    cx.collect(true);
    cx.collect(false);
    array
}

/// Makes the element at a position young.
fn rejuvenate(cx: &mut NativeCx<'_>, array: Handle, at: usize) {
    let mark = cx.mark();
    let young = cx.new_str(format!("young {at}").as_bytes()).unwrap();
    cx.set_handle(array, at, young);
    cx.release(mark);
}

fn text_at(cx: &mut NativeCx<'_>, array: Handle, at: usize) -> String {
    let text = cx.get_handle(array, at);
    String::from_utf8(cx.str(text).to_vec()).unwrap()
}

/// Moves a young element from position 10 to 4000 in some way and sees whether it survives.
fn survives(moves: impl Fn(&mut NativeCx<'_>, Handle)) {
    let mut vm = verified();
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    let array = old_array(&mut cx);
    rejuvenate(&mut cx, array, 10);
    moves(&mut cx, array);
    cx.collect(false);
    cx.collect(true);
    assert_eq!(text_at(&mut cx, array, 4000), "young 10");
}

#[test]
fn reversing() {
    survives(|cx, array| cx.reverse(array, 10..4001));
}

#[test]
fn permuting() {
    survives(|cx, array| {
        let mut order: Vec<u32> = (0..COUNT as u32).collect();
        order.swap(10, 4000);
        cx.permute(array, &order);
    });
}

#[test]
fn copying_within() {
    survives(|cx, array| {
        cx.copy_range(array, 4000, array, 10, 1);
        cx.copy_range(array, 10, array, 20, 1);
    });
}

#[test]
fn copying_from_a_young_array() {
    survives(|cx, array| {
        let young = cx.new_array(TEXTS, 1).unwrap();
        let text = cx.get_handle(array, 10);
        cx.push_handle(young, text).unwrap();
        cx.copy_range(array, 10, array, 20, 1);
        cx.copy_range(array, 4000, young, 0, 1);
    });
}

#[test]
fn growing() {
    survives(|cx, array| {
        // The larger storage is young itself; what it took along may be.
        let old = cx.get_handle(array, 0);
        for _ in 0..COUNT {
            cx.push_handle(array, old).unwrap();
        }
        cx.copy_range(array, 4000, array, 10, 1);
    });
}

#[test]
fn packing_a_map() {
    let mut vm = verified();
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    let map = cx.new_map(MAP).unwrap();
    let old = cx.new_str(b"old").unwrap();
    // 6144 entries fill the storage that 4000 of them ask for.
    for key in 0..6144 {
        cx.map_insert(map, Value::Word(key), Value::Handle(old)).unwrap();
    }
    cx.collect(true);
    cx.collect(false);
    for key in (0..6144).filter(|key| key % 2 == 0) {
        assert!(cx.map_remove(map, Value::Word(key)).unwrap());
    }
    let mark = cx.mark();
    for key in [1001, 5001] {
        let young = cx.new_str(format!("young {key}").as_bytes()).unwrap();
        cx.map_insert(map, Value::Word(key), Value::Handle(young)).unwrap();
    }
    let before = cx.entry_count(map);
    cx.map_insert(map, Value::Word(7000), Value::Handle(old)).unwrap();
    assert!(cx.entry_count(map) < before, "the map was packed");
    cx.release(mark);
    cx.collect(false);
    cx.collect(true);
    for key in [1001, 5001] {
        let entry = cx.map_find(map, Value::Word(key)).unwrap().unwrap();
        let Value::Handle(text) = cx.entry_value(map, entry) else { panic!("a string") };
        assert_eq!(cx.str(text), format!("young {key}").as_bytes());
    }
}
