//! `def` inside functions.

use crate::checker::Checker;
use crate::hir::{self, Expr, ExprKind, FuncId, LocalId, Stmt, StmtKind};
use crate::types::Ty;
use bp_syntax::ast;
use bp_syntax::mentions;
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashSet;

/// A nested function whose name stands for a variable that holds its closure.
struct Capturing {
    local: LocalId,
    ty: Ty,
}

impl<'a> Checker<'a> {
    /// Functions that stand one behind the other within a function: they see each other, and their names stand for
    /// them until the end of the block. One that captures is a value in a variable of its name; the statements that
    /// fill those variables are the result.
    pub fn nested_defs(&mut self, run: &[&'a ast::Function]) -> Vec<Stmt> {
        let (module, root) = (self.module(), self.bodies[0].function);
        self.nested_names.extend(run.iter().map(|source| (root, source.name)));
        let capturing = self.capturing_names(run);
        let ids: Vec<FuncId> = run.iter().map(|source| self.declare_nested(module, source)).collect();
        let declared: Vec<Option<Capturing>> = run
            .iter()
            .zip(&ids)
            .map(|(source, &id)| self.declare_name(source, id, capturing.contains(&source.name.name)))
            .collect();
        let (mut early, mut fills) = (Vec::new(), Vec::new());
        let mut captured_before: Vec<LocalId> = Vec::new();
        for ((source, id), declared) in run.iter().zip(ids).zip(&declared) {
            let captures = self.check_def(id, source);
            let Some(Capturing { local, ty }) = *declared else { continue };
            captured_before.extend(&captures);
            let span = source.head;
            let value = match captures.is_empty() {
                true => ExprKind::Function(id),
                false => ExprKind::Closure(id, captures),
            };
            let value = Expr { kind: value, ty, span };
            if captured_before.contains(&local) {
                // The cell that was captured has to be there first. Nothing runs until all are filled.
                early.push(let_local(local, Expr { kind: ExprKind::Null, ty, span }));
                let place = hir::Place { kind: hir::PlaceKind::Local(local), ty, span };
                fills.push(Stmt { kind: StmtKind::Assign(place, value), span });
            } else {
                fills.push(let_local(local, value));
            }
        }
        early.extend(fills);
        early
    }

    /// The function's name, in the block that is open.
    fn declare_name(&mut self, source: &'a ast::Function, id: FuncId, captures: bool) -> Option<Capturing> {
        if !captures {
            let local = self.declare(source.name, Ty::ERROR);
            self.body().variables[local.index()].function = Some(id);
            return None;
        }
        let function = &self.decls.functions[id.index()];
        let params: Vec<Ty> = function.params.iter().map(|param| param.ty).collect();
        let ty = self.types.function(&params, function.result);
        let local = self.declare(source.name, ty);
        self.body().variables[local.index()].closure = Some(id);
        self.uses().functions.push(id);
        Some(Capturing { local, ty })
    }

    /// Names of those that mention a variable around them, or one of the others that does.
    fn capturing_names(&self, run: &[&'a ast::Function]) -> FxHashSet<Name> {
        let mut capturing = FxHashSet::default();
        loop {
            let before = capturing.len();
            for source in run {
                if self.may_capture(source, &capturing) {
                    capturing.insert(source.name.name);
                }
            }
            if capturing.len() == before {
                return capturing;
            }
        }
    }

    /// Whether the function's text mentions a name that is a variable of a function around it, or is among `others`.
    fn may_capture(&self, source: &ast::Function, others: &FxHashSet<Name>) -> bool {
        let mut may = false;
        mentions::in_function(source, &mut |mention| {
            let name = mention.name.unwrap_or(self.known.self_);
            let variable = self.scopes.get(name).is_some_and(|found| self.nested_function(found).is_none());
            may |= variable || others.contains(&name);
        });
        may
    }
}

fn let_local(local: LocalId, value: Expr) -> Stmt {
    let span: Span = value.span;
    Stmt { kind: StmtKind::Let(hir::Binding::Local(local), value), span }
}
