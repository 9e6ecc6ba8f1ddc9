//! Bodies: printing, reading lines, text of values.

use crate::format;
use crate::stdin;
use crate::support::*;
use bp_builtins::format_spec::{FormatSpec, Target};
use bp_isa::types::{TypeDesc, TypeId};
use bp_vm::native::{NativeCx, Thrown};

pub(crate) fn print(cx: &mut NativeCx<'_>) -> Answer {
    let line = joined_arguments(cx);
    cx.out().write_all(&line);
    Ok(NOTHING)
}

pub(crate) fn eprint(cx: &mut NativeCx<'_>) -> Answer {
    let line = joined_arguments(cx);
    cx.out().flush();
    cx.out().write_stderr(&line);
    Ok(NOTHING)
}

/// The texts with the separator between and the end behind: the last two arguments.
fn joined_arguments(cx: &NativeCx<'_>) -> Vec<u8> {
    let values = cx.count() - 2;
    let (separator, end) = (cx.str_arg(values), cx.str_arg(values + 1));
    let bytes: usize = (0..values).map(|position| cx.str_arg(position).len() + separator.len()).sum();
    let mut line = Vec::with_capacity(bytes + end.len());
    for position in 0..values {
        if position > 0 {
            line.extend_from_slice(separator);
        }
        line.extend_from_slice(cx.str_arg(position));
    }
    line.extend_from_slice(end);
    line
}

pub(crate) fn read_line(cx: &mut NativeCx<'_>) -> Answer {
    let line = next_line(cx)?.unwrap_or_default();
    answer_str(cx, &line)
}

pub(crate) fn input(cx: &mut NativeCx<'_>) -> Answer {
    let prompt = cx.str_arg(0).to_vec();
    cx.out().write_all(&prompt);
    match next_line(cx)? {
        Some(line) => answer_str(cx, &line),
        None => Ok(NOTHING),
    }
}

/// The next line of standard input without its end; `None` at the end of input.
fn next_line(cx: &mut NativeCx<'_>) -> Result<Option<Vec<u8>>, Thrown> {
    cx.out().flush();
    let mut line = stdin::read_line(cx)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.ends_with(b"\n") {
        line.pop();
        if line.ends_with(b"\r") {
            line.pop();
        }
    }
    Ok(Some(line))
}

/// What the system says, without Rust's error number behind it.
pub(crate) fn system_message(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

pub(crate) fn to_str(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 1);
    let value = value_at(cx, 0, ty);
    let text = cx.text(value, ty)?;
    answer_handle(cx, text)
}

pub(crate) fn repr(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 1);
    let value = value_at(cx, 0, ty);
    let text = cx.repr(value, ty)?;
    answer_handle(cx, text)
}

pub(crate) fn type_of(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 1);
    let name = type_name(cx, ty);
    answer_str(cx, name.as_bytes())
}

fn type_name(cx: &NativeCx<'_>, ty: TypeId) -> String {
    match cx.types().desc(ty) {
        Some(TypeDesc::Array { .. }) => "array".to_owned(),
        Some(TypeDesc::Map { .. }) => "map".to_owned(),
        Some(TypeDesc::Record { is_class: false, .. }) => "struct".to_owned(),
        _ => cx.types().name(ty),
    }
}

// ---- format specifications

fn parsed_spec(cx: &mut NativeCx<'_>, target: Target) -> Result<FormatSpec, Thrown> {
    let parsed = FormatSpec::parse(cx.str_arg(1), target);
    parsed.map_err(|error| value_error(cx, error.to_string()))
}

pub(crate) fn format_int(cx: &mut NativeCx<'_>) -> Answer {
    let spec = parsed_spec(cx, Target::Int)?;
    match format::format_int(cx.int(0), &spec) {
        Ok(text) => answer_str(cx, &text),
        Err(message) => Err(value_error(cx, message)),
    }
}

pub(crate) fn format_float(cx: &mut NativeCx<'_>) -> Answer {
    let spec = parsed_spec(cx, Target::Float)?;
    let text = format::format_float(cx.float(0), &spec);
    answer_str(cx, &text)
}

pub(crate) fn format_str(cx: &mut NativeCx<'_>) -> Answer {
    let spec = parsed_spec(cx, Target::Str)?;
    let text = format::format_str(cx.str_arg(0), &spec);
    answer_str(cx, &text)
}

pub(crate) fn format_bool(cx: &mut NativeCx<'_>) -> Answer {
    let value = cx.bool(0);
    if cx.str_arg(1).is_empty() {
        return answer_str(cx, if value { b"true" } else { b"false" });
    }
    let spec = parsed_spec(cx, Target::Bool)?;
    match format::format_bool(value, &spec) {
        Ok(text) => answer_str(cx, &text),
        Err(message) => Err(value_error(cx, message)),
    }
}

pub(crate) fn float_to_str(cx: &mut NativeCx<'_>) -> Answer {
    let text = format::shortest(cx.float(0));
    answer_str(cx, text.as_bytes())
}

pub(crate) fn error_trace(cx: &mut NativeCx<'_>) -> Answer {
    let error = cx.handle(0);
    let lines = cx.trace_lines(error);
    answer_strs(cx, lines.iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_messages_come_without_numbers() {
        let error = std::io::Error::from_raw_os_error(2);
        assert_eq!(system_message(&error), "No such file or directory");
        assert_eq!(system_message(&std::io::Error::other("as it is")), "as it is");
    }
}
