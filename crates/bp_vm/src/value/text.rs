//! The text of values.
//!
//! Strings are bare at the top and quoted inside; an object inside itself is written as `…`. The text
//! grows outside the heap and becomes a string at the end; it is checked against the heap limit on
//! the way, as a few objects that share parts can have a text without end.

use super::float::shortest;
use super::{STEPS_PER_POLL, Shape, part_count, part_type, unwrapped};
use crate::handle::{Handle, Mark};
use crate::heap::Ref;
use crate::native::Thrown;
use crate::object::{array, map};
use crate::vm::Vm;
use bp_builtins::errors::MESSAGE_FIELD;
use bp_isa::abi::layout::closure;
use bp_isa::types::{FIRST_ERROR_CLASS, TypeDesc, TypeId};
use std::collections::HashSet;
use std::io::Write;

/// Up to so many objects around one are searched in a row for it.
const MOST_SCANNED: usize = 32;

/// An object whose parts are being written.
struct Open {
    object: Handle,
    ty: TypeId,
    shape: Shape,
    /// The part to write next; of a map, key and value of an entry are two.
    next: usize,
    /// Whether nothing has been written yet.
    is_first: bool,
    /// Height of the handle stack without this object.
    below: Mark,
}

/// A text in the making.
struct Writer<'v> {
    vm: &'v mut Vm,
    out: Vec<u8>,
    /// The objects around what is written now, outermost first.
    open: Vec<Open>,
    /// Addresses of all open objects, once there are many.
    addresses: HashSet<u64>,
    /// Number of collections after which `addresses` was made.
    collections: u64,
}

impl Vm {
    /// The text of a value; of a string, `quoted` or as it is. Throws from `__str__`.
    pub(crate) fn text(&mut self, word: u64, ty: TypeId, quoted: bool) -> Result<Ref, Thrown> {
        match Shape::of(&self.state.types, ty) {
            Shape::Str if !quoted => return Ok(Ref::from_word(word)),
            Shape::Int => return self.new_str(decimal(&mut [0; MOST_DIGITS], word as i64)),
            Shape::Float => return self.new_str(shortest(f64::from_bits(word)).as_bytes()),
            _ => {}
        }
        let mark = self.state.handles.mark();
        let mut writer =
            Writer { vm: self, out: Vec::new(), open: Vec::new(), addresses: HashSet::new(), collections: 0 };
        let written = writer.write(word, ty, quoted);
        let out = writer.out;
        self.state.handles.release(mark);
        written?;
        self.new_str(&out)
    }
}

impl Writer<'_> {
    fn write(&mut self, word: u64, ty: TypeId, quoted: bool) -> Result<(), Thrown> {
        self.begin(word, ty, quoted)?;
        let mut steps = 0_u32;
        while let Some(mut innermost) = self.open.pop() {
            steps += 1;
            if steps.is_multiple_of(STEPS_PER_POLL) {
                self.vm.poll()?;
            }
            if self.out.len() > self.vm.heap.limit_bytes() {
                return Err(self.vm.out_of_memory());
            }
            match self.next_part(&mut innermost) {
                Some((word, ty)) => {
                    self.open.push(innermost);
                    self.begin(word, ty, true)?;
                }
                None => self.close(&innermost),
            }
        }
        Ok(())
    }

    /// Writes a value, or opens the object that it is.
    fn begin(&mut self, word: u64, ty: TypeId, quoted: bool) -> Result<(), Thrown> {
        let shape = Shape::of(&self.vm.state.types, ty);
        let object = Ref::from_word(word);
        match shape {
            Shape::Int => self.out.extend_from_slice(decimal(&mut [0; MOST_DIGITS], word as i64)),
            Shape::Bool => self.out.extend_from_slice(if word == 0 { b"false" } else { b"true" }),
            Shape::Ptr => write!(self.out, "{word:#x}").expect("a Vec takes everything"),
            Shape::Float => self.out.extend_from_slice(shortest(f64::from_bits(word)).as_bytes()),
            _ if object.is_null() => self.out.extend_from_slice(b"null"),
            Shape::Str if quoted => push_quoted(&mut self.out, self.vm.str_bytes(object)),
            Shape::Str => self.out.extend_from_slice(self.vm.str_bytes(object)),
            Shape::Optional(inner) => {
                let word = unwrapped(&self.vm.heap, &self.vm.state.types, word, inner);
                return self.begin(word, inner, quoted);
            }
            Shape::Function => {
                let number = self.vm.heap.load(object, closure::FUNCTION) as usize;
                let name = &self.vm.state.program.functions[number].name;
                write!(self.out, "<fn {name}>").expect("a Vec takes everything");
            }
            Shape::Struct | Shape::Class => return self.begin_record(object, quoted),
            Shape::Array(_) | Shape::Map(..) | Shape::Set(_) | Shape::Tuple => self.open(object, ty, shape),
        }
        Ok(())
    }

    /// A record is written by its own class, whatever class it is expected to be.
    fn begin_record(&mut self, object: Ref, quoted: bool) -> Result<(), Thrown> {
        let ty = self.vm.heap.header(object).ty();
        let Some(&TypeDesc::Record { is_class, to_str, .. }) = self.vm.state.types.desc(ty) else {
            unreachable!("a record")
        };
        if let Some(method) = to_str {
            let text = self.vm.call_function(method, &[object.word()], Ref::NULL)?;
            self.out.extend_from_slice(self.vm.str_bytes(Ref::from_word(text)));
        } else if !is_class {
            self.open(object, ty, Shape::Struct);
        } else if self.vm.state.types.is_subclass(ty, FIRST_ERROR_CLASS) {
            self.write_error(object, ty, quoted);
        } else {
            let name = self.vm.state.types.name(ty);
            write!(self.out, "<{name}>").expect("a Vec takes everything");
        }
        Ok(())
    }

    /// An error is its message; inside something else its class is written as well.
    fn write_error(&mut self, error: Ref, ty: TypeId, quoted: bool) {
        let message = Ref::from_word(self.vm.heap.load(error, MESSAGE_FIELD as usize));
        let bytes = if message.is_null() { b"" } else { self.vm.str_bytes(message) };
        if quoted {
            self.out.extend_from_slice(self.vm.state.types.name(ty).as_bytes());
            self.out.push(b'(');
            push_quoted(&mut self.out, bytes);
            self.out.push(b')');
        } else {
            self.out.extend_from_slice(bytes);
        }
    }

    /// Opens an object, unless it is open already.
    fn open(&mut self, object: Ref, ty: TypeId, shape: Shape) {
        if self.is_open(object) {
            self.out.extend_from_slice("…".as_bytes());
            return;
        }
        match shape {
            Shape::Array(_) => self.out.push(b'['),
            Shape::Tuple => self.out.push(b'('),
            Shape::Set(_) if map::len(&self.vm.heap, object) == 0 => self.out.extend_from_slice(b"set("),
            Shape::Struct => {
                self.out.extend_from_slice(self.vm.state.types.name(ty).as_bytes());
                self.out.push(b'{');
            }
            _ => self.out.push(b'{'),
        }
        let below = self.vm.state.handles.mark();
        let handle = self.vm.state.handles.push(object);
        if !self.addresses.is_empty() {
            self.addresses.insert(object.word());
        }
        self.open.push(Open { object: handle, ty, shape, next: 0, is_first: true, below });
    }

    fn close(&mut self, innermost: &Open) {
        let object = self.vm.state.handles.get(innermost.object);
        self.addresses.remove(&object.word());
        self.vm.state.handles.release(innermost.below);
        match innermost.shape {
            Shape::Array(_) => self.out.push(b']'),
            Shape::Tuple if innermost.next == 1 => self.out.extend_from_slice(b",)"),
            Shape::Tuple => self.out.push(b')'),
            Shape::Set(_) if innermost.is_first => self.out.push(b')'),
            _ => self.out.push(b'}'),
        }
    }

    fn is_open(&mut self, object: Ref) -> bool {
        let address = |open: &Open| self.vm.state.handles.get(open.object).word();
        if self.open.len() <= MOST_SCANNED {
            self.addresses.clear();
            return self.open.iter().any(|open| address(open) == object.word());
        }
        let stats = self.vm.heap.stats();
        let collections = stats.minor + stats.full;
        // A method may have collected, and then all objects may be elsewhere.
        if self.addresses.is_empty() || self.collections != collections {
            self.addresses = self.open.iter().map(address).collect();
            self.collections = collections;
        }
        self.addresses.contains(&object.word())
    }

    /// Writes what stands before the next part, which is returned.
    fn next_part(&mut self, open: &mut Open) -> Option<(u64, TypeId)> {
        let object = self.vm.state.handles.get(open.object);
        let (heap, types) = (&self.vm.heap, &self.vm.state.types);
        let mut is_value = false;
        let part = match open.shape {
            Shape::Array(element) => {
                let word = array::element_at(self.vm, object, open.next as u64)?;
                (word, element)
            }
            Shape::Map(key, value) => {
                is_value = !open.next.is_multiple_of(2);
                if is_value {
                    // A method that wrote the key may have removed it.
                    let entry = open.next / 2;
                    (
                        if entry < map::entry_count(heap, object) { map::entry_value(heap, object, entry) } else { 0 },
                        value,
                    )
                } else {
                    let entry = map::next_entry(heap, object, open.next / 2)?;
                    open.next = 2 * entry;
                    (map::entry_key(heap, object, entry), key)
                }
            }
            Shape::Set(key) => {
                let entry = map::next_entry(heap, object, open.next)?;
                open.next = entry;
                (map::entry_key(heap, object, entry), key)
            }
            _ => {
                if open.next == part_count(types, open.ty) {
                    return None;
                }
                (heap.load(object, open.next), part_type(types, open.ty, open.next))
            }
        };
        let before: &[u8] = if is_value {
            b": "
        } else if open.is_first {
            b""
        } else {
            b", "
        };
        self.out.extend_from_slice(before);
        if open.shape == Shape::Struct
            && let Some(TypeDesc::Record { fields, .. }) = types.desc(open.ty)
        {
            self.out.extend_from_slice(fields[open.next].0.as_bytes());
            self.out.extend_from_slice(b": ");
        }
        open.next += 1;
        open.is_first = false;
        Some(part)
    }
}

/// Bytes of the longest text of an int, its sign included.
const MOST_DIGITS: usize = 20;

/// An int in decimal, written to the end of `text`.
fn decimal(text: &mut [u8; MOST_DIGITS], value: i64) -> &[u8] {
    let mut first = text.len();
    let mut rest = value.unsigned_abs();
    loop {
        first -= 1;
        text[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        first -= 1;
        text[first] = b'-';
    }
    &text[first..]
}

/// Appends a string as the language writes it; UTF-8 stays as it is, other bytes are escaped.
fn push_quoted(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    for chunk in bytes.utf8_chunks() {
        for byte in chunk.valid().bytes() {
            match byte {
                b'"' => out.extend_from_slice(b"\\\""),
                b'\\' => out.extend_from_slice(b"\\\\"),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                0 => out.extend_from_slice(b"\\0"),
                control @ (1..0x20 | 0x7F) => push_escaped(out, control),
                other => out.push(other),
            }
        }
        for &byte in chunk.invalid() {
            push_escaped(out, byte);
        }
    }
    out.push(b'"');
}

fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    write!(out, "\\x{byte:02x}").expect("a Vec takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints() {
        for value in [0, 7, -7, 10, 1234567890, i64::MAX, i64::MIN] {
            assert_eq!(decimal(&mut [0; MOST_DIGITS], value), value.to_string().as_bytes());
        }
    }

    #[test]
    fn quoted_strings() {
        let quoted = |bytes: &[u8]| {
            let mut out = Vec::new();
            push_quoted(&mut out, bytes);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(quoted("é\"\\\n\r\t\0".as_bytes()), r#""é\"\\\n\r\t\0""#);
        assert_eq!(quoted(b"\x01\x7f\xff\xc3"), r#""\x01\x7f\xff\xc3""#);
    }
}
