//! Standard error: colour or not, how wide, and what messages look like.

use crate::Failure;
use crate::args::MessageFormat;
use betterpython::{Compilation, Diagnostic, Severity, Style};
use std::io::{ErrorKind, Write};

/// Columns of what is no terminal.
const DEFAULT_WIDTH: usize = 100;

/// How standard error looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    /// With colour if it is a terminal that shows it and `NO_COLOR` is not set.
    pub(crate) style: Style,
    width: usize,
}

impl Console {
    /// Looks at standard error and the environment.
    pub(crate) fn stderr() -> Self {
        let stream = std::io::stderr();
        let style = match anstream::AutoStream::choice(&stream) {
            anstream::ColorChoice::Never => Style::Plain,
            anstream::ColorChoice::Auto | anstream::ColorChoice::AlwaysAnsi | anstream::ColorChoice::Always => {
                Style::Colour
            }
        };
        let width = terminal_size::terminal_size_of(&stream).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
        Self { style, width }
    }

    /// Shows what went wrong outside the program.
    pub(crate) fn error(self, message: &str) {
        let head = match self.style {
            Style::Plain => "error",
            Style::Colour => "\x1b[1;31merror\x1b[0m",
        };
        self.write(&format!("{head}: {message}\n"));
    }

    /// Shows the diagnostics of a compilation, and how many they are.
    pub(crate) fn diagnostics(self, compilation: &Compilation, format: MessageFormat) {
        let (diagnostics, sources) = (&compilation.diagnostics, &compilation.sources);
        if diagnostics.is_empty() {
            return;
        }
        match format {
            MessageFormat::Json => self.write(&betterpython::emit_json(diagnostics, sources)),
            MessageFormat::Human => {
                let text = betterpython::emit(diagnostics, sources, self.style, self.width);
                self.write(&format!("{text}{}\n", summary(diagnostics)));
            }
        }
    }

    /// Writes text. Nobody can be told if that fails.
    pub(crate) fn write(self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// `2 errors, 1 warning`
fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let part = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts = [part(count(Severity::Error), "error"), part(count(Severity::Warning), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Writes to standard output.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| output_failure(&error))
}

/// What an error at standard output means for the command; said, unless its reader has gone.
pub(crate) fn output_failure(error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    Console::stderr().error(&format!("cannot write to standard output: {}", crate::input::reason(error)));
    Failure::Environment
}
