//! Mistakes in the user's program, ready to be shown.
//!
//! A stage reports its own error enum (data, no wording) and turns it into [`Diagnostic`]s in its
//! `render` module. Nothing here prints; [`crate::emit`] does.

use crate::codes::Code;
use crate::limits::MAX_ERRORS;
use crate::messages::syntax;
use crate::span::Span;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The program cannot run.
    Error,
    /// The program runs; something is probably not meant.
    Warning,
}

/// One message about a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, one line, no full stop.
    pub message: String,
    /// Where; the first is the primary one.
    pub labels: Vec<Label>,
    /// Background, a sentence each.
    pub notes: Vec<String>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

/// A marked place with a text, which may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say there.
    pub text: String,
}

/// A suggestion, optionally as edits that a tool can apply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What to do, imperative: "write `let`".
    pub message: String,
    /// Replacements, non-overlapping, in text order; empty if the fix is only advice.
    pub edits: Vec<(Span, String)>,
}

impl Diagnostic {
    /// An error with its primary place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// A warning with its primary place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        let primary = Label { span, text: String::new() };
        Self { code, severity, message, labels: vec![primary], notes: vec![], fixes: vec![] }
    }

    /// Sets the text at the primary place.
    #[must_use]
    pub fn at(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds advice without an edit.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { message: text.into(), edits: vec![] });
        self
    }

    /// Adds a fix that replaces one place.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let edits = vec![(span, replacement.into())];
        self.fixes.push(Fix { message: message.into(), edits });
        self
    }

    /// Adds a fix of several edits, which must not overlap and stand in text order.
    #[must_use]
    pub fn fix_with(mut self, message: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fixes.push(Fix { message: message.into(), edits });
        self
    }

    /// The primary place.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

/// Sorts by place, drops repetitions, and cuts off what nobody would read.
pub fn in_order(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    errors.sort_by_key(Diagnostic::span);
    errors.dedup_by(|a, b| a.code == b.code && a.span() == b.span());
    if errors.len() > MAX_ERRORS {
        let hidden = errors.len() - MAX_ERRORS;
        let first = errors[MAX_ERRORS].span();
        errors.truncate(MAX_ERRORS);
        errors.push(syntax::too_many_errors(first, hidden));
    }
    errors
}
