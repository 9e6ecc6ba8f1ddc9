//! Bodies: JSON texts read into objects, and the methods of these.
//!
//! An object of the class `Json` has five fields: a kind, and what values of that kind need; the
//! others are 0 or null.

use crate::bounds;
use crate::support::*;
use bp_builtins::classes::{JSON_ITEMS, JSON_KIND, JSON_MEMBERS, JSON_TEXT, JSON_WORD};
use bp_builtins::errors::ErrorClass;
use bp_isa::types::{FixedType, TypeId};
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What a `Json` is; its number stands in the field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Null,
    Bool,
    Int,
    Float,
    Str,
    Array,
    Object,
}

impl Kind {
    const ALL: [Kind; 7] = [Kind::Null, Kind::Bool, Kind::Int, Kind::Float, Kind::Str, Kind::Array, Kind::Object];

    fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Bool => "bool",
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Str => "str",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }
}

// ---- reading

pub(crate) fn parse(cx: &mut NativeCx<'_>) -> Answer {
    let (text, ty) = (cx.str_arg(0).to_vec(), type_at(cx, 1));
    let mut thrown = None;
    let mut deserializer = serde_json::Deserializer::from_slice(&text);
    let made = Build { cx, ty, thrown: &mut thrown }.deserialize(&mut deserializer);
    let made = made.and_then(|made| deserializer.end().map(|()| made));
    match (made, thrown) {
        (_, Some(thrown)) => Err(thrown),
        (Ok(made), None) => answer_handle(cx, made),
        (Err(error), None) => {
            let message = complaint(&text, &error);
            Err(value_error(cx, message))
        }
    }
}

/// What is wrong with the text, and at which byte.
fn complaint(text: &[u8], error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    if error.is_eof() {
        return format!("bad JSON at {}: {what}", text.len());
    }
    let lines_before = text.split_inclusive(|&byte| byte == b'\n').take(error.line().saturating_sub(1));
    let line: usize = lines_before.map(<[u8]>::len).sum();
    format!("bad JSON at {}: {what}", line + error.column().saturating_sub(1))
}

/// Makes the object of the next value of a text.
struct Build<'b, 'v> {
    cx: &'b mut NativeCx<'v>,
    /// The class `Json`.
    ty: TypeId,
    /// The exception, if making an object threw one.
    thrown: &'b mut Option<Thrown>,
}

impl<'v> Build<'_, 'v> {
    /// For a part of the value.
    fn part(&mut self) -> Build<'_, 'v> {
        Build { cx: self.cx, ty: self.ty, thrown: self.thrown }
    }

    fn caught<T, E: Error>(&mut self, result: Result<T, Thrown>) -> Result<T, E> {
        result.map_err(|thrown| {
            *self.thrown = Some(thrown);
            E::custom("thrown")
        })
    }

    fn word<E: Error>(mut self, kind: Kind, word: u64) -> Result<Handle, E> {
        let made = new(self.cx, self.ty, kind, word, None);
        self.caught(made)
    }
}

/// An object of the kind; `part` is the field that refers to something, and that.
fn new(
    cx: &mut NativeCx<'_>,
    ty: TypeId,
    kind: Kind,
    word: u64,
    part: Option<(usize, Handle)>,
) -> Result<Handle, Thrown> {
    let mut fields = [Value::Word(0); 5];
    fields[JSON_KIND] = Value::Word(kind as u64);
    fields[JSON_WORD] = Value::Word(word);
    if let Some((field, handle)) = part {
        fields[field] = Value::Handle(handle);
    }
    cx.new_record(ty, &fields)
}

impl<'de> DeserializeSeed<'de> for Build<'_, '_> {
    type Value = Handle;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Handle, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_, '_> {
    type Value = Handle;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Handle, E> {
        self.word(Kind::Null, 0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Handle, E> {
        self.word(Kind::Bool, u64::from(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Handle, E> {
        self.word(Kind::Int, value as u64)
    }

    /// Beyond the ints it is a float.
    fn visit_u64<E: Error>(self, value: u64) -> Result<Handle, E> {
        match i64::try_from(value) {
            Ok(int) => self.visit_i64(int),
            Err(_) => self.visit_f64(value as f64),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Handle, E> {
        self.word(Kind::Float, value.to_bits())
    }

    fn visit_str<E: Error>(mut self, value: &str) -> Result<Handle, E> {
        let text = self.cx.new_str(value.as_bytes());
        let text = self.caught(text)?;
        let made = new(self.cx, self.ty, Kind::Str, 0, Some((JSON_TEXT, text)));
        self.caught(made)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Handle, A::Error> {
        let ty = array_type(self.cx, self.ty);
        let ty = self.caught(ty)?;
        let array = self.cx.new_array(ty, 0);
        let array = self.caught(array)?;
        loop {
            let mark = self.cx.mark();
            let Some(item) = items.next_element_seed(self.part())? else { break };
            let pushed = self.cx.push_handle(array, item).and_then(|()| self.cx.poll());
            self.caught(pushed)?;
            self.cx.release(mark);
        }
        let made = new(self.cx, self.ty, Kind::Array, 0, Some((JSON_ITEMS, array)));
        self.caught(made)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Handle, A::Error> {
        let ty = map_type(self.cx, FixedType::Str.id(), self.ty);
        let ty = self.caught(ty)?;
        let map = self.cx.new_map(ty);
        let map = self.caught(map)?;
        while let Some(key) = members.next_key::<String>()? {
            let mark = self.cx.mark();
            let member = members.next_value_seed(self.part())?;
            let key = self.cx.new_str(key.as_bytes());
            let key = self.caught(key)?;
            let inserted = self.cx.map_insert(map, Value::Handle(key), Value::Handle(member));
            let inserted = inserted.and_then(|()| self.cx.poll());
            self.caught(inserted)?;
            self.cx.release(mark);
        }
        let made = new(self.cx, self.ty, Kind::Object, 0, Some((JSON_MEMBERS, map)));
        self.caught(made)
    }
}

// ---- methods

/// The kind of an object.
pub(crate) fn kind_of(cx: &mut NativeCx<'_>, json: Handle) -> Kind {
    match cx.field(json, JSON_KIND) {
        Value::Word(number) => Kind::ALL[number as usize],
        Value::Handle(_) => unreachable!("a kind is a number"),
    }
}

/// The word of an object.
pub(crate) fn word_of(cx: &mut NativeCx<'_>, json: Handle) -> u64 {
    match cx.field(json, JSON_WORD) {
        Value::Word(word) => word,
        Value::Handle(_) => unreachable!("a word"),
    }
}

/// What an object's field refers to.
pub(crate) fn part_of(cx: &mut NativeCx<'_>, json: Handle, field: usize) -> Handle {
    match cx.field(json, field) {
        Value::Handle(part) => part,
        Value::Word(_) => unreachable!("a reference"),
    }
}

/// The first argument, which is of the kind; throws `TypeError` if it is not.
fn of_kind(cx: &mut NativeCx<'_>, wanted: Kind) -> Result<Handle, Thrown> {
    let json = cx.handle(0);
    let kind = kind_of(cx, json);
    if kind == wanted { Ok(json) } else { Err(type_error(cx, wanted, kind)) }
}

fn type_error(cx: &mut NativeCx<'_>, wanted: Kind, found: Kind) -> Thrown {
    let message = format!("a JSON value of kind {} is wanted, not {}", wanted.name(), found.name());
    cx.throw(ErrorClass::TypeError, message)
}

pub(crate) fn kind(cx: &mut NativeCx<'_>) -> Answer {
    let name = kind_of(cx, cx.handle(0)).name();
    answer_str(cx, name.as_bytes())
}

pub(crate) fn is_null(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(kind_of(cx, cx.handle(0)) == Kind::Null)
}

pub(crate) fn as_int(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Int)?;
    Ok(word_of(cx, json))
}

pub(crate) fn as_float(cx: &mut NativeCx<'_>) -> Answer {
    let json = cx.handle(0);
    if kind_of(cx, json) == Kind::Int {
        return answer_float(word_of(cx, json) as i64 as f64);
    }
    let json = of_kind(cx, Kind::Float)?;
    Ok(word_of(cx, json))
}

pub(crate) fn as_bool(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Bool)?;
    Ok(word_of(cx, json))
}

pub(crate) fn as_str(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Str)?;
    let text = part_of(cx, json, JSON_TEXT);
    answer_handle(cx, text)
}

pub(crate) fn len(cx: &mut NativeCx<'_>) -> Answer {
    let json = cx.handle(0);
    if kind_of(cx, json) == Kind::Object {
        let members = part_of(cx, json, JSON_MEMBERS);
        return answer_int(cx.map_len(members) as i64);
    }
    let json = of_kind(cx, Kind::Array)?;
    let items = part_of(cx, json, JSON_ITEMS);
    answer_int(cx.len(items) as i64)
}

pub(crate) fn items(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Array)?;
    let items = part_of(cx, json, JSON_ITEMS);
    let made = copy_of(cx, items, 0..cx.len(items))?;
    answer_handle(cx, made)
}

pub(crate) fn keys(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Object)?;
    let members = part_of(cx, json, JSON_MEMBERS);
    let ty = array_type(cx, FixedType::Str.id())?;
    let made = cx.new_array(ty, cx.map_len(members))?;
    crate::map::each_entry(cx, members, |cx, key, _| push(cx, made, key))?;
    answer_handle(cx, made)
}

/// The entry of the member that the second argument names, and the map it is in.
fn entry(cx: &mut NativeCx<'_>) -> Result<(Handle, Option<usize>), Thrown> {
    let json = of_kind(cx, Kind::Object)?;
    let members = part_of(cx, json, JSON_MEMBERS);
    let key = Value::Handle(cx.handle(1));
    Ok((members, cx.map_find(members, key)?))
}

pub(crate) fn has_key(cx: &mut NativeCx<'_>) -> Answer {
    let (_, entry) = entry(cx)?;
    answer_bool(entry.is_some())
}

pub(crate) fn get(cx: &mut NativeCx<'_>) -> Answer {
    let (members, Some(entry)) = entry(cx)? else { return Ok(NOTHING) };
    let value = cx.entry_value(members, entry);
    answer_value(cx, value)
}

pub(crate) fn member(cx: &mut NativeCx<'_>) -> Answer {
    let (members, Some(entry)) = entry(cx)? else {
        let key = cx.repr(Value::Handle(cx.handle(1)), FixedType::Str.id())?;
        let message = format!("key {} not found", String::from_utf8_lossy(cx.str(key)));
        return Err(cx.throw(ErrorClass::KeyError, message));
    };
    let value = cx.entry_value(members, entry);
    answer_value(cx, value)
}

pub(crate) fn at(cx: &mut NativeCx<'_>) -> Answer {
    let json = of_kind(cx, Kind::Array)?;
    let items = part_of(cx, json, JSON_ITEMS);
    let (index, len) = (cx.int(1), cx.len(items));
    match bounds::index(index, len) {
        Some(at) => {
            let value = element(cx, items, at);
            answer_value(cx, value)
        }
        None => Err(index_error(cx, bounds::out_of_range(index, len))),
    }
}
