//! Statements: loops, returns, exceptions, code that never runs.

use super::{did_you_mean, enumeration, wrap};
use crate::checker::Checker;
use crate::error::{NotPlace, RangeProblem};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn not_iterable(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::NotIterable, at, format!("`for` cannot go through {}", self.a(ty)));
        match self.kind(ty) {
            TyKind::Int => wrap(error, "count up to it with `range`", at, "range(", ")"),
            TyKind::Optional(_) => error.help("it may be `null`: test it first with `if x != null:`"),
            _ => error
                .note("a `for` goes through ranges, arrays, strings, maps, sets, tuples and objects with `__iter__`"),
        }
    }

    pub(super) fn mixed_tuple(&self, at: Span, ty: Ty) -> Diagnostic {
        let message = format!("`for` needs members of one type, but this is {}", self.a(ty));
        Diagnostic::error(Code::NotIterable, at, message).help("unpack it instead: `let a, b = t`")
    }

    pub(super) fn not_indexable(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::NotIndexable, at, format!("{} has no elements to index", self.a(ty)));
        match self.kind(ty) {
            TyKind::Record(_) => error.help("a field is written `x.name`"),
            TyKind::Function(..) => error.help("call it first: `f(…)[i]`"),
            TyKind::Optional(_) => {
                error.help("it may be `null`: test it first with `if x != null:`, or assert with `x!`")
            }
            TyKind::Set(_) => error.help("`x in s` asks whether a set holds a value"),
            TyKind::Int => error.help("`(n >> i) & 1` is a bit, `str(n)[i]` a digit"),
            _ => error.note("arrays, strings and tuples are indexed by `int`, maps by their keys"),
        }
    }

    pub(super) fn not_sliceable(&self, at: Span, ty: Ty) -> Diagnostic {
        Diagnostic::error(Code::NotIndexable, at, format!("{} has no slices", self.a(ty)))
            .note("only arrays and strings have slices")
    }

    pub(super) fn not_assignable(&self, at: Span, what: NotPlace) -> Diagnostic {
        let error = |message: String| Diagnostic::error(Code::NotAssignable, at, message);
        match what {
            NotPlace::Expression => error("this is a value, not a place that can be assigned to".into())
                .note("places are variables, elements `a[i]`, slices and fields `o.f`"),
            NotPlace::Element(ty) => {
                let message = format!("the elements of {} cannot be assigned to", self.a(ty));
                match self.kind(ty) {
                    TyKind::Str => {
                        error(message).note("strings never change").help("build a new one: `s[:i] + \"x\" + s[i + 1:]`")
                    }
                    TyKind::Tuple(_) => {
                        error(message).note("tuples never change").help("make a new tuple, or use an array")
                    }
                    _ => error(message),
                }
            }
            NotPlace::Declaration(name) => {
                error(format!("`{}` is declared and cannot be assigned to", self.text(name)))
            }
            NotPlace::Trace => error("the trace of an error cannot be assigned to".into()),
            NotPlace::Augmented => error("an augmented assignment has a single place on its left side".into()),
        }
    }

    pub(super) fn unpack_text(&self, at: Span, count: usize, ty: Ty, value: Option<Span>) -> Diagnostic {
        let message = match self.kind(ty) {
            TyKind::Tuple(members) => format!("{count} names for a tuple of {}", members.len()),
            _ => format!("{count} names for {}, which is no tuple", self.a(ty)),
        };
        let error = Diagnostic::error(Code::Unpack, at, message);
        let error = match value {
            Some(value) => error.also(value, format!("this is {}", self.a(ty))),
            None => error,
        };
        match self.kind(ty) {
            TyKind::Array(_) => error.help("an array is not unpacked: take its elements with `xs[0]`, `xs[1]`"),
            TyKind::Int | TyKind::Str if value.is_some() => error,
            _ => error,
        }
    }

    pub(super) fn tuple_index(&self, at: Span, tuple: Ty, index: Option<i64>) -> Diagnostic {
        let count = match self.kind(tuple) {
            TyKind::Tuple(members) => members.len(),
            _ => 0,
        };
        match index {
            Some(index) => {
                let message = format!("there is no member {index} in {} of {count} members", self.a(tuple));
                let error = Diagnostic::error(Code::TupleIndex, at, message);
                match count {
                    0 | 1 => error,
                    _ => error.note(format!("its members are 0 to {}", count - 1)),
                }
            }
            None => {
                let message = format!(
                    "the members of {} have several types: which one is meant must be a constant",
                    self.a(tuple)
                );
                Diagnostic::error(Code::TupleIndex, at, message).help("use an array if all members are of one type")
            }
        }
    }

    pub(super) fn missing_return_text(
        &self,
        name: Ident,
        result: Ty,
        result_span: Span,
        forgotten: Option<Span>,
    ) -> Diagnostic {
        let message = format!("`{}` may end without a result: not every path returns", self.text(name.name));
        let error = Diagnostic::error(Code::MissingReturn, name.span, message)
            .also(result_span, format!("{} is promised here", self.a(result)));
        match forgotten {
            Some(value) => error.fix("return the last value", value.before(), "return "),
            None => error.help("end every branch with `return` or `throw`"),
        }
    }

    pub(super) fn return_from_void(&self, at: Span, ty: Ty, name: Name, declared: Span) -> Diagnostic {
        let text = self.text(name);
        let message = format!("`{text}` declares no result, so it cannot return a value");
        let error = Diagnostic::error(Code::ReturnValue, at, message).also(declared, "declared here");
        match self.shallow(ty) {
            Ty::VOID | Ty::NEVER | Ty::NULL => error.help("write `return` alone"),
            ty => error.help(format!("declare the result: `def {text}(…) -> {}:`", self.type_text(ty))),
        }
    }

    pub(super) fn return_nothing(&self, at: Span, name: Name, result: Ty, declared: Span) -> Diagnostic {
        let message = format!("`{}` returns {}, so `return` needs a value", self.text(name), self.a(result));
        Diagnostic::error(Code::ReturnValue, at, message).also(declared, "the result is declared here")
    }

    pub(super) fn throw_type(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::ThrowType, at, format!("{} cannot be thrown", self.a(ty)))
            .note("what is thrown is a `str` or an error: `throw \"text\"`, `throw ValueError(\"text\")`");
        match self.kind(ty) {
            TyKind::Int | TyKind::Float | TyKind::Bool | TyKind::Enum(_) => {
                wrap(error, "throw its text", at, "str(", ")")
            }
            _ => error,
        }
    }

    pub(super) fn throw_class(&self, name: Ident) -> Diagnostic {
        let message = format!("`{}` is a class: throw an object of it", self.text(name.name));
        Diagnostic::error(Code::ThrowType, name.span, message).fix("make one", name.span.after(), "(\"\")")
    }

    pub(super) fn not_an_error_class(&self, name: Ident, similar: &[String]) -> Diagnostic {
        let message = format!("`{}` is no class of errors", self.text(name.name));
        let error = Diagnostic::error(Code::ThrowType, name.span, message);
        let foreign = match self.text(name.name) {
            "Exception" | "BaseException" | "Throwable" | "StandardError" => Some("Error"),
            "ArithmeticError" => Some("ZeroDivisionError"),
            "OSError" | "IOException" | "FileNotFoundError" => Some("IOError"),
            "KeyboardInterrupt" => Some("InterruptError"),
            "RecursionError" => Some("StackOverflowError"),
            "MemoryError" => Some("OutOfMemoryError"),
            "LookupError" => Some("KeyError"),
            _ => None,
        };
        match foreign {
            Some(ours) => error.fix(format!("write `{ours}`"), name.span, ours),
            None if similar.is_empty() => {
                let classes: Vec<String> =
                    bp_builtins::errors::ErrorClass::ALL.iter().map(|c| format!("`{}`", c.name())).collect();
                error
                    .note(format!("the classes are {}", enumeration(&classes)))
                    .help("`catch e:` catches everything; names of variables begin with a small letter")
            }
            None => did_you_mean(error, name.span, similar),
        }
    }
}

pub(super) fn not_reversible(at: Span) -> Diagnostic {
    Diagnostic::error(Code::NotIterable, at, "`reversed` cannot go through this backwards")
        .note("it goes through ranges, arrays, strings and tuples")
}

pub(super) fn range(at: Span, problem: RangeProblem) -> Diagnostic {
    match problem {
        RangeProblem::Float => wrap(
            Diagnostic::error(Code::NotIterable, at, "`range` counts in `int`, but this is a `float`"),
            "convert it with `int`",
            at,
            "int(",
            ")",
        ),
        RangeProblem::Arguments => Diagnostic::error(Code::NotIterable, at, "these are not the arguments of `range`")
            .note("it is written `range(stop)`, `range(start, stop)` or `range(start, stop, step)`"),
        RangeProblem::Enumerate => {
            Diagnostic::error(Code::NotIterable, at, "these are not the arguments of `enumerate`")
                .note("it is written `enumerate(xs)` or `enumerate(xs, start)`")
        }
    }
}

pub(super) fn outside_loop(at: Span, is_break: bool) -> Diagnostic {
    let word = if is_break { "break" } else { "continue" };
    Diagnostic::error(Code::OutsideLoop, at, format!("`{word}` outside a loop")).help(if is_break {
        "`return` leaves a function"
    } else {
        "`pass` does nothing"
    })
}

pub(super) fn return_outside(at: Span) -> Diagnostic {
    Diagnostic::error(Code::OutsideFunction, at, "`return` outside a function").help("`exit(code)` ends the program")
}

pub(super) fn rethrow_outside(at: Span) -> Diagnostic {
    Diagnostic::error(Code::Rethrow, at, "`throw` without a value is possible inside a `catch` only")
        .note("it throws the caught error again")
        .help("throw a message: `throw \"text\"`")
}

pub(super) fn zero_step(at: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::ZeroStep, at, format!("the step of a {what} cannot be 0"))
}

pub(super) fn unreachable(at: Span, cause: Span) -> Diagnostic {
    Diagnostic::warning(Code::Unreachable, at, "this is never reached").also(cause, "nothing gets past this")
}

pub(super) fn unreachable_case(at: Span, first: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnreachableCase, at, "this case is never reached").also(first, "this one fits first")
}

pub(super) fn unreachable_catch(at: Span, first: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnreachableCase, at, "this `catch` is never reached")
        .also(first, "this one catches it first")
}

pub(super) fn no_effect(at: Span, equals: Option<Span>, is_function: bool) -> Diagnostic {
    let error = Diagnostic::warning(Code::NoEffect, at, "the value of this statement is not used");
    match (equals, is_function) {
        (Some(equals), _) => error.note("`==` compares").fix("write `=` to assign", equals, "="),
        (None, true) => error.fix("call the function", at.after(), "()"),
        (None, false) => error,
    }
}
