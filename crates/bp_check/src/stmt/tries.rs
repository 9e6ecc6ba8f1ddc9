//! `try`, `catch`, `finally`, `throw`.

use super::Checked;
use crate::checker::Checker;
use crate::decl::Symbol;
use crate::error::Error;
use crate::hir::{Arg, Catch, Expr, ExprKind, RecordId, StmtKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, CatchFilter, Ident};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn try_statement(
        &mut self,
        body: &'a ast::Block,
        catches: &'a [ast::Catch],
        finally: Option<&'a ast::Block>,
    ) -> Checked {
        let mut ways = self.ways();
        self.scopes.enter();
        let (body, mut ends) = self.way(body, &mut ways);
        self.narrow_undo(ways.mark);
        self.scopes.leave();
        let mut checked = Vec::with_capacity(catches.len());
        let mut caught: Vec<(Option<RecordId>, Span)> = Vec::new();
        for catch in catches {
            self.scopes.enter();
            let mut hir_catch = self.catch_filter(catch);
            let class = hir_catch.class;
            let covers = |(earlier, _): &&(Option<RecordId>, Span)| match (earlier, class) {
                (None, _) => true,
                (Some(earlier), Some(class)) => self.derives(class, *earlier),
                (Some(_), None) => false,
            };
            if let Some(&(_, first)) = caught.iter().find(covers) {
                self.report(Error::UnreachableCatch { at: catch.head, first });
            }
            caught.push((class, catch.head));
            self.body().catches += 1;
            let mark = self.narrow_mark();
            let (block, catch_ends) = self.way(&catch.body, &mut ways);
            self.next_way(&mut ways, mark);
            self.body().catches -= 1;
            self.scopes.leave();
            ends &= catch_ends;
            hir_catch.body = block;
            checked.push(hir_catch);
        }
        let behind = self.narrow_mark();
        let finally = finally.map(|block| {
            let (block, finally_ends) = self.block(block);
            ends |= finally_ends;
            block
        });
        // `finally` also runs when an exception passes: it sees nothing of what the ways have proven, but may undo it.
        self.ways_forget(&mut ways, behind);
        self.ways_join(ways);
        (StmtKind::Try { body, catches: checked, finally }, ends)
    }

    /// The class and variables of a `catch`; its body is empty.
    fn catch_filter(&mut self, catch: &'a ast::Catch) -> Catch {
        let mut checked = Catch { class: None, object: None, message: None, body: Vec::new(), span: catch.head };
        match &catch.filter {
            CatchFilter::All => {}
            CatchFilter::Name(name) => match self.error_class(*name) {
                Some(class) => checked.class = Some(class),
                None => {
                    self.warn_class_like(*name);
                    checked.message = Some(self.declare(*name, Ty::STR));
                }
            },
            CatchFilter::Class { path, binding } => {
                let class = match path.as_slice() {
                    [name] => self.error_class(*name).or_else(|| self.not_an_error(*name)),
                    path => self.error_class_at(path),
                };
                checked.class = class;
                if let Some(binding) = binding {
                    let ty = class.map_or(Ty::ERROR, |class| self.types.intern(TyKind::Record(class)));
                    checked.object = Some(self.declare(*binding, ty));
                }
            }
        }
        checked
    }

    fn error_class(&self, name: Ident) -> Option<RecordId> {
        match self.symbol(name.name) {
            Some(Symbol::Record(id)) if self.derives(id, RecordId(0)) => Some(id),
            _ => None,
        }
    }

    /// The error class at the end of a path through modules, or a report.
    fn error_class_at(&mut self, path: &[Ident]) -> Option<RecordId> {
        let module = self.module();
        match self.resolve_path(module, path)? {
            Symbol::Record(id) if self.derives(id, RecordId(0)) => Some(id),
            Symbol::Reported => None,
            _ => {
                let name = *path.last()?;
                self.report(Error::NotAnErrorClass { name, similar: Vec::new() });
                None
            }
        }
    }

    fn not_an_error(&mut self, name: Ident) -> Option<RecordId> {
        if self.symbol(name.name) != Some(Symbol::Reported) {
            let similar = self.similar_error_classes(name.name);
            self.report(Error::NotAnErrorClass { name, similar });
        }
        None
    }

    /// `catch KeyErrr:` would bind a variable: a name like a class's is taken for a misspelt one.
    fn warn_class_like(&mut self, name: Ident) {
        let text = self.text(name.name);
        let is_record = matches!(self.symbol(name.name), Some(Symbol::Record(_) | Symbol::Enum(_)));
        let looks_like_class = text.starts_with(char::is_uppercase) && text.chars().any(char::is_lowercase);
        if is_record || looks_like_class {
            self.not_an_error(name);
        }
    }

    pub(super) fn throw(&mut self, value: Option<&'a ast::Expr>, span: Span) -> Option<Checked> {
        let Some(value) = value else {
            if self.current().catches == 0 {
                self.report(Error::RethrowOutside { at: span });
                return None;
            }
            return Some((StmtKind::Rethrow, true));
        };
        let value = self.thrown(value);
        let ty = self.shallow(value.ty);
        let thrown = match self.types.kind(ty) {
            TyKind::Str => {
                let at = value.span;
                let error = self.types.intern(TyKind::Record(RecordId(0)));
                let message = vec![Arg { param: 0, value }];
                Expr { kind: ExprKind::New(RecordId(0), message), ty: error, span: at }
            }
            TyKind::Record(record) if self.derives(*record, RecordId(0)) => value,
            TyKind::Error => value,
            _ => {
                self.report(Error::ThrowType { at: value.span, ty });
                Self::erroneous(value.span)
            }
        };
        Some((StmtKind::Throw(thrown), true))
    }

    /// The thrown value; the class alone, as in Python, gets its own report.
    fn thrown(&mut self, value: &'a ast::Expr) -> Expr {
        if let ast::ExprKind::Name(name) = value.kind
            && self.scopes.get(name).is_none()
            && let Some(class) = self.error_class(Ident { name, span: value.span })
        {
            let name = Ident { name: self.decls.records[class.index()].name, span: value.span };
            return self.fail(value.span, Error::ThrowClass { name });
        }
        self.expr(value, None)
    }
}
