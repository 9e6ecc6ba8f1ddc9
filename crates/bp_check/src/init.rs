//! Definite initialisation: every field is set before anybody can read it.
//!
//! `__init__` gets an object whose fields have their defaults; one without default holds a null that
//! is no value of its type, so nothing may see it. The walk keeps the set of fields that are set on
//! every path to a place. Reading a field needs that field, every other use of `self` needs all.
//!
//! `super.__init__` sets the fields of the superclass. If it lets `self` escape itself, by calling a
//! method for example, then an override can run, and the fields of the subclass have to be set first.
//!
//! Absence: no loop is walked twice. What a loop's body sets counts in the body only.

use crate::checker::Checker;
use crate::decl::Default;
use crate::error::{Error, Unset};
use crate::hir::{
    Arg, Block, Condition, Expr, ExprKind, FormatPart, FuncId, Function, Iter, LocalId, Place, PlaceKind,
};
use crate::hir::{RecordId, Stmt, StmtKind};
use bp_builtins::errors::TRACE_FIELD;
use bp_syntax::span::Span;

/// `self` in a method.
const SELF: LocalId = LocalId(0);

/// For each field whether it is set; none where control never comes.
type Set = Option<Vec<bool>>;

/// What one `__init__` does, for its class's subclasses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Leak {
    /// Not known yet.
    Unknown,
    /// `self` stays within.
    No,
    /// Other code gets to see `self`.
    Yes,
}

impl Checker<'_> {
    /// Checks the `__init__` of every class.
    pub(crate) fn check_initialisation(&mut self) {
        let mut leaks = vec![Leak::Unknown; self.decls.functions.len()];
        for number in 0..self.decls.records.len() {
            let record = RecordId(u32::try_from(number).expect("fewer records than bytes"));
            self.check_record_init(record, &mut leaks);
        }
    }

    fn check_record_init(&mut self, record: RecordId, leaks: &mut [Leak]) {
        let declared = &self.decls.records[record.index()];
        let (Some(init), base) = (declared.init, declared.base) else { return };
        if leaks[init.index()] == Leak::Unknown
            && let Some(base) = base
        {
            self.check_record_init(base, leaks);
        }
        if self.decls.functions[init.index()].owner != Some(record) {
            return self.check_inherited_init(record, base);
        }
        if leaks[init.index()] != Leak::Unknown {
            return;
        }
        let Some(function) = &self.done[init.index()] else { return };
        let base_init = base.and_then(|base| self.decls.records[base.index()].init);
        let mut walk = Walk {
            inherited: base.map_or(0, |base| self.decls.records[base.index()].fields.len()),
            base_init: base_init.map(|base| (base, leaks[base.index()] == Leak::Yes)),
            set: Some(self.initially_set(record)),
            leaks: false,
            unset: Vec::new(),
        };
        walk.function(function);
        leaks[init.index()] = if walk.leaks { Leak::Yes } else { Leak::No };
        let declared = &self.decls.records[record.index()];
        if !declared.args.is_empty() && !self.is_pattern(&declared.env) {
            // Reported of the pattern.
            return;
        }
        let fields = declared.fields.clone();
        for (field, why, at) in walk.unset {
            self.report(Error::FieldUnset { at, record, field: fields[field].name, why });
        }
    }

    /// A class that takes over an `__init__` has defaults for all its own fields.
    fn check_inherited_init(&mut self, record: RecordId, base: Option<RecordId>) {
        let declared = &self.decls.records[record.index()];
        if !declared.args.is_empty() && !self.is_pattern(&declared.env) {
            return;
        }
        let inherited = base.map_or(0, |base| self.decls.records[base.index()].fields.len());
        let fields = declared.fields.clone();
        for field in fields.iter().skip(inherited).filter(|field| field.default == Default::None) {
            let (at, field) = (field.span, field.name);
            self.report(Error::FieldUnset { at, record, field, why: Unset::Inherited });
        }
    }

    /// The fields that a new object has values in: those with a default. An error's trace is kept elsewhere.
    fn initially_set(&self, record: RecordId) -> Vec<bool> {
        let is_error = self.derives(record, RecordId(0));
        let fields = self.decls.records[record.index()].fields.iter().enumerate();
        fields.map(|(at, field)| field.default != Default::None || (is_error && at == TRACE_FIELD as usize)).collect()
    }
}

struct Walk {
    /// Number of fields of the superclass.
    inherited: usize,
    /// The superclass's `__init__` and whether it lets `self` escape.
    base_init: Option<(FuncId, bool)>,
    set: Set,
    leaks: bool,
    /// Field, what needs it, where.
    unset: Vec<(usize, Unset, Span)>,
}

impl Walk {
    fn function(&mut self, function: &Function) {
        self.block(&function.body);
        self.need_all(Unset::End, function.span);
    }

    // ---- sets

    fn need(&mut self, field: usize, why: Unset, at: Span) {
        if let Some(set) = &mut self.set
            && !set[field]
        {
            // Reported once on this path.
            set[field] = true;
            self.unset.push((field, why, at));
        }
    }

    fn need_all(&mut self, why: Unset, at: Span) {
        for field in 0..self.set.as_ref().map_or(0, Vec::len) {
            self.need(field, why, at);
        }
    }

    fn escape(&mut self, at: Span) {
        self.leaks = true;
        self.need_all(Unset::Escape, at);
    }

    /// Runs `walk` on a path of its own; the result is where that path ends.
    fn path(&mut self, from: Set, walk: impl FnOnce(&mut Self)) -> Set {
        let here = std::mem::replace(&mut self.set, from);
        walk(self);
        std::mem::replace(&mut self.set, here)
    }

    // ---- statements

    fn block(&mut self, block: &Block) {
        for stmt in block {
            stacker::maybe_grow(64 << 10, 1 << 20, || self.stmt(stmt));
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Let(_, value) | StmtKind::Expr(value) => self.expr(value),
            StmtKind::Assign(place, value) => {
                self.expr(value);
                self.place(place, true);
            }
            StmtKind::AugAssign(place, _, value) => {
                self.place(place, false);
                self.expr(value);
            }
            StmtKind::If(branches, otherwise) => self.branches(branches, otherwise),
            StmtKind::While(condition, body, otherwise) => {
                self.condition(condition);
                self.path(self.set.clone(), |walk| walk.block(body));
                self.path(self.set.clone(), |walk| walk.block(otherwise));
            }
            StmtKind::For(iter, _, body, otherwise) => {
                self.iter(iter);
                self.path(self.set.clone(), |walk| walk.block(body));
                self.path(self.set.clone(), |walk| walk.block(otherwise));
            }
            StmtKind::Match { value, cases, exhaustive } => {
                self.expr(value);
                let mut end = if *exhaustive { None } else { self.set.clone() };
                for case in cases {
                    let from = self.set.clone();
                    let case_end = self.path(from, |walk| {
                        walk.exprs(case.guard.iter());
                        walk.block(&case.body);
                    });
                    end = joined(end, case_end);
                }
                self.set = end;
            }
            StmtKind::Try { body, catches, finally } => self.try_stmt(body, catches, finally.as_ref()),
            StmtKind::Throw(value) => {
                self.expr(value);
                self.set = None;
            }
            StmtKind::Return(value) => {
                self.exprs(value.iter());
                self.need_all(Unset::End, stmt.span);
                self.set = None;
            }
            StmtKind::Rethrow | StmtKind::Break | StmtKind::Continue => self.set = None,
            StmtKind::Assert(test, message) => {
                self.expr(test);
                if let Some(message) = message {
                    self.path(self.set.clone(), |walk| walk.expr(message));
                }
            }
        }
    }

    fn branches(&mut self, branches: &[(Condition, Block)], otherwise: &Block) {
        let mut end = None;
        for (condition, block) in branches {
            self.condition(condition);
            let branch = self.path(self.set.clone(), |walk| walk.block(block));
            end = joined(end, branch);
        }
        self.block(otherwise);
        self.set = joined(end, self.set.take());
    }

    fn try_stmt(&mut self, body: &Block, catches: &[crate::hir::Catch], finally: Option<&Block>) {
        let before = self.set.clone();
        self.block(body);
        let mut end = self.set.take();
        for catch in catches {
            let caught = self.path(before.clone(), |walk| walk.block(&catch.body));
            end = joined(end, caught);
        }
        self.set = end;
        if let Some(finally) = finally {
            // It runs from wherever the block was left, so it may rely on what held before only.
            let after = self.path(before, |walk| walk.block(finally));
            self.set = match (self.set.take(), after) {
                (Some(set), Some(after)) => Some(set.iter().zip(after).map(|(&a, b)| a || b).collect()),
                _ => None,
            };
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Expr(value) | Condition::Let(_, value) => self.expr(value),
        }
    }

    fn place(&mut self, place: &Place, assigned: bool) {
        match &place.kind {
            PlaceKind::Field(object, field) if is_self(object) => match &mut self.set {
                Some(set) if assigned => set[*field as usize] = true,
                _ => self.need(*field as usize, Unset::Read, place.span),
            },
            PlaceKind::Field(object, _) => self.expr(object),
            PlaceKind::Index(object, index) => {
                self.expr(object);
                self.expr(index);
            }
            PlaceKind::Slice(object, bounds) => {
                self.expr(object);
                self.bounds(bounds);
            }
            PlaceKind::Tuple(places) => places.iter().for_each(|place| self.place(place, assigned)),
            PlaceKind::Local(local) if *local == SELF => self.escape(place.span),
            PlaceKind::Discard | PlaceKind::Local(_) | PlaceKind::Global(_) => {}
        }
    }

    fn bounds(&mut self, bounds: &crate::hir::SliceBounds) {
        [&bounds.low, &bounds.high, &bounds.step].into_iter().flatten().for_each(|bound| self.expr(bound));
    }

    fn iter(&mut self, iter: &Iter) {
        match iter {
            Iter::Range(low, high, step) => {
                self.expr(low);
                self.expr(high);
                self.exprs(step.iter());
            }
            Iter::Array(value) | Iter::Str(value) | Iter::MapKeys(value) | Iter::MapItems(value) => self.expr(value),
            Iter::MapValues(value) | Iter::Set(value) | Iter::Tuple(value) => self.expr(value),
            Iter::Enumerate(inner, start) => {
                self.iter(inner);
                self.exprs(start.iter());
            }
            Iter::Zip(iters) => iters.iter().for_each(|iter| self.iter(iter)),
            Iter::Reversed(inner) => self.iter(inner),
            Iter::Object { iterator, .. } => self.expr(iterator),
        }
    }

    // ---- expressions

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn args(&mut self, args: &[Arg]) {
        self.exprs(args.iter().map(|arg| &arg.value));
    }

    fn expr(&mut self, expr: &Expr) {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.expr_kind(expr));
    }

    fn expr_kind(&mut self, expr: &Expr) {
        use ExprKind as K;
        match &expr.kind {
            K::Local(local) if *local == SELF => self.escape(expr.span),
            K::Closure(_, captures) if captures.contains(&SELF) => self.escape(expr.span),
            K::Int(_) | K::Float(_) | K::Bool(_) | K::Str(_) | K::Null | K::Local(_) | K::Global(_) => {}
            K::Function(_) | K::Closure(..) => {}
            K::Field(object, field) if is_self(object) => self.need(*field as usize, Unset::Read, expr.span),
            K::Call(func, args) if self.is_super_init(*func, args) => {
                self.args(&args[1..]);
                self.super_init(expr.span);
            }
            K::Neg(inner) | K::BitNot(inner) | K::Not(inner) => self.expr(inner),
            K::IsNull(inner, _) | K::IsClass(inner, ..) | K::Field(inner, _) | K::Member(inner, _) => self.expr(inner),
            K::Convert(_, inner) | K::Unwrap(inner) | K::Downcast(inner, _) => self.expr(inner),
            K::Binary(_, a, b) | K::Index(a, b) => self.exprs([&**a, &**b]),
            K::Logical(_, a, b) | K::Guarded(a, _, b) => {
                self.expr(a);
                self.path(self.set.clone(), |walk| walk.expr(b));
            }
            K::Compare(first, rest) => {
                self.expr(first);
                self.exprs(rest.iter().map(|(_, operand)| operand));
            }
            K::Range(low, high, step) => {
                self.exprs([&**low, &**high]);
                self.exprs(step.as_deref());
            }
            K::If(test, then, otherwise) => {
                self.expr(test);
                let then = self.path(self.set.clone(), |walk| walk.expr(then));
                self.expr(otherwise);
                self.set = joined(then, self.set.take());
            }
            K::Call(_, args) | K::CallVirtual(_, args) | K::CallExtern(_, args) | K::New(_, args) => self.args(args),
            K::CallValue(function, args) => {
                self.expr(function);
                self.exprs(args);
            }
            K::CallBuiltin { args, .. } => self.args(args),
            K::Array(elements) | K::Set(elements) | K::Tuple(elements) => self.exprs(elements),
            K::Map(entries) => entries.iter().for_each(|(key, value)| self.exprs([key, value])),
            K::Slice(object, bounds) => {
                self.expr(object);
                self.bounds(bounds);
            }
            K::Format(parts) => {
                for part in parts {
                    match part {
                        FormatPart::Text(_) => {}
                        FormatPart::Value(value) => self.expr(value),
                        FormatPart::Formatted(value, spec) => self.exprs([value, spec]),
                    }
                }
            }
            K::Block(block, value) => {
                self.block(block);
                self.expr(value);
            }
        }
    }

    fn is_super_init(&self, func: FuncId, args: &[Arg]) -> bool {
        let is_base = self.base_init.is_some_and(|(base, _)| base == func);
        is_base && args.first().is_some_and(|arg| is_self(&arg.value))
    }

    fn super_init(&mut self, at: Span) {
        if self.base_init.is_some_and(|(_, leaks)| leaks) {
            self.leaks = true;
            let count = self.set.as_ref().map_or(0, Vec::len);
            (self.inherited..count).for_each(|field| self.need(field, Unset::SuperEscape, at));
        }
        if let Some(set) = &mut self.set {
            set[..self.inherited].fill(true);
        }
    }
}

/// Whether the expression is `self`, seen as whatever class.
fn is_self(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Local(local) => *local == SELF,
        ExprKind::Convert(_, inner) => is_self(inner),
        _ => false,
    }
}

/// What is set on both paths.
fn joined(a: Set, b: Set) -> Set {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.iter().zip(b).map(|(&a, b)| a && b).collect()),
        (a, b) => a.or(b),
    }
}
