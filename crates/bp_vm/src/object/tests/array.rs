//! Arrays against vectors.

use super::*;

/// Arrays of ints, floats, strings, bytes, 4-byte ints, 4-byte floats.
fn array_types() -> Vec<TypeDesc> {
    let elements = [FixedType::Int, FixedType::Float, FixedType::Str, FixedType::U8, FixedType::I32, FixedType::F32];
    elements.iter().map(|element| TypeDesc::Array { element: element.id() }).collect()
}

#[derive(Clone, Debug)]
enum Change {
    Push(u8),
    Pop,
    Set(usize, u8),
    Resize(usize),
    Truncate(usize),
    CopyRange(usize, usize, usize),
    Reverse(usize, usize),
    Rotate(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<usize>;
    let change = prop_oneof![
        4 => any::<u8>().prop_map(Change::Push),
        1 => Just(Change::Pop),
        1 => (at(), any::<u8>()).prop_map(|(index, value)| Change::Set(index, value)),
        1 => (0_usize..40).prop_map(Change::Resize),
        1 => (0_usize..40).prop_map(Change::Truncate),
        1 => (at(), at(), at()).prop_map(|(to, from, count)| Change::CopyRange(to, from, count)),
        1 => (at(), at()).prop_map(|(from, to)| Change::Reverse(from, to)),
        1 => at().prop_map(Change::Rotate),
    ];
    proptest::collection::vec(change, 0..80)
}

/// The value that stands for a number in an array of the kind; a string of 0 is null.
fn element_value(cx: &mut NativeCx<'_>, kind: u32, number: u8) -> Value {
    match kind {
        0 | 3 | 4 => Value::Word(u64::from(number)),
        1 | 5 => Value::Word(f64::from(number).to_bits()),
        _ => Value::Handle(cx.new_str(&[number; 3]).unwrap()),
    }
}

fn element_number(cx: &mut NativeCx<'_>, kind: u32, array: Handle, index: usize) -> u8 {
    match kind {
        0 | 3 | 4 => cx.get(array, index) as u8,
        1 | 5 => f64::from_bits(cx.get(array, index)) as u8,
        _ => {
            let text = cx.get_handle(array, index);
            if cx.word(text) == 0 { 0 } else { cx.str(text)[0] }
        }
    }
}

fn change(cx: &mut NativeCx<'_>, kind: u32, array: Handle, model: &mut Vec<u8>, change: &Change) {
    let len = model.len();
    match *change {
        Change::Push(number) => {
            match element_value(cx, kind, number) {
                Value::Word(word) => cx.push_word(array, word).unwrap(),
                Value::Handle(text) => cx.push_handle(array, text).unwrap(),
            }
            model.push(number);
        }
        Change::Set(index, number) if len > 0 => {
            match element_value(cx, kind, number) {
                Value::Word(word) => cx.set_word(array, index % len, word),
                Value::Handle(text) => cx.set_handle(array, index % len, text),
            }
            model[index % len] = number;
        }
        Change::Pop if len > 0 => {
            cx.truncate(array, len - 1);
            model.pop();
        }
        Change::Resize(count) => {
            cx.resize(array, count).unwrap();
            model.resize(count, 0);
        }
        Change::Truncate(count) => {
            cx.truncate(array, count);
            model.truncate(count);
        }
        Change::CopyRange(to, from, count) => {
            let (to, from) = (to % (len + 1), from % (len + 1));
            let count = count % (len + 1 - to.max(from));
            cx.copy_range(array, to, array, from, count);
            model.copy_within(from..from + count, to);
        }
        Change::Reverse(from, to) => {
            let (from, to) = (from % (len + 1), to % (len + 1));
            let range = from.min(to)..from.max(to);
            cx.reverse(array, range.clone());
            model[range].reverse();
        }
        Change::Rotate(by) if len > 0 => {
            let order: Vec<u32> = (0..len).map(|at| ((at + by % len) % len) as u32).collect();
            cx.permute(array, &order);
            model.rotate_left(by % len);
        }
        Change::Set(..) | Change::Pop | Change::Rotate(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn arrays_of_every_kind(changes in changes()) {
        for stress in MODES {
            for kind in 0..array_types().len() as u32 {
                let mut vm = machine(array_types(), stress);
                let mut cx = NativeCx::new(&mut vm, 0, 0);
                let array = cx.new_array(row(kind), 0).unwrap();
                let mut model = Vec::new();
                for step in &changes {
                    let mark = cx.mark();
                    change(&mut cx, kind, array, &mut model, step);
                    cx.release(mark);
                }
                let found: Vec<u8> = (0..cx.len(array)).map(|at| element_number(&mut cx, kind, array, at)).collect();
                assert_eq!(found, model);
            }
        }
    }
}

#[test]
fn narrow_elements_wrap_and_round() {
    let mut vm = machine(array_types(), None);
    let mut cx = NativeCx::new(&mut vm, 0, 0);
    let (bytes, ints, floats) =
        (cx.new_array(row(3), 0).unwrap(), cx.new_array(row(4), 0).unwrap(), cx.new_array(row(5), 0).unwrap());
    cx.push_word(bytes, 257).unwrap();
    cx.push_word(ints, (-1_i64) as u64).unwrap();
    cx.push_word(ints, 1 << 31).unwrap();
    cx.push_word(floats, 0.1_f64.to_bits()).unwrap();
    assert_eq!(cx.get(bytes, 0), 1);
    assert_eq!(cx.get(ints, 0) as i64, -1);
    assert_eq!(cx.get(ints, 1) as i64, i64::from(i32::MIN));
    assert_eq!(f64::from_bits(cx.get(floats, 0)), f64::from(0.1_f32));
}

#[test]
fn pop_and_positions() {
    let mut vm = machine(array_types(), None);
    let made = arrays::new(&mut vm, row(0), 0).unwrap();
    assert_eq!(arrays::pop(&mut vm, made), None);
    arrays::push(&mut vm, made, 7).unwrap();
    assert_eq!((arrays::element_at(&vm, made, 0), arrays::element_at(&vm, made, 1)), (Some(7), None));
    assert_eq!(arrays::pop(&mut vm, made), Some(7));
}

#[test]
fn what_no_heap_can_hold_throws() {
    let mut vm = machine(array_types(), None);
    for count in [usize::MAX, usize::MAX / 8, 1 << 40] {
        assert!(arrays::new(&mut vm, row(0), count).is_err());
        let made = arrays::new(&mut vm, row(3), 0).unwrap();
        assert!(arrays::resize(&mut vm, made, count).is_err());
        assert_eq!(arrays::len(&vm.heap, made), 0);
    }
}
