//! Functions of C libraries: `extern fn … from "lib"`.
//!
//! A library is loaded and its function found at the first call; until that has worked, every call
//! throws. Strings go over as copies that end in NUL and live as long as the call; a string that the
//! function answers is copied before they go.
//!
//! Absence: no callbacks. C code never sees an object of the heap.

use super::ffi::{self, Arguments, Entry};
use crate::native::{self, NativeCx, Thrown};
use crate::types::Types;
use bp_builtins::errors::ErrorClass;
use bp_isa::program::Extern;
use bp_isa::types::{FixedType, TypeDesc, TypeId};
use std::ffi::CString;
use std::sync::OnceLock;

/// What names the process itself.
const PROCESS: [&[u8]; 2] = [b"", b"libc"];

/// How a value goes over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// `void`: a result only.
    Void,
    /// `int64_t`, or a pointer that nobody looks at.
    Word,
    /// `int32_t`.
    I32,
    /// `bool` of C.
    Bool,
    /// `double`.
    Float,
    /// `const char *`.
    Text,
    /// The same, or a null pointer.
    OptionalText,
}

impl Class {
    fn of(types: &Types, ty: TypeId) -> Option<Class> {
        if let Some(TypeDesc::Optional { inner }) = types.desc(ty) {
            return (*inner == FixedType::Str.id()).then_some(Class::OptionalText);
        }
        match FixedType::ALL.get(ty as usize)? {
            FixedType::Void => Some(Class::Void),
            FixedType::Int | FixedType::Ptr => Some(Class::Word),
            FixedType::I32 => Some(Class::I32),
            FixedType::Bool => Some(Class::Bool),
            FixedType::Float => Some(Class::Float),
            FixedType::Str => Some(Class::Text),
            _ => None,
        }
    }
}

/// A function of a library as a program declares it.
pub(crate) struct Foreign {
    name: Box<str>,
    /// None for the process itself.
    library: Option<Box<[u8]>>,
    symbol: Box<[u8]>,
    params: Box<[Class]>,
    result: Class,
    entry: OnceLock<Entry>,
}

impl Foreign {
    /// What a declaration with a library asks for; none if it has types that cannot go over.
    pub(crate) fn new(declared: &Extern, library: &[u8], types: &Types) -> Option<Foreign> {
        let params = declared.signature.params.iter().map(|ty| Class::of(types, *ty));
        Some(Foreign {
            name: declared.name.clone(),
            library: (!PROCESS.contains(&library)).then(|| library.into()),
            symbol: declared.symbol.clone().unwrap_or_else(|| declared.name.as_bytes().into()),
            params: params.collect::<Option<_>>()?,
            result: Class::of(types, declared.signature.result)?,
            entry: OnceLock::new(),
        })
    }

    fn entry(&self) -> Result<Entry, String> {
        if let Some(entry) = self.entry.get() {
            return Ok(*entry);
        }
        let entry = ffi::load(self.library.as_deref(), &self.symbol)?;
        Ok(*self.entry.get_or_init(|| entry))
    }

    /// Calls the function with the arguments of a library call.
    pub(crate) fn call(&self, cx: &mut NativeCx<'_>) -> Result<u64, Thrown> {
        let entry = self.entry().map_err(|message| cx.throw(ErrorClass::RuntimeError, message))?;
        let mut arguments = Arguments::default();
        let mut texts = Vec::new();
        for (position, class) in self.params.iter().enumerate() {
            match class {
                Class::Float => arguments.float(cx.float(position).to_bits()),
                Class::Text | Class::OptionalText => {
                    let text = self.text_argument(cx, position)?;
                    arguments.word(text.as_ref().map_or(0, |text| text.as_ptr() as u64));
                    texts.extend(text);
                }
                Class::I32 => arguments.word(i64::from(cx.int(position) as i32) as u64),
                Class::Word | Class::Bool | Class::Void => arguments.word(cx.int(position) as u64),
            }
        }
        let results = ffi::call(entry, &arguments);
        Ok(match self.result {
            Class::Void => 0,
            Class::Word => results.word,
            Class::I32 => i64::from(results.word as i32) as u64,
            // Only the lowest byte is defined.
            Class::Bool => u64::from(results.word as u8 != 0),
            Class::Float => results.float,
            Class::Text | Class::OptionalText => {
                // The answer may be a part of an argument.
                let answer = ffi::text(results.word);
                drop(texts);
                return self.text_result(cx, answer);
            }
        })
    }

    /// A copy of a string argument for C; none for null.
    fn text_argument(&self, cx: &mut NativeCx<'_>, position: usize) -> Result<Option<CString>, Thrown> {
        if cx.int(position) == 0 {
            return Ok(None);
        }
        CString::new(cx.str_arg(position)).map(Some).map_err(|error| {
            let (name, at) = (&self.name, error.nul_position());
            let message = format!("a string for `{name}` has a zero byte at index {at}, where it would end for C");
            cx.throw(ErrorClass::ValueError, message)
        })
    }

    fn text_result(&self, cx: &mut NativeCx<'_>, answer: Option<Vec<u8>>) -> Result<u64, Thrown> {
        match answer {
            Some(text) => {
                let handle = cx.new_str(&text)?;
                Ok(cx.value_word(native::Value::Handle(handle)))
            }
            None if self.result == Class::OptionalText => Ok(0),
            None => {
                let message = format!("`{}` answered a null pointer; declare its result `str?`", self.name);
                Err(cx.throw(ErrorClass::NullError, message))
            }
        }
    }
}
