//! Which variables around it a nested function assigns: what Python's `nonlocal` has to say.

use super::tree::{Function, Stmt};
use std::collections::BTreeSet;

/// Names by whether a body declares or assigns them.
#[derive(Default)]
struct Names<'a> {
    declared: BTreeSet<&'a str>,
    assigned: BTreeSet<&'a str>,
}

/// Names that a function assigns and that it has from around it, the globals among them.
pub(super) fn assigned_from_around(function: &Function) -> Vec<&str> {
    let mut names = Names::default();
    names.declared.extend(function.params.iter().map(|(name, _)| name.as_str()));
    names.walk(&function.body);
    names.assigned.difference(&names.declared).copied().collect()
}

impl<'a> Names<'a> {
    fn walk(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            match stmt {
                Stmt::Let(name, ..) => _ = self.declared.insert(name),
                // Fields are no variables.
                Stmt::Assign(name, _) | Stmt::Augment(name, ..) if !name.contains('.') => {
                    self.assigned.insert(name);
                }
                Stmt::If(_, body, other) | Stmt::While(_, body, other) => {
                    self.walk(body);
                    self.walk(other);
                }
                Stmt::Range(name, _, _, _, body, other) => {
                    self.declared.insert(name);
                    self.walk(body);
                    self.walk(other);
                }
                Stmt::Each(name, _, body) => {
                    self.declared.insert(name);
                    self.walk(body);
                }
                Stmt::Try(body, handlers, last) => {
                    self.walk(body);
                    handlers.iter().for_each(|(_, body)| self.walk(body));
                    self.walk(last);
                }
                // What a function within this one assigns it says itself.
                Stmt::Def(function) => _ = self.declared.insert(&function.name),
                Stmt::Assign(..)
                | Stmt::Augment(..)
                | Stmt::SetIndex(..)
                | Stmt::Expr(_)
                | Stmt::Print(_)
                | Stmt::Throw(_)
                | Stmt::Rethrow
                | Stmt::Assert(_)
                | Stmt::Return(_)
                | Stmt::Break
                | Stmt::Continue => {}
            }
        }
    }
}
