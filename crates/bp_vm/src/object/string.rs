//! Strings: immutable bytes.
//!
//! A string holds its bytes itself, or is a view of an append buffer, which many views share. Who
//! appends to the view that ends where the buffer's used bytes end writes behind them; everyone else
//! gets a copy. Bytes that a view covers never change. So `s = s + x` repeated costs time linear in
//! the result, and no view ever sees another's bytes.
//!
//! One-byte strings and the empty one exist once. Slices copy: a small piece holds no large buffer.

use super::hash::hash_bytes;
use crate::heap::{Heap, Ref};
use crate::native::Thrown;
use crate::vm::Vm;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{WORD, buffer, string};
use bp_isa::types::FixedType;
use std::cmp::Ordering;

/// Results of up to so many bytes are copied rather than appended to a buffer.
const MOST_COPIED_BYTES: usize = 64;
/// A buffer that is full is replaced by one of twice the size, beyond so many bytes by one of one
/// and a half times the size.
const DOUBLED_BYTES: usize = 1 << 20;

/// Number of bytes.
#[inline(always)]
pub(crate) fn len(heap: &Heap, string: Ref) -> usize {
    heap.load(string, string::LEN) as usize
}

/// The object that holds the bytes, and where in its payload they start, in bytes.
#[inline]
fn place(heap: &Heap, string: Ref) -> (Ref, usize) {
    if heap.header(string).ty() == FixedType::StrView.id() {
        let offset = heap.load(string, string::OFFSET) as usize;
        (Ref::from_word(heap.load(string, string::BUFFER)), buffer::BYTES * WORD + offset)
    } else {
        (string, string::BYTES * WORD)
    }
}

/// The bytes.
#[inline]
pub(crate) fn bytes(heap: &Heap, string: Ref) -> &[u8] {
    let len = len(heap, string);
    let (object, start) = place(heap, string);
    &heap.bytes(object, 0, start + len)[start..]
}

/// Whether the bytes are equal.
#[inline]
pub(crate) fn equal(heap: &Heap, a: Ref, b: Ref) -> bool {
    if a == b {
        return true;
    }
    if len(heap, a) != len(heap, b) {
        return false;
    }
    let (hash_a, hash_b) = (heap.load(a, string::HASH), heap.load(b, string::HASH));
    if hash_a != hash_b && hash_a != 0 && hash_b != 0 {
        return false;
    }
    bytes(heap, a) == bytes(heap, b)
}

/// The order of the bytes.
pub(crate) fn compare(heap: &Heap, a: Ref, b: Ref) -> Ordering {
    bytes(heap, a).cmp(bytes(heap, b))
}

/// The hash of the bytes; computed once per object.
#[inline]
pub(crate) fn hash(heap: &mut Heap, key: (u64, u64), string: Ref) -> u64 {
    let known = heap.load(string, string::HASH);
    if known != 0 {
        return known;
    }
    let computed = hash_bytes(key, bytes(heap, string));
    heap.store(string, string::HASH, computed);
    computed
}

/// Where the bytes of a concatenation go.
enum Room {
    /// Behind the left operand, in its buffer.
    Behind,
    /// Into a string of its own.
    Own,
    /// Into a new buffer of that many bytes.
    Buffer(usize),
}

fn room(heap: &Heap, left: Ref, left_len: usize, added: usize) -> Room {
    let total = left_len + added;
    if heap.header(left).ty() == FixedType::StrView.id() {
        let shared = Ref::from_word(heap.load(left, string::BUFFER));
        let used = heap.load(shared, buffer::USED) as usize;
        let capacity = (heap.header(shared).payload_words() - buffer::BYTES) * WORD;
        if heap.load(left, string::OFFSET) as usize + left_len != used {
            return Room::Own;
        }
        if capacity - used >= added {
            return Room::Behind;
        }
        return Room::Buffer(if total <= DOUBLED_BYTES { 2 * total } else { total + total / 2 });
    }
    // A short left side is no growing text: a buffer for it would be in vain.
    if total <= MOST_COPIED_BYTES || left_len < added {
        return Room::Own;
    }
    // It may be the first of many appends, or the only one.
    Room::Buffer(total + total / 4)
}

/// A string with those bytes.
pub(crate) fn new(vm: &mut Vm, bytes: &[u8]) -> Result<Ref, Thrown> {
    match *bytes {
        [] => Ok(vm.state.empty_string),
        [byte] => Ok(vm.state.byte_strings[usize::from(byte)]),
        _ => {
            let made = new_own(vm, bytes.len(), &mut [])?;
            vm.heap.bytes_mut(made, string::BYTES, bytes.len()).copy_from_slice(bytes);
            Ok(made)
        }
    }
}

/// A string of `len` bytes that holds them itself; they are not initialised.
#[inline]
fn new_own<const N: usize>(vm: &mut Vm, len: usize, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
    let words = string::BYTES + len.div_ceil(WORD);
    let header = vm.sized_header(FixedType::Str, RefKind::None, words)?;
    let made = vm.alloc_keeping(header, kept)?;
    vm.heap.store(made, string::LEN, len as u64);
    vm.heap.store(made, string::HASH, 0);
    Ok(made)
}

/// A view, whose words are still to be written.
#[inline]
fn new_view<const N: usize>(vm: &mut Vm, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
    vm.alloc_keeping(vm.state.types.header(FixedType::StrView.id()), kept)
}

#[inline]
fn fill_view(vm: &mut Vm, view: Ref, shared: Ref, offset: u64, len: usize) {
    vm.heap.store(view, string::LEN, len as u64);
    vm.heap.store(view, string::HASH, 0);
    vm.heap.store(view, string::BUFFER, shared.word());
    vm.heap.store(view, string::OFFSET, offset);
}

/// A buffer of at least `bytes` bytes, `used` of which will be written next.
fn new_buffer<const N: usize>(vm: &mut Vm, bytes: usize, used: usize, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
    // What the heap cannot hold with room to spare it may hold without.
    let bytes = if bytes >= vm.heap.limit_bytes() / 4 { used } else { bytes };
    let words = buffer::BYTES + bytes.div_ceil(WORD);
    let header = vm.sized_header(FixedType::StrBuffer, RefKind::None, words)?;
    let made = vm.alloc_keeping(header, kept)?;
    vm.heap.store(made, buffer::USED, used as u64);
    Ok(made)
}

/// Copies a string's bytes to byte `at` of the payload of `to`.
#[inline]
fn put(vm: &mut Vm, to: Ref, at: usize, string: Ref) {
    let (from, start) = place(&vm.heap, string);
    let count = len(&vm.heap, string);
    vm.heap.copy_bytes(to, at, from, start, count);
}

/// `a + b`
pub(crate) fn concat(vm: &mut Vm, a: Ref, b: Ref) -> Result<Ref, Thrown> {
    let (a_len, b_len) = (len(&vm.heap, a), len(&vm.heap, b));
    if b_len == 0 {
        return Ok(a);
    }
    if a_len == 0 {
        return Ok(b);
    }
    let mut kept = [a, b];
    match room(&vm.heap, a, a_len, b_len) {
        Room::Behind => {
            let view = new_view(vm, &mut kept)?;
            let shared = extend_buffer(vm, kept[0], a_len, b_len);
            let (_, start) = place(&vm.heap, kept[0]);
            put(vm, shared, start + a_len, kept[1]);
            let offset = vm.heap.load(kept[0], string::OFFSET);
            fill_view(vm, view, shared, offset, a_len + b_len);
            Ok(view)
        }
        Room::Own => {
            let made = new_own(vm, a_len + b_len, &mut kept)?;
            put(vm, made, string::BYTES * WORD, kept[0]);
            put(vm, made, string::BYTES * WORD + a_len, kept[1]);
            Ok(made)
        }
        Room::Buffer(bytes) => {
            let shared = new_buffer(vm, bytes, a_len + b_len, &mut kept)?;
            put(vm, shared, buffer::BYTES * WORD, kept[0]);
            put(vm, shared, buffer::BYTES * WORD + a_len, kept[1]);
            let mut kept = [shared];
            let view = new_view(vm, &mut kept)?;
            fill_view(vm, view, kept[0], 0, a_len + b_len);
            Ok(view)
        }
    }
}

/// Takes `added` bytes behind a view that ends where its buffer's used bytes end.
#[inline]
fn extend_buffer(vm: &mut Vm, view: Ref, view_len: usize, added: usize) -> Ref {
    let shared = Ref::from_word(vm.heap.load(view, string::BUFFER));
    let used = vm.heap.load(shared, buffer::USED);
    debug_assert_eq!(used, vm.heap.load(view, string::OFFSET) + view_len as u64);
    vm.heap.store(shared, buffer::USED, used + added as u64);
    shared
}

/// The strings in `count` registers from stack position `first` on, joined.
pub(crate) fn concat_all(vm: &mut Vm, first: usize, count: usize) -> Result<Ref, Thrown> {
    let total: usize = (first..first + count).map(|at| len(&vm.heap, register(vm, at))).sum();
    match total {
        0 => return Ok(vm.state.empty_string),
        1 => {
            let whole = (first..first + count).map(|at| register(vm, at)).find(|&at| len(&vm.heap, at) == 1);
            return Ok(whole.expect("one of them has the one byte"));
        }
        _ => {}
    }
    // `s = f"{s}{x}"` grows a text as `s = s + x` does.
    let left_len = len(&vm.heap, register(vm, first));
    match room(&vm.heap, register(vm, first), left_len, total - left_len) {
        Room::Behind => {
            let view = new_view(vm, &mut [])?;
            let left = register(vm, first);
            let shared = extend_buffer(vm, left, left_len, total - left_len);
            let (_, start) = place(&vm.heap, left);
            put_registers(vm, shared, start + left_len, first + 1, count - 1);
            let offset = vm.heap.load(left, string::OFFSET);
            fill_view(vm, view, shared, offset, total);
            Ok(view)
        }
        Room::Own => {
            let made = new_own(vm, total, &mut [])?;
            put_registers(vm, made, string::BYTES * WORD, first, count);
            Ok(made)
        }
        Room::Buffer(bytes) => {
            let shared = new_buffer(vm, bytes, total, &mut [])?;
            put_registers(vm, shared, buffer::BYTES * WORD, first, count);
            let mut kept = [shared];
            let view = new_view(vm, &mut kept)?;
            fill_view(vm, view, kept[0], 0, total);
            Ok(view)
        }
    }
}

#[inline]
fn register(vm: &Vm, index: usize) -> Ref {
    Ref::from_word(vm.state.stack.get(index))
}

fn put_registers(vm: &mut Vm, to: Ref, mut at: usize, first: usize, count: usize) {
    for index in first..first + count {
        let string = register(vm, index);
        put(vm, to, at, string);
        at += len(&vm.heap, string);
    }
}

/// `len` bytes from `start` on, which are inside.
pub(crate) fn substr(vm: &mut Vm, string: Ref, start: usize, len: usize) -> Result<Ref, Thrown> {
    if len == self::len(&vm.heap, string) {
        return Ok(string);
    }
    match bytes(&vm.heap, string)[start..start + len] {
        [] => Ok(vm.state.empty_string),
        [byte] => Ok(vm.state.byte_strings[usize::from(byte)]),
        _ => {
            let mut kept = [string];
            let made = new_own(vm, len, &mut kept)?;
            let (from, from_start) = place(&vm.heap, kept[0]);
            vm.heap.copy_bytes(made, string::BYTES * WORD, from, from_start + start, len);
            Ok(made)
        }
    }
}

/// Byte number `index`, which counts from the end when negative; `None` outside.
#[inline]
pub(crate) fn byte_at(heap: &Heap, string: Ref, index: i64) -> Option<u8> {
    let bytes = bytes(heap, string);
    let at = if index < 0 { index.wrapping_add(bytes.len() as i64) } else { index };
    bytes.get(at as usize).copied()
}

impl Vm {
    /// A string with those bytes.
    pub(crate) fn new_str(&mut self, bytes: &[u8]) -> Result<Ref, Thrown> {
        new(self, bytes)
    }

    /// The bytes of a string.
    #[inline]
    pub(crate) fn str_bytes(&self, string: Ref) -> &[u8] {
        bytes(&self.heap, string)
    }
}
