//! Strings against vectors of bytes.

use super::*;

#[derive(Clone, Debug)]
enum Cut {
    /// Two of the strings so far, joined.
    Concat(usize, usize),
    /// A piece of one of them.
    Piece(usize, usize, usize),
    /// The last one with some bytes behind it.
    Append(Vec<u8>),
}

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let cut = prop_oneof![
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Cut::Concat(a, b)),
        (any::<usize>(), any::<usize>(), any::<usize>()).prop_map(|(a, b, c)| Cut::Piece(a, b, c)),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Cut::Append),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Cut::Append),
    ];
    proptest::collection::vec(cut, 0..60)
}

/// Makes strings from strings, and the same of vectors; nothing made before may change.
fn cut(cuts: &[Cut], stress: Option<Stress>) {
    let mut vm = machine(Vec::new(), stress);
    let start = vm.new_str(b"start").unwrap();
    let mut handles = vec![vm.state.handles.push(start)];
    let mut model = vec![b"start".to_vec()];
    for cut in cuts {
        let count = model.len();
        let (made, expected) = match cut {
            Cut::Concat(a, b) if model[a % count].len() + model[b % count].len() < 5000 => {
                let (a, b) = (a % count, b % count);
                let (left, right) = (vm.state.handles.get(handles[a]), vm.state.handles.get(handles[b]));
                (strings::concat(&mut vm, left, right).unwrap(), [model[a].as_slice(), &model[b]].concat())
            }
            Cut::Concat(..) => continue,
            Cut::Piece(which, start, len) => {
                let whole = &model[which % count];
                let start = start % (whole.len() + 1);
                let len = len % (whole.len() - start + 1);
                let object = vm.state.handles.get(handles[which % count]);
                (strings::substr(&mut vm, object, start, len).unwrap(), whole[start..start + len].to_vec())
            }
            Cut::Append(bytes) => {
                let added = vm.new_str(bytes).unwrap();
                let left = vm.state.handles.get(handles[count - 1]);
                (strings::concat(&mut vm, left, added).unwrap(), [model[count - 1].as_slice(), bytes].concat())
            }
        };
        handles.push(vm.state.handles.push(made));
        model.push(expected);
    }
    let objects: Vec<Ref> = handles.iter().map(|&handle| vm.state.handles.get(handle)).collect();
    for (&object, expected) in objects.iter().zip(&model) {
        assert_eq!(vm.str_bytes(object), expected);
        for (&other, bytes) in objects.iter().zip(&model) {
            assert_eq!(strings::equal(&vm.heap, object, other), expected == bytes);
            assert_eq!(strings::compare(&vm.heap, object, other), expected.cmp(bytes));
        }
        let key = vm.state.hash_key;
        let fresh = crate::object::hash::hash_bytes(key, expected);
        assert_eq!(strings::hash(&mut vm.heap, key, object), fresh);
        assert_eq!(strings::hash(&mut vm.heap, key, object), fresh);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn strings_from_strings(cuts in cuts()) {
        MODES.iter().for_each(|&stress| cut(&cuts, stress));
    }
}

#[test]
fn appending_is_linear() {
    let mut vm = machine(Vec::new(), None);
    let piece = vm.new_str(b"xyz").unwrap();
    let piece = vm.state.handles.push(piece);
    let text = vm.state.handles.push(vm.state.empty_string);
    // Copying the text each time would move a terabyte.
    for _ in 0..1_000_000 {
        let (left, right) = (vm.state.handles.get(text), vm.state.handles.get(piece));
        let made = strings::concat(&mut vm, left, right).unwrap();
        vm.state.handles.set(text, made);
    }
    let bytes = vm.str_bytes(vm.state.handles.get(text));
    assert_eq!(bytes.len(), 3_000_000);
    assert!(bytes.chunks(3).all(|piece| piece == b"xyz"));
}

#[test]
fn indices_of_strings() {
    let mut vm = machine(Vec::new(), None);
    let text = vm.new_str(b"abc").unwrap();
    let at = |index| strings::byte_at(&vm.heap, text, index);
    assert_eq!([at(0), at(2), at(-1), at(-3)], [Some(b'a'), Some(b'c'), Some(b'c'), Some(b'a')]);
    assert_eq!([at(3), at(-4), at(i64::MIN), at(i64::MAX)], [None; 4]);
}
