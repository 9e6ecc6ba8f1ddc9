//! Body: the JSON text of any value.
//!
//! A value is walked by its type. What is nested too deep is refused, which also ends the walk of a
//! value that holds itself; the length is held against the heap limit on the way.

use crate::json::{Kind, kind_of, part_of, word_of};
use crate::map::each_entry;
use crate::support::*;
use bp_builtins::classes::{BuiltinClass, JSON_ITEMS, JSON_MEMBERS, JSON_TEXT};
use bp_isa::types::{FixedType, TypeDesc, TypeId};
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};

/// Levels of nesting that are written: each takes some native stack.
const MOST_LEVELS: usize = 200;

pub(crate) fn stringify(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 1);
    let value = value_at(cx, 0, ty);
    let mut text = Vec::new();
    write(cx, value, ty, MOST_LEVELS, &mut text)?;
    answer_str(cx, &text)
}

fn write(cx: &mut NativeCx<'_>, value: Value, ty: TypeId, levels: usize, out: &mut Vec<u8>) -> Result<(), Thrown> {
    bytes_within_limit(cx, out.len(), 1)?;
    let desc = cx.types().desc(ty).cloned();
    match value {
        Value::Word(word) => write_word(cx, word, ty, out),
        Value::Handle(handle) if cx.is_null(handle) => {
            out.extend_from_slice(b"null");
            Ok(())
        }
        Value::Handle(handle) if ty == FixedType::Str.id() => {
            write_str(cx.str(handle), out);
            Ok(())
        }
        Value::Handle(handle) => {
            let Some(levels) = levels.checked_sub(1) else {
                return Err(value_error(cx, format!("nested more than {MOST_LEVELS} deep")));
            };
            scoped(cx, |cx| write_object(cx, handle, ty, desc, levels, out))
        }
    }
}

fn write_word(cx: &mut NativeCx<'_>, word: u64, ty: TypeId, out: &mut Vec<u8>) -> Result<(), Thrown> {
    if ty == FixedType::Float.id() || ty == FixedType::F32.id() {
        let float = f64::from_bits(word);
        if !float.is_finite() {
            return Err(value_error(cx, "nan and infinities have no JSON text"));
        }
    } else if ty != FixedType::Bool.id() {
        out.extend_from_slice((word as i64).to_string().as_bytes());
        return Ok(());
    }
    let text = cx.text(Value::Word(word), ty)?;
    out.extend_from_slice(cx.str(text));
    Ok(())
}

fn write_object(
    cx: &mut NativeCx<'_>,
    object: Handle,
    ty: TypeId,
    desc: Option<TypeDesc>,
    levels: usize,
    out: &mut Vec<u8>,
) -> Result<(), Thrown> {
    match desc {
        Some(TypeDesc::Optional { inner }) => {
            let value = cx.unwrapped(object, inner);
            write(cx, value, inner, levels, out)
        }
        Some(TypeDesc::Array { element: of }) => write_list(cx, out, |cx, at, out| {
            if at >= cx.len(object) {
                return Ok(false);
            }
            separate(at, out);
            let value = element(cx, object, at);
            write(cx, value, of, levels, out).map(|()| true)
        }),
        Some(TypeDesc::Tuple { members }) => write_list(cx, out, |cx, at, out| {
            let Some(&of) = members.get(at) else { return Ok(false) };
            separate(at, out);
            let value = cx.field(object, at);
            write(cx, value, of, levels, out).map(|()| true)
        }),
        Some(TypeDesc::Set { key }) => {
            let mut at = 0;
            out.push(b'[');
            each_entry(cx, object, |cx, value, _| {
                separate(at, out);
                at += 1;
                write(cx, value, key, levels, out)
            })?;
            out.push(b']');
            Ok(())
        }
        Some(TypeDesc::Map { key, value }) => write_map(cx, object, key, value, levels, out),
        Some(TypeDesc::Record { .. }) => write_record(cx, object, levels, out),
        _ => {
            let message = format!("a value of type `{}` has no JSON text", cx.types().name(ty));
            Err(value_error(cx, message))
        }
    }
}

fn separate(position: usize, out: &mut Vec<u8>) {
    if position > 0 {
        out.push(b',');
    }
}

/// Writes elements until `next` says that there is none at a position.
fn write_list(
    cx: &mut NativeCx<'_>,
    out: &mut Vec<u8>,
    mut next: impl FnMut(&mut NativeCx<'_>, usize, &mut Vec<u8>) -> Result<bool, Thrown>,
) -> Result<(), Thrown> {
    out.push(b'[');
    let mut at = 0;
    while scoped(cx, |cx| next(cx, at, out))? {
        at += 1;
    }
    out.push(b']');
    Ok(())
}

fn write_map(
    cx: &mut NativeCx<'_>,
    map: Handle,
    key_ty: TypeId,
    value_ty: TypeId,
    levels: usize,
    out: &mut Vec<u8>,
) -> Result<(), Thrown> {
    let is_tuple = matches!(cx.types().desc(key_ty), Some(TypeDesc::Tuple { .. }));
    if is_tuple {
        return Err(value_error(cx, "a map whose keys are tuples has no JSON text"));
    }
    let mut at = 0;
    out.push(b'{');
    each_entry(cx, map, |cx, key, value| {
        separate(at, out);
        at += 1;
        let text = cx.text(key, key_ty)?;
        write_str(cx.str(text), out);
        out.push(b':');
        write(cx, value, value_ty, levels, out)
    })?;
    out.push(b'}');
    Ok(())
}

/// A record is written by its own class, whatever class it is expected to be.
fn write_record(cx: &mut NativeCx<'_>, record: Handle, levels: usize, out: &mut Vec<u8>) -> Result<(), Thrown> {
    let ty = cx.object_type(record);
    let Some(TypeDesc::Record { name, fields, .. }) = cx.types().desc(ty).cloned() else { unreachable!("a record") };
    let hidden = fields.first().is_some_and(|(field, _)| field.starts_with('.'));
    if hidden && &*name == BuiltinClass::Json.name() {
        return write_json(cx, record, ty, levels, out);
    }
    if hidden {
        return Err(value_error(cx, format!("a value of type `{name}` has no JSON text")));
    }
    out.push(b'{');
    for (at, (field, of)) in fields.iter().enumerate() {
        separate(at, out);
        write_str(field.as_bytes(), out);
        out.push(b':');
        let value = cx.field(record, at);
        write(cx, value, *of, levels, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_json(cx: &mut NativeCx<'_>, json: Handle, ty: TypeId, levels: usize, out: &mut Vec<u8>) -> Result<(), Thrown> {
    let (part, of) = match kind_of(cx, json) {
        Kind::Null => {
            out.extend_from_slice(b"null");
            return Ok(());
        }
        Kind::Bool => return write_field_word(cx, json, FixedType::Bool, out),
        Kind::Int => return write_field_word(cx, json, FixedType::Int, out),
        Kind::Float => return write_field_word(cx, json, FixedType::Float, out),
        Kind::Str => (JSON_TEXT, FixedType::Str.id()),
        Kind::Array => (JSON_ITEMS, array_type(cx, ty)?),
        Kind::Object => (JSON_MEMBERS, map_type(cx, FixedType::Str.id(), ty)?),
    };
    let part = part_of(cx, json, part);
    // The object and what it refers to are one level of the text.
    write(cx, Value::Handle(part), of, levels + 1, out)
}

fn write_field_word(cx: &mut NativeCx<'_>, json: Handle, ty: FixedType, out: &mut Vec<u8>) -> Result<(), Thrown> {
    let word = word_of(cx, json);
    write_word(cx, word, ty.id(), out)
}

/// In quotes, with what RFC 8259 demands escaped.
fn write_str(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for c in String::from_utf8_lossy(bytes).chars() {
        match c {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            '\0'..'\u{20}' => out.extend_from_slice(format!("\\u{:04x}", c as u32).as_bytes()),
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}
