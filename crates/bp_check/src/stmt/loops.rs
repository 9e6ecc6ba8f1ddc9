//! `while`, `for`, and what a `for` can iterate.

use super::Checked;
use crate::checker::{Checker, Loop};
use crate::coerce::Why;
use crate::decl::Symbol;
use crate::error::{Error, RangeProblem};
use crate::hir::{self, Expr, ExprKind, FuncId, Iter, Method, StmtKind};
use crate::narrow::{Facts, Tracked};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Condition, LetTarget};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn while_statement(
        &mut self,
        cond: &'a Condition,
        body: &'a ast::Block,
        otherwise: Option<&'a ast::Block>,
    ) -> Checked {
        let mark = self.narrow_mark();
        self.forget_assigned(body);
        self.scopes.enter();
        let condition = self.branch_condition(cond);
        let (facts, always) = match &condition {
            hir::Condition::Expr(test) => (self.facts(test), matches!(test.kind, ExprKind::Bool(true))),
            hir::Condition::Let(..) => (Facts::default(), false),
        };
        let inner = self.narrow_mark();
        self.narrow(&facts.when_true);
        self.body().loops.push(Loop::default());
        let (body, _) = self.block_here(body);
        let has_break = self.body().loops.pop().is_some_and(|innermost| innermost.has_break);
        self.narrow_undo(inner);
        self.scopes.leave();
        let behind = self.narrow_mark();
        let (otherwise, else_ends) = self.else_block(otherwise);
        let changed: Vec<Tracked> =
            self.current().narrowings[behind..].iter().map(|narrowing| narrowing.variable).collect();
        self.narrow_undo(mark);
        if !has_break {
            // Behind a loop without `break` its condition was false, and only its `else` came after that.
            let kept: Vec<_> = facts.when_false.into_iter().filter(|(id, _)| !changed.contains(id)).collect();
            self.narrow(&kept);
        }
        let ends = !has_break && (always || else_ends);
        (StmtKind::While(Box::new(condition), body, otherwise), ends)
    }

    fn else_block(&mut self, otherwise: Option<&'a ast::Block>) -> (hir::Block, bool) {
        otherwise.map_or_else(|| (Vec::new(), false), |block| self.block(block))
    }

    /// Takes back what is proven of variables that the loop's body assigns: it may run again.
    fn forget_assigned(&mut self, body: &'a ast::Block) {
        let now = self.current();
        if !now.has_optionals {
            return;
        }
        let mut assigned = Vec::new();
        collect_assigned(body, &mut assigned);
        for name in assigned {
            let variable = match self.scopes.get(name) {
                Some(found) if found.function == self.depth() => Tracked::Local(found.local),
                Some(_) => continue,
                None => match self.symbol(name) {
                    Some(Symbol::Global(id)) => Tracked::Global(id),
                    _ => continue,
                },
            };
            let ty = self.declared(variable);
            self.narrow(&[(variable, ty)]);
        }
    }

    pub(super) fn for_statement(
        &mut self,
        target: &'a LetTarget,
        iter: &'a ast::Expr,
        body: &'a ast::Block,
        otherwise: Option<&'a ast::Block>,
    ) -> Option<Checked> {
        let source = self.iter(iter);
        let mark = self.narrow_mark();
        self.forget_assigned(body);
        self.scopes.enter();
        let (iter_hir, element) = match source {
            Some((iter, element)) => (Some(iter), element),
            None => (None, Ty::ERROR),
        };
        let binding = self.bind(target, element, Some(iter.span));
        self.body().loops.push(Loop::default());
        let (body, _) = self.block_here(body);
        let has_break = self.body().loops.pop().is_some_and(|innermost| innermost.has_break);
        self.scopes.leave();
        let (otherwise, else_ends) = self.else_block(otherwise);
        self.narrow_undo(mark);
        let ends = !has_break && else_ends;
        Some((StmtKind::For(Box::new(iter_hir?), binding, body, otherwise), ends))
    }

    /// What `for x in e` iterates, and the type of `x`; none after a report.
    pub(crate) fn iter(&mut self, e: &'a ast::Expr) -> Option<(Iter, Ty)> {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.iter_kind(e))
    }

    fn iter_kind(&mut self, e: &'a ast::Expr) -> Option<(Iter, Ty)> {
        let span = e.span;
        if let ast::ExprKind::Call { callee, args } = &e.kind {
            match &callee.kind {
                ast::ExprKind::Name(name) if self.is_predeclared(*name) => {
                    let known = self.known;
                    let positional = args.iter().all(|arg| arg.name.is_none());
                    match *name {
                        name if name == known.range => {
                            let (low, high, step) = self.range_bounds(args, span)?;
                            return Some((Iter::Range(low, high, step), Ty::INT));
                        }
                        name if name == known.enumerate && !args.is_empty() => return self.enumerate(args),
                        name if name == known.zip && !args.is_empty() && positional => return self.zip(args),
                        name if name == known.reversed && args.len() == 1 && positional => {
                            return self.reversed(&args[0].value);
                        }
                        _ => {}
                    }
                }
                ast::ExprKind::Field { object, field, optional: false } if args.is_empty() => {
                    let known = &self.known;
                    if [known.items, known.keys, known.values].contains(&field.name) {
                        return self.map_parts(e, object, field.name);
                    }
                }
                _ => {}
            }
        }
        let value = self.expr(e, None);
        self.iter_value(value)
    }

    fn is_predeclared(&self, name: bp_syntax::name::Name) -> bool {
        self.scopes.get(name).is_none() && self.symbol(name).is_none()
    }

    /// The arguments of a call of the predeclared `range`.
    pub(crate) fn range_call(&self, e: &'a ast::Expr) -> Option<&'a [ast::Arg]> {
        let ast::ExprKind::Call { callee, args } = &e.kind else { return None };
        let ast::ExprKind::Name(name) = callee.kind else { return None };
        (name == self.known.range && self.is_predeclared(name)).then_some(args)
    }

    /// `range(high)`, `range(low, high)`, `range(low, high, step)`
    pub(crate) fn range_bounds(&mut self, args: &'a [ast::Arg], span: Span) -> Option<(Expr, Expr, Option<Expr>)> {
        let names = [self.known.start, self.known.stop, self.known.step];
        let mut values: [Option<Expr>; 3] = [None, None, None];
        for (position, arg) in args.iter().enumerate() {
            let value = self.expr(&arg.value, Some(Ty::INT));
            let slot = match arg.name {
                Some(name) => names.iter().position(|&known| known == name.name),
                None => Some(position),
            };
            if value.ty != Ty::ERROR && self.shallow(value.ty) == Ty::FLOAT {
                self.report(Error::Range { at: value.span, problem: RangeProblem::Float });
                values[position.min(2)] = Some(Self::erroneous(arg.value.span));
                continue;
            }
            let value = self.coerce_or_report(value, Ty::INT, Why::Index);
            match slot.filter(|&slot| slot < 3 && values[slot].is_none()) {
                Some(slot) => values[slot] = Some(value),
                None => {
                    self.report(Error::Range { at: span, problem: RangeProblem::Arguments });
                    return None;
                }
            }
        }
        if let Some(arg) = args.get(2).filter(|arg| self.constant_int(&arg.value) == Some(0)) {
            self.report(Error::ZeroStep { at: arg.value.span, what: "range" });
        }
        let failed = values.iter().flatten().any(|value| value.ty == Ty::ERROR);
        match values {
            _ if failed => None,
            [Some(high), None, None] => Some((Expr { kind: ExprKind::Int(0), ty: Ty::INT, span }, high, None)),
            [Some(low), Some(high), step] => Some((low, high, step)),
            _ => {
                self.report(Error::Range { at: span, problem: RangeProblem::Arguments });
                None
            }
        }
    }

    fn enumerate(&mut self, args: &'a [ast::Arg]) -> Option<(Iter, Ty)> {
        let inner = self.iter(&args[0].value);
        let start = match &args[1..] {
            [] => None,
            [start] if start.name.is_none_or(|name| name.name == self.known.start) => {
                Some(self.expr_as(&start.value, Ty::INT, Why::Index))
            }
            [_, extra @ ..] => {
                let at = extra.first().map_or(args[1].value.span, |arg| arg.value.span);
                self.report(Error::Range { at, problem: RangeProblem::Enumerate });
                return None;
            }
        };
        let (inner, element) = inner?;
        let ty = self.types.tuple(&[Ty::INT, element]);
        Some((Iter::Enumerate(Box::new(inner), start), ty))
    }

    fn zip(&mut self, args: &'a [ast::Arg]) -> Option<(Iter, Ty)> {
        let parts: Vec<Option<(Iter, Ty)>> = args.iter().map(|arg| self.iter(&arg.value)).collect();
        let (iters, types): (Vec<Iter>, Vec<Ty>) = parts.into_iter().collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let ty = self.types.tuple(&types);
        Some((Iter::Zip(iters), ty))
    }

    fn reversed(&mut self, of: &'a ast::Expr) -> Option<(Iter, Ty)> {
        let (inner, ty) = self.iter(of)?;
        match inner {
            Iter::Range(..) | Iter::Array(_) | Iter::Str(_) | Iter::Tuple(_) => {
                Some((Iter::Reversed(Box::new(inner)), ty))
            }
            _ => {
                self.report(Error::NotReversible { at: of.span });
                None
            }
        }
    }

    /// `m.items()`, `m.keys()`, `m.values()`; the same of something else is an ordinary call.
    fn map_parts(
        &mut self,
        call: &'a ast::Expr,
        object: &'a ast::Expr,
        part: bp_syntax::name::Name,
    ) -> Option<(Iter, Ty)> {
        if self.names_type(object) {
            let value = self.expr(call, None);
            return self.iter_value(value);
        }
        let value = self.expr(object, None);
        let TyKind::Map(key, element) = *self.kind(value.ty) else {
            let ast::ExprKind::Call { callee, args } = &call.kind else { return None };
            let ast::ExprKind::Field { field, .. } = &callee.kind else { return None };
            let value = self.call_method_on(value, *field, args, call.span);
            return self.iter_value(value);
        };
        if part == self.known.keys {
            return Some((Iter::MapKeys(value), key));
        }
        if part == self.known.values {
            return Some((Iter::MapValues(value), element));
        }
        let ty = self.types.tuple(&[key, element]);
        Some((Iter::MapItems(value), ty))
    }

    fn iter_value(&mut self, value: Expr) -> Option<(Iter, Ty)> {
        match self.kind(value.ty).clone() {
            TyKind::Array(element) => {
                let element = self.widened(element);
                Some((Iter::Array(value), element))
            }
            TyKind::Str => Some((Iter::Str(value), Ty::STR)),
            TyKind::Map(key, _) => Some((Iter::MapKeys(value), key)),
            TyKind::Set(element) => Some((Iter::Set(value), element)),
            TyKind::Tuple(members) => {
                let (first, rest) = members.split_first()?;
                if rest.iter().any(|ty| ty != first) {
                    self.report(Error::MixedTuple { at: value.span, ty: value.ty });
                    return None;
                }
                Some((Iter::Tuple(value), *first))
            }
            TyKind::Error => None,
            TyKind::Record(record) if let Some(iter) = self.method_of(record, self.known.iter) => {
                self.iter_object(iter, value)
            }
            _ => {
                self.report(Error::NotIterable { at: value.span, ty: value.ty });
                None
            }
        }
    }
}

impl Checker<'_> {
    /// `for x in object`: `__iter__` gives an iterator, whose `__next__` gives values until null.
    fn iter_object(&mut self, iter: FuncId, value: Expr) -> Option<(Iter, Ty)> {
        let at = value.span;
        let iterator = self.call_with_values(iter, vec![value], at);
        let next = self.method_of_value(&iterator, self.known.next);
        let element = next.map(|next| self.kind_of_result(next).clone());
        let (Some(next), Some(TyKind::Optional(element))) = (next, element) else {
            if iterator.ty != Ty::ERROR {
                self.report(Error::NotIterable { at, ty: iterator.ty });
            }
            return None;
        };
        self.uses().functions.push(next);
        let next = match self.decls.functions[next.index()].slot {
            Some(slot) => Method::Virtual(slot),
            None => Method::Direct(next),
        };
        Some((Iter::Object { iterator, next, item: element }, element))
    }

    fn kind_of_result(&self, func: FuncId) -> &TyKind {
        self.kind(self.decls.functions[func.index()].result)
    }
}

/// Names that the statements assign, with repetitions.
fn collect_assigned(block: &ast::Block, names: &mut Vec<bp_syntax::name::Name>) {
    use ast::StmtKind as K;
    for stmt in &block.stmts {
        match &stmt.kind {
            K::Assign { target, .. } => assigned_in_target(target, names),
            K::AugAssign { target, .. } => assigned_in_target(target, names),
            K::If { branches, otherwise } => {
                let blocks = branches.iter().map(|(_, block)| block).chain(otherwise);
                blocks.for_each(|block| collect_assigned(block, names));
            }
            K::While { body, otherwise, .. } | K::For { body, otherwise, .. } => {
                std::iter::once(body).chain(otherwise.as_deref()).for_each(|block| collect_assigned(block, names));
            }
            K::Match { cases, .. } => cases.iter().for_each(|case| collect_assigned(&case.body, names)),
            K::Try { body, catches, finally } => {
                let blocks = std::iter::once(body).chain(catches.iter().map(|c| &c.body)).chain(finally);
                blocks.for_each(|block| collect_assigned(block, names));
            }
            _ => {}
        }
    }
}

fn assigned_in_target(target: &ast::Expr, names: &mut Vec<bp_syntax::name::Name>) {
    match &target.kind {
        ast::ExprKind::Name(name) => names.push(*name),
        ast::ExprKind::Tuple(targets) => targets.iter().for_each(|target| assigned_in_target(target, names)),
        _ => {}
    }
}
