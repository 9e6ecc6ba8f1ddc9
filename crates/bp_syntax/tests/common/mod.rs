//! The invariants of trees, for the tests that make many: spans nest, and depth is bounded.

use bp_syntax::ast::*;
use bp_syntax::limits::MAX_TREE_DEPTH;
use bp_syntax::span::Span;

/// Walks the whole tree; panics where a span leaves its parent's or the tree is too deep.
pub fn check_spans(module: &Module) {
    let mut walk = Walk { depth: 0 };
    for item in &module.items {
        walk.within(item.span, module.span);
        walk.item(item);
    }
}

struct Walk {
    depth: u32,
}

impl Walk {
    fn within(&self, inner: Span, outer: Span) {
        assert!(inner.start <= inner.end, "{inner:?} is reversed");
        // What stands for missing text may be marked where the next token is.
        assert!(
            inner.is_empty() || outer.start <= inner.start && inner.end <= outer.end,
            "{inner:?} is not within {outer:?}"
        );
    }

    fn deeper(&mut self, check: impl FnOnce(&mut Self)) {
        self.depth += 1;
        assert!(self.depth <= MAX_TREE_DEPTH, "the tree is deeper than promised");
        stacker::maybe_grow(128 << 10, 2 << 20, || check(self));
        self.depth -= 1;
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Function(function) => self.function(function, item.span),
            ItemKind::Struct(record) | ItemKind::Class(record) => {
                for field in &record.fields {
                    self.within(field.span, item.span);
                    self.ty(&field.ty, field.span);
                    self.exprs(field.default.as_deref(), field.span);
                }
                record.methods.iter().for_each(|method| self.function(&method.function, item.span));
            }
            ItemKind::Enum(declared) => {
                declared.members.iter().for_each(|member| self.exprs(&member.value, item.span));
            }
            ItemKind::TypeAlias(alias) => self.ty(&alias.target, item.span),
            ItemKind::Import(_) => {}
            ItemKind::Extern(declared) => self.params(&declared.params, item.span),
            ItemKind::Stmt(stmt) => self.stmt(stmt, item.span),
        }
    }

    fn params(&mut self, params: &[Param], outer: Span) {
        for param in params {
            self.within(param.span, outer);
            param.ty.iter().for_each(|ty| self.ty(ty, param.span));
            self.exprs(param.default.as_deref(), param.span);
        }
    }

    fn function(&mut self, function: &Function, outer: Span) {
        self.within(function.head, outer);
        self.params(&function.params, outer);
        function.result.iter().for_each(|ty| self.ty(ty, outer));
        if let Body::Block(block) = &function.body {
            self.block(block, outer);
        }
    }

    fn block(&mut self, block: &Block, outer: Span) {
        self.within(block.span, outer);
        self.deeper(|walk| block.stmts.iter().for_each(|stmt| walk.stmt(stmt, outer)));
    }

    fn condition(&mut self, condition: &Condition, outer: Span) {
        match condition {
            Condition::Expr(value) | Condition::Let { value, .. } => self.expr(value, outer),
        }
    }

    fn stmt(&mut self, stmt: &Stmt, outer: Span) {
        let span = stmt.span;
        self.within(span, outer);
        match &stmt.kind {
            StmtKind::Let { ty, value, .. } => {
                ty.iter().for_each(|ty| self.ty(ty, span));
                self.exprs(value, span);
            }
            StmtKind::Assign { target, value } => {
                self.expr(target, span);
                self.expr(value, span);
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target, span);
                self.expr(value, span);
            }
            StmtKind::Expr(value) => self.expr(value, span),
            StmtKind::If { branches, otherwise } => {
                for (condition, block) in branches {
                    self.condition(condition, span);
                    self.block(block, span);
                }
                otherwise.iter().for_each(|block| self.block(block, span));
            }
            StmtKind::While { cond, body, otherwise } => {
                self.condition(cond, span);
                self.block(body, span);
                otherwise.iter().for_each(|block| self.block(block, span));
            }
            StmtKind::For { iter, body, otherwise, .. } => {
                self.expr(iter, span);
                self.block(body, span);
                otherwise.iter().for_each(|block| self.block(block, span));
            }
            StmtKind::Match { value, cases } => {
                self.expr(value, span);
                for case in cases {
                    self.pattern(&case.pattern, span);
                    self.exprs(&case.guard, span);
                    self.block(&case.body, span);
                }
            }
            StmtKind::Try { body, catches, finally } => {
                self.block(body, span);
                catches.iter().for_each(|catch| self.block(&catch.body, span));
                finally.iter().for_each(|block| self.block(block, span));
            }
            StmtKind::Throw(value) | StmtKind::Return(value) => self.exprs(value, span),
            StmtKind::Break | StmtKind::Continue | StmtKind::Pass => {}
            StmtKind::Assert { cond, message } => {
                self.expr(cond, span);
                self.exprs(message, span);
            }
            StmtKind::Function(function) => self.deeper(|walk| walk.function(function, span)),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, outer: Span) {
        self.within(pattern.span, outer);
        self.deeper(|walk| match &pattern.kind {
            PatternKind::Or(parts) | PatternKind::Tuple(parts) => {
                parts.iter().for_each(|part| walk.pattern(part, pattern.span));
            }
            PatternKind::Record { args, fields, .. } => {
                args.iter().for_each(|arg| walk.ty(arg, pattern.span));
                fields.iter().filter_map(|(_, part)| part.as_ref()).for_each(|part| walk.pattern(part, pattern.span));
            }
            PatternKind::Literal(value) => walk.expr(value, pattern.span),
            PatternKind::Range { low, high, .. } => {
                walk.expr(low, pattern.span);
                walk.expr(high, pattern.span);
            }
            PatternKind::Wildcard | PatternKind::Bind(_) | PatternKind::Path(_) | PatternKind::Error => {}
        });
    }

    fn ty(&mut self, ty: &TypeExpr, outer: Span) {
        self.within(ty.span, outer);
        self.deeper(|walk| match &ty.kind {
            TypeKind::Named { args, .. } => args.iter().for_each(|arg| walk.ty(arg, ty.span)),
            TypeKind::Array(inner) | TypeKind::Set(inner) | TypeKind::Optional(inner) => walk.ty(inner, ty.span),
            TypeKind::Map(key, value) => {
                walk.ty(key, ty.span);
                walk.ty(value, ty.span);
            }
            TypeKind::Tuple(members) => members.iter().for_each(|member| walk.ty(member, ty.span)),
            TypeKind::Function { params, result } => {
                params.iter().for_each(|param| walk.ty(param, ty.span));
                result.iter().for_each(|result| walk.ty(result, ty.span));
            }
            TypeKind::Error => {}
        });
    }

    fn exprs<'e>(&mut self, values: impl IntoIterator<Item = &'e Expr>, outer: Span) {
        values.into_iter().for_each(|value| self.expr(value, outer));
    }

    fn expr(&mut self, expr: &Expr, outer: Span) {
        self.within(expr.span, outer);
        self.deeper(|walk| walk.expr_kind(&expr.kind, expr.span));
    }

    fn expr_kind(&mut self, kind: &ExprKind, span: Span) {
        use ExprKind as K;
        match kind {
            K::Int(_) | K::Float(_) | K::Bool(_) | K::Null | K::Str(_) | K::Name(_) | K::Super | K::Error => {}
            K::FString(parts) => self.fstring(parts, span),
            K::Array(values) | K::Set(values) | K::Tuple(values) => self.exprs(values, span),
            K::Map(entries) => {
                for (key, value) in entries {
                    self.expr(key, span);
                    self.expr(value, span);
                }
            }
            K::Comprehension(comprehension) => {
                for clause in &comprehension.clauses {
                    let (ComprehensionClause::For { iter: value, .. } | ComprehensionClause::If(value)) = clause;
                    self.expr(value, span);
                }
            }
            K::Record { ty, fields } => {
                self.expr(ty, span);
                fields.iter().for_each(|(_, value)| self.expr(value, span));
            }
            K::Unary { operand, .. } | K::New(operand) | K::Unwrap(operand) => self.expr(operand, span),
            K::Binary { lhs, rhs, .. } | K::Logical { lhs, rhs, .. } => {
                self.expr(lhs, span);
                self.expr(rhs, span);
            }
            K::Compare { first, rest } => {
                self.expr(first, span);
                rest.iter().for_each(|(.., operand)| self.expr(operand, span));
            }
            K::If { cond, then, otherwise } => {
                for part in [cond, then, otherwise] {
                    self.expr(part, span);
                }
            }
            K::Call { callee, args } => {
                self.expr(callee, span);
                args.iter().for_each(|arg| self.expr(&arg.value, span));
            }
            K::Index { object, index } => {
                self.expr(object, span);
                self.expr(index, span);
            }
            K::Slice { object, low, high, step } => {
                self.expr(object, span);
                [low, high, step].into_iter().flatten().for_each(|bound| self.expr(bound, span));
            }
            K::Field { object, .. } => self.expr(object, span),
            K::Cast { value, ty } => {
                self.expr(value, span);
                self.ty(ty, span);
            }
            K::Lambda { params, result, body } => {
                self.params(params, span);
                result.iter().for_each(|ty| self.ty(ty, span));
                self.expr(body, span);
            }
            K::Type(ty) => self.ty(ty, span),
        }
    }

    fn fstring(&mut self, parts: &[FStringPart], span: Span) {
        for part in parts {
            if let FStringPart::Expr { value, spec, .. } = part {
                self.expr(value, span);
                spec.iter().for_each(|parts| self.fstring(parts, span));
            }
        }
    }
}
