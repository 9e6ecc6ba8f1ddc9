//! Maps against a list.

use super::*;

#[derive(Clone, Debug)]
enum Key {
    Int(i64),
    Float(f64),
    Str(Vec<u8>),
    Tuple(i64, Vec<u8>, f64),
}

impl PartialEq for Key {
    /// As the language compares: nan is equal to nothing.
    fn eq(&self, other: &Key) -> bool {
        match (self, other) {
            (Key::Int(a), Key::Int(b)) => a == b,
            (Key::Float(a), Key::Float(b)) => a == b,
            (Key::Str(a), Key::Str(b)) => a == b,
            (Key::Tuple(a, b, c), Key::Tuple(x, y, z)) => a == x && b == y && c == z,
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Insert(Key, i64),
    Remove(Key),
    Find(Key),
    Clear,
    Copy,
}

fn floats() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![Just(0.0), Just(-0.0), Just(f64::NAN), Just(f64::INFINITY), (-20_i8..20).prop_map(f64::from)]
}

fn texts() -> impl Strategy<Value = Vec<u8>> + Clone {
    prop_oneof![
        "[ab]{0,3}".prop_map(String::into_bytes),
        (0_u8..100).prop_map(|n| format!("a longer key, number {n}").into_bytes()),
    ]
}

fn ints() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![-100_i64..100, (0_i64..100).prop_map(|n| n << 33), Just(i64::MIN), Just(i64::MAX)]
}

fn steps(keys: impl Strategy<Value = Key> + Clone) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        60 => (keys.clone(), any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
        25 => keys.clone().prop_map(Step::Remove),
        10 => keys.prop_map(Step::Find),
        1 => Just(Step::Clear),
        1 => Just(Step::Copy),
    ];
    proptest::collection::vec(step, 0..300)
}

/// Row 0 is the tuple; 1 to 4 map ints, floats, strings, tuples to ints, 5 to 8 to strings.
fn map_types() -> Vec<TypeDesc> {
    let mut types = vec![TypeDesc::Tuple { members: vec![INT, STR, FLOAT] }];
    for value in [INT, STR] {
        for key in [INT, FLOAT, STR, row(0)] {
            types.push(TypeDesc::Map { key, value });
        }
    }
    types
}

fn key_value(cx: &mut NativeCx<'_>, key: &Key) -> Value {
    match key {
        Key::Int(int) => Value::Word(*int as u64),
        Key::Float(float) => Value::Word(float.to_bits()),
        Key::Str(bytes) => Value::Handle(cx.new_str(bytes).unwrap()),
        Key::Tuple(int, bytes, float) => {
            let text = cx.new_str(bytes).unwrap();
            let members = [Value::Word(*int as u64), Value::Handle(text), Value::Word(float.to_bits())];
            Value::Handle(cx.new_record(row(0), &members).unwrap())
        }
    }
}

fn read_key(cx: &mut NativeCx<'_>, value: Value, like: &Key) -> Key {
    match (value, like) {
        (Value::Word(word), Key::Int(_)) => Key::Int(word as i64),
        (Value::Word(word), _) => Key::Float(f64::from_bits(word)),
        (Value::Handle(text), Key::Str(_)) => Key::Str(cx.str(text).to_vec()),
        (Value::Handle(tuple), _) => {
            let members = [0, 1, 2].map(|index| cx.field(tuple, index));
            let [Value::Word(int), Value::Handle(text), Value::Word(float)] = members else { panic!("{members:?}") };
            Key::Tuple(int as i64, cx.str(text).to_vec(), f64::from_bits(float))
        }
    }
}

fn int_of(cx: &NativeCx<'_>, value: Value) -> i64 {
    match value {
        Value::Word(word) => word as i64,
        Value::Handle(text) => std::str::from_utf8(cx.str(text)).unwrap().parse().unwrap(),
    }
}

fn is_nan(key: &Key) -> bool {
    key.clone() != *key
}

/// Does the steps with a map of the type and with a list, and compares.
fn follow(steps: &[Step], ty: TypeId, value_is_str: bool, stress: Option<Stress>) {
    let mut vm = machine(map_types(), stress);
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    let first = cx.new_map(ty).unwrap();
    let map = cx.new_slot(first);
    let mut model: Vec<(Key, i64)> = Vec::new();
    for step in steps {
        let mark = cx.mark();
        let position = |key: &Key, model: &[(Key, i64)]| model.iter().position(|(other, _)| other == key);
        match step {
            Step::Insert(key, number) => {
                let word = key_value(&mut cx, key);
                let value = if value_is_str {
                    Value::Handle(cx.new_str(number.to_string().as_bytes()).unwrap())
                } else {
                    Value::Word(*number as u64)
                };
                cx.map_insert(map, word, value).unwrap();
                match position(key, &model) {
                    Some(at) => model[at].1 = *number,
                    None => model.push((key.clone(), *number)),
                }
            }
            Step::Remove(key) => {
                let word = key_value(&mut cx, key);
                let at = position(key, &model);
                assert_eq!(cx.map_remove(map, word).unwrap(), at.is_some());
                at.map(|at| model.remove(at));
            }
            Step::Find(key) => {
                let word = key_value(&mut cx, key);
                let found = cx.map_find(map, word).unwrap();
                let found = found.map(|entry| {
                    let value = cx.entry_value(map, entry);
                    int_of(&cx, value)
                });
                assert_eq!(found, position(key, &model).map(|at| model[at].1));
            }
            Step::Clear => {
                cx.map_clear(map);
                model.clear();
            }
            Step::Copy => {
                let copy = cx.map_copy(map).unwrap();
                let is_equal = cx.equal(Value::Handle(map), Value::Handle(copy), ty).unwrap();
                assert_eq!(is_equal, !model.iter().any(|(key, _)| is_nan(key)));
                cx.set_slot(map, copy);
            }
        }
        cx.release(mark);
        assert_eq!(cx.map_len(map), model.len());
    }
    check_order(&mut cx, map, &model);
}

fn check_order(cx: &mut NativeCx<'_>, map: Handle, model: &[(Key, i64)]) {
    let mut expected = model.iter();
    for entry in 0..cx.entry_count(map) {
        if cx.entry_live(map, entry) {
            let (key, number) = expected.next().expect("no more entries than keys");
            let found = cx.entry_key(map, entry);
            let found = read_key(cx, found, key);
            assert!(found == *key || is_nan(key), "{found:?} for {key:?}");
            let value = cx.entry_value(map, entry);
            assert_eq!(int_of(cx, value), *number);
        }
    }
    assert!(expected.next().is_none(), "an entry for each key");
}

fn follow_everywhere(steps: &[Step], kind: u32) {
    for stress in MODES {
        follow(steps, row(1 + kind), false, stress);
        follow(steps, row(5 + kind), true, stress);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn maps_with_int_keys(steps in steps(ints().prop_map(Key::Int))) {
        follow_everywhere(&steps, 0);
    }

    #[test]
    fn maps_with_float_keys(steps in steps(floats().prop_map(Key::Float))) {
        follow_everywhere(&steps, 1);
    }

    #[test]
    fn maps_with_str_keys(steps in steps(texts().prop_map(Key::Str))) {
        follow_everywhere(&steps, 2);
    }

    #[test]
    fn maps_with_tuple_keys(steps in steps((0_i64..4, texts(), floats()).prop_map(|(a, b, c)| Key::Tuple(a, b, c)))) {
        follow_everywhere(&steps, 3);
    }
}

#[test]
fn large_maps_find_everything() {
    let mut vm = machine(map_types(), None);
    let ty = row(1);
    let made = maps::new(&mut vm, ty).unwrap();
    let handle = vm.state.handles.push(made);
    for stride in [1_u64, 1 << 32, 0x1_0001] {
        for number in 0..50_000_u64 {
            let object = vm.state.handles.get(handle);
            maps::insert_int(&mut vm, object, number * stride, number).unwrap();
        }
        let object = vm.state.handles.get(handle);
        for number in 0..50_000_u64 {
            let entry = maps::find_int(&vm.heap, object, number * stride).expect("the key is there");
            assert_eq!(maps::entry_value(&vm.heap, object, entry), number);
        }
        assert_eq!(maps::find_int(&vm.heap, object, u64::MAX), None);
    }
}

#[test]
fn many_nans_do_not_crowd() {
    let mut vm = machine(map_types(), None);
    let made = maps::new(&mut vm, row(2)).unwrap();
    let handle = vm.state.handles.push(made);
    // Quadratic time here would be minutes.
    for number in 0..200_000 {
        let object = vm.state.handles.get(handle);
        maps::insert_any(&mut vm, object, f64::NAN.to_bits(), number).unwrap();
    }
    assert_eq!(maps::len(&vm.heap, vm.state.handles.get(handle)), 200_000);
}

#[test]
fn adding_and_removing_the_same_keys_needs_no_more_room() {
    let mut vm = machine(map_types(), None);
    let made = maps::new(&mut vm, row(1)).unwrap();
    let handle = vm.state.handles.push(made);
    for round in 0..100_000_u64 {
        let object = vm.state.handles.get(handle);
        maps::insert_int(&mut vm, object, round, round).unwrap();
        if round >= 10 {
            let object = vm.state.handles.get(handle);
            assert!(maps::remove(&mut vm, object, round - 10));
        }
        assert!(maps::entry_count(&vm.heap, vm.state.handles.get(handle)) <= 24);
    }
}
