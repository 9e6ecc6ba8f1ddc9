//! Reading what a command works on: source text or a `.bpc` file.

use crate::Failure;
use crate::args::MessageArgs;
use crate::console::Console;
use betterpython::{Compilation, Executable, FileSystem, Until};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// A file's contents and the name that messages use for it.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether it is meant to be a compiled program.
    pub(crate) is_compiled: bool,
}

/// Reads a file, or standard input for `-`; says so if that fails.
pub(crate) fn read(path: &Path) -> Result<Input, Failure> {
    if path == Path::new("-") {
        return read_stdin();
    }
    let name = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => {
            let is_compiled =
                Executable::is_bpc(&bytes) || path.extension().is_some_and(|extension| extension == "bpc");
            Ok(Input { name, bytes, is_compiled })
        }
        Err(error) => {
            let console = Console::stderr();
            console.error(&format!("cannot read `{name}`: {}", reason(&error)));
            let with_extension = path.with_added_extension("bp");
            if error.kind() == ErrorKind::NotFound && with_extension.is_file() {
                console.write(&format!("help: there is `{}`\n", with_extension.display()));
            }
            Err(Failure::Environment)
        }
    }
}

fn read_stdin() -> Result<Input, Failure> {
    let mut bytes = vec![];
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(Input { name: "<stdin>".to_owned(), is_compiled: Executable::is_bpc(&bytes), bytes }),
        Err(error) => {
            Console::stderr().error(&format!("cannot read standard input: {}", reason(&error)));
            Err(Failure::Environment)
        }
    }
}

/// Compiles source text and shows what is wrong with it.
pub(crate) fn compile(input: Input, until: Until, messages: &MessageArgs) -> Result<Compilation, Failure> {
    let console = Console::stderr();
    if input.is_compiled {
        console.error(&format!("`{}` is a compiled program; this needs its source", input.name));
        return Err(Failure::Environment);
    }
    let compilation = betterpython::compile_with(&input.name, input.bytes, until, &FileSystem::from_environment());
    console.diagnostics(&compilation, messages.message_format);
    if compilation.has_errors() { Err(Failure::Program) } else { Ok(compilation) }
}

/// What can run: compiled here, or loaded.
pub(crate) fn executable(path: &Path, messages: &MessageArgs) -> Result<Executable, Failure> {
    let input = read(path)?;
    if !input.is_compiled {
        let compilation = compile(input, Until::Compiled, messages)?;
        return Ok(Executable::from_compilation(&compilation).expect("it has no errors"));
    }
    Executable::from_bpc(&input.bytes).map_err(|error| {
        Console::stderr().error(&format!("cannot load `{}`: {error}", input.name));
        Failure::Environment
    })
}

/// What the system says about a failure, without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let text = &text[..end];
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
