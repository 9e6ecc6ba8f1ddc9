//! Which names a function's text mentions, and which of them it assigns.
//!
//! Names are not resolved here: a mention of `x` may mean any `x`. The checker uses this where it
//! must know before it has read a function what the function may capture.

use crate::ast::{Block, Body, CatchFilter, ComprehensionClause, ComprehensionElement, Condition, Expr, ExprKind};
use crate::ast::{FStringPart, Function, Item, ItemKind, Stmt, StmtKind};
use crate::name::Name;

/// Free stack that one level of nesting may need, and what is added when there is less.
const STACK: (usize, usize) = (64 << 10, 1 << 20);

/// A name in an expression or as the target of an assignment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name; none for `super`, which stands for `self`.
    pub name: Option<Name>,
    /// Whether it is assigned; `x += 1` does both.
    pub assigned: bool,
    /// How many functions and lambdas, counted from the text given, surround it.
    pub depth: u32,
}

/// Calls `see` with every name that the function's body and its parameters' defaults mention, those of functions in
/// it included.
pub fn in_function(function: &Function, see: &mut dyn FnMut(Mention)) {
    Walk { see, depth: 0 }.function(function);
}

/// Calls `see` with every name that the statement mentions, those of functions in it included.
pub fn in_statement(stmt: &Stmt, see: &mut dyn FnMut(Mention)) {
    Walk { see, depth: 0 }.stmt(stmt);
}

/// Calls `see` with every name that the item mentions, those of functions in it included.
pub fn in_item(item: &Item, see: &mut dyn FnMut(Mention)) {
    let mut walk = Walk { see, depth: 0 };
    match &item.kind {
        ItemKind::Stmt(stmt) => walk.stmt(stmt),
        ItemKind::Function(function) => walk.inner_function(function),
        ItemKind::Struct(record) | ItemKind::Class(record) => {
            walk.exprs(record.fields.iter().filter_map(|field| field.default.as_deref()));
            record.methods.iter().for_each(|method| walk.inner_function(&method.function));
        }
        ItemKind::Enum(_) | ItemKind::TypeAlias(_) | ItemKind::Import(_) | ItemKind::Extern(_) => {}
    }
}

struct Walk<'s> {
    see: &'s mut dyn FnMut(Mention),
    depth: u32,
}

impl Walk<'_> {
    fn function(&mut self, function: &Function) {
        for default in function.params.iter().filter_map(|param| param.default.as_deref()) {
            self.expr(default);
        }
        if let Body::Block(block) = &function.body {
            self.block(block);
        }
    }

    fn inner_function(&mut self, function: &Function) {
        self.depth += 1;
        self.function(function);
        self.depth -= 1;
    }

    fn mention(&mut self, name: Name, assigned: bool) {
        (self.see)(Mention { name: Some(name), assigned, depth: self.depth });
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            stacker::maybe_grow(STACK.0, STACK.1, || self.stmt(stmt));
        }
    }

    fn blocks<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        blocks.into_iter().for_each(|block| self.block(block));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Let { value, .. } => self.exprs(value),
            StmtKind::Assign { target, value } => {
                self.target(target, false);
                self.expr(value);
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target, true);
                self.expr(value);
            }
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::If { branches, otherwise } => {
                for (condition, block) in branches {
                    self.condition(condition);
                    self.block(block);
                }
                self.blocks(otherwise);
            }
            StmtKind::While { cond, body, otherwise } => {
                self.condition(cond);
                self.block(body);
                self.blocks(otherwise.as_deref());
            }
            StmtKind::For { iter, body, otherwise, .. } => {
                self.expr(iter);
                self.block(body);
                self.blocks(otherwise.as_deref());
            }
            StmtKind::Match { value, cases } => {
                self.expr(value);
                for case in cases {
                    self.exprs(&case.guard);
                    self.block(&case.body);
                }
            }
            StmtKind::Try { body, catches, finally } => {
                self.block(body);
                for catch in catches {
                    if let CatchFilter::Class { path, .. } = &catch.filter {
                        path.first().into_iter().for_each(|name| self.mention(name.name, false));
                    }
                    self.block(&catch.body);
                }
                self.blocks(finally);
            }
            StmtKind::Throw(value) | StmtKind::Return(value) => self.exprs(value),
            StmtKind::Assert { cond, message } => {
                self.expr(cond);
                self.exprs(message);
            }
            StmtKind::Function(function) => self.inner_function(function),
            StmtKind::Break | StmtKind::Continue | StmtKind::Pass => {}
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Expr(value) | Condition::Let { value, .. } => self.expr(value),
        }
    }

    fn target(&mut self, target: &Expr, also_reads: bool) {
        match &target.kind {
            ExprKind::Name(name) => {
                self.mention(*name, true);
                if also_reads {
                    self.mention(*name, false);
                }
            }
            ExprKind::Tuple(targets) => targets.iter().for_each(|target| self.target(target, also_reads)),
            _ => self.expr(target),
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        stacker::maybe_grow(STACK.0, STACK.1, || self.expr_kind(&expr.kind));
    }

    fn expr_kind(&mut self, kind: &ExprKind) {
        use ExprKind as K;
        match kind {
            K::Int(_) | K::Float(_) | K::Bool(_) | K::Null | K::Str(_) | K::Type(_) | K::Error => {}
            K::Super => (self.see)(Mention { name: None, assigned: false, depth: self.depth }),
            K::Name(name) => self.mention(*name, false),
            K::FString(parts) => self.format(parts),
            K::Array(elements) | K::Set(elements) | K::Tuple(elements) => self.exprs(elements),
            K::Map(entries) => {
                for (key, value) in entries {
                    self.expr(key);
                    self.expr(value);
                }
            }
            K::Comprehension(comprehension) => {
                match &comprehension.element {
                    ComprehensionElement::Array(value) | ComprehensionElement::Set(value) => self.expr(value),
                    ComprehensionElement::Map(key, value) => self.exprs([key, value]),
                }
                for clause in &comprehension.clauses {
                    match clause {
                        ComprehensionClause::For { iter, .. } => self.expr(iter),
                        ComprehensionClause::If(test) => self.expr(test),
                    }
                }
            }
            K::Record { ty, fields } => {
                self.expr(ty);
                self.exprs(fields.iter().map(|(_, value)| value));
            }
            K::Unary { operand: inner, .. } | K::New(inner) | K::Unwrap(inner) => self.expr(inner),
            K::Field { object: inner, .. } | K::Cast { value: inner, .. } => self.expr(inner),
            K::Binary { lhs, rhs, .. } | K::Logical { lhs, rhs, .. } => self.exprs([&**lhs, &**rhs]),
            K::Compare { first, rest } => {
                self.expr(first);
                self.exprs(rest.iter().map(|(_, _, operand)| operand));
            }
            K::If { cond, then, otherwise } => self.exprs([&**cond, &**then, &**otherwise]),
            K::Call { callee, args } => {
                self.expr(callee);
                self.exprs(args.iter().map(|arg| &arg.value));
            }
            K::Index { object, index } => self.exprs([&**object, &**index]),
            K::Slice { object, low, high, step } => {
                self.expr(object);
                self.exprs([low, high, step].into_iter().flatten().map(|bound| &**bound));
            }
            K::Lambda { params, body, .. } => {
                self.depth += 1;
                self.exprs(params.iter().filter_map(|param| param.default.as_deref()));
                self.expr(body);
                self.depth -= 1;
            }
        }
    }

    fn format(&mut self, parts: &[FStringPart]) {
        for part in parts {
            if let FStringPart::Expr { value, spec, .. } = part {
                self.expr(value);
                spec.iter().for_each(|spec| self.format(spec));
            }
        }
    }
}
