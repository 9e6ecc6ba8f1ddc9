//! Bodies: files.
//!
//! The older functions answer failure with a value, their twins throw `IOError` with path and the
//! system's message. Paths are bytes, as the system has them.

use crate::search;
use crate::support::*;
use crate::text::system_message;
use bp_builtins::errors::ErrorClass;
use bp_isa::traps::Trap;
use bp_isa::types::FixedType;
use bp_vm::native::{NativeCx, Thrown};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

fn path_at(cx: &NativeCx<'_>, position: usize) -> PathBuf {
    PathBuf::from(OsStr::from_bytes(cx.str_arg(position)))
}

fn io_error(cx: &mut NativeCx<'_>, error: &io::Error) -> Thrown {
    let path = String::from_utf8_lossy(cx.str_arg(0)).into_owned();
    cx.throw(ErrorClass::IOError, format!("{path}: {}", system_message(error)))
}

/// Throws for the path that is the first argument.
fn or_throw<T>(cx: &mut NativeCx<'_>, result: io::Result<T>) -> Result<T, Thrown> {
    result.map_err(|error| io_error(cx, &error))
}

/// The content of the file that is the first argument. The outer error is that of a content
/// beyond the heap limit, which nothing hides.
fn content(cx: &mut NativeCx<'_>) -> Result<io::Result<Vec<u8>>, Thrown> {
    let limit = cx.heap_limit() as u64;
    let mut bytes = Vec::new();
    let read = File::open(path_at(cx, 0)).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
    if bytes.len() as u64 > limit {
        return Err(cx.trap(Trap::OutOfMemory));
    }
    Ok(read.map(|_| bytes))
}

pub(crate) fn read(cx: &mut NativeCx<'_>) -> Answer {
    let bytes = content(cx)?.unwrap_or_default();
    answer_str(cx, &bytes)
}

pub(crate) fn read_or_throw(cx: &mut NativeCx<'_>) -> Answer {
    let result = content(cx)?;
    let bytes = or_throw(cx, result)?;
    answer_str(cx, &bytes)
}

pub(crate) fn read_lines(cx: &mut NativeCx<'_>) -> Answer {
    let result = content(cx)?;
    let bytes = or_throw(cx, result)?;
    let mut from = 0;
    let lines = std::iter::from_fn(|| {
        let (line, next) = search::line(&bytes, from)?;
        from = next;
        Some(&bytes[line])
    });
    answer_strs(cx, lines)
}

pub(crate) fn read_bytes(cx: &mut NativeCx<'_>) -> Answer {
    let bytes = content(cx)?.unwrap_or_default();
    answer_bytes(cx, &bytes, FixedType::Int)
}

fn write_text(cx: &NativeCx<'_>) -> io::Result<()> {
    fs::write(path_at(cx, 0), cx.str_arg(1))
}

pub(crate) fn write(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(write_text(cx).is_ok())
}

pub(crate) fn write_or_throw(cx: &mut NativeCx<'_>) -> Answer {
    let result = write_text(cx);
    or_throw(cx, result)?;
    Ok(NOTHING)
}

pub(crate) fn append(cx: &mut NativeCx<'_>) -> Answer {
    let file = OpenOptions::new().append(true).create(true).open(path_at(cx, 0));
    answer_bool(file.and_then(|mut file| file.write_all(cx.str_arg(1))).is_ok())
}

pub(crate) fn write_bytes(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(fs::write(path_at(cx, 0), cx.byte_elements(cx.handle(1))).is_ok())
}

pub(crate) fn write_ints(cx: &mut NativeCx<'_>) -> Answer {
    let bytes: Vec<u8> = cx.ints(cx.handle(1)).iter().map(|&value| value as u8).collect();
    answer_bool(fs::write(path_at(cx, 0), bytes).is_ok())
}

pub(crate) fn copy(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(fs::copy(path_at(cx, 0), path_at(cx, 1)).is_ok())
}

pub(crate) fn delete(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(fs::remove_file(path_at(cx, 0)).is_ok())
}

pub(crate) fn exists(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(path_at(cx, 0).exists())
}

pub(crate) fn size(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(fs::metadata(path_at(cx, 0)).map_or(-1, |data| data.len() as i64))
}

pub(crate) fn list_dir(cx: &mut NativeCx<'_>) -> Answer {
    let names = fs::read_dir(path_at(cx, 0))
        .and_then(|entries| entries.map(|entry| Ok(entry?.file_name().into_vec())).collect::<io::Result<Vec<_>>>());
    let mut names = or_throw(cx, names)?;
    names.sort();
    answer_strs(cx, names.iter())
}

pub(crate) fn make_dir(cx: &mut NativeCx<'_>) -> Answer {
    let result = fs::create_dir_all(path_at(cx, 0));
    or_throw(cx, result)?;
    Ok(NOTHING)
}

pub(crate) fn remove(cx: &mut NativeCx<'_>) -> Answer {
    let path = path_at(cx, 0);
    // Asked of the entry itself: a link to a folder is removed as the link it is.
    let result = fs::symlink_metadata(&path)
        .and_then(|data| if data.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) });
    or_throw(cx, result)?;
    Ok(NOTHING)
}

pub(crate) fn is_dir(cx: &mut NativeCx<'_>) -> Answer {
    match fs::metadata(path_at(cx, 0)) {
        Ok(data) => answer_bool(data.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => answer_bool(false),
        Err(error) => Err(io_error(cx, &error)),
    }
}
