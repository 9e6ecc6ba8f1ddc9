//! What the collected names are: parameter and field types, defaults, enum values.

use crate::checker::Checker;
use crate::coerce::Why;
use crate::decl::{Declared, Default, Function, Literal, Param, Source};
use crate::error::{Error, ParamProblem};
use crate::hir::{EnumId, FuncId, ModuleId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, BinaryOp, Expr, ExprKind, UnaryOp};
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;

impl<'a> Checker<'a> {
    pub(super) fn resolve_enum(&mut self, id: EnumId) {
        let source = self.decls.enums[id.index()].source;
        let mut members = Vec::with_capacity(source.members.len());
        let mut values: FxHashMap<i64, ast::Ident> = FxHashMap::default();
        let mut next = 0i64;
        for member in &source.members {
            let value = member.value.as_ref().map_or(next, |value| self.enum_value(id, value).unwrap_or(next));
            next = value.wrapping_add(1);
            let position = u32::try_from(members.len()).expect("fewer members than bytes");
            let key = (id, member.name.name);
            if let Some(&first) = self.decls.enum_members.get(&key) {
                let (_, _, first) = members[first as usize];
                self.report(Error::Duplicate { name: member.name, first, what: "member" });
                continue;
            }
            if let Some(&first) = values.get(&value) {
                self.report(Error::EnumValueTwice { member: member.name, first, value });
            }
            values.insert(value, member.name);
            self.decls.enum_members.insert(key, position);
            members.push((member.name.name, value, member.name.span));
        }
        self.decls.enums[id.index()].members = members;
    }

    /// The value of a constant int expression; reports others.
    fn enum_value(&mut self, id: EnumId, value: &'a Expr) -> Option<i64> {
        let folded = self.constant_int(value);
        if folded.is_none() && !matches!(value.kind, ExprKind::Error) {
            let name = self.decls.enums[id.index()].name;
            self.report(Error::EnumValue { at: value.span, name });
        }
        folded
    }

    /// Folds int literals and the operators between them.
    pub(crate) fn constant_int(&self, value: &Expr) -> Option<i64> {
        stacker::maybe_grow(64 << 10, 1 << 20, || match &value.kind {
            ExprKind::Int(int) => Some(*int),
            ExprKind::Unary { op, operand } => {
                let operand = self.constant_int(operand)?;
                match op {
                    UnaryOp::Neg => Some(operand.wrapping_neg()),
                    UnaryOp::BitNot => Some(!operand),
                    UnaryOp::Plus => Some(operand),
                    UnaryOp::Not => None,
                }
            }
            ExprKind::Binary { op, lhs, rhs, .. } => {
                let (a, b) = (self.constant_int(lhs)?, self.constant_int(rhs)?);
                match op {
                    BinaryOp::Add => Some(a.wrapping_add(b)),
                    BinaryOp::Sub => Some(a.wrapping_sub(b)),
                    BinaryOp::Mul => Some(a.wrapping_mul(b)),
                    BinaryOp::BitAnd => Some(a & b),
                    BinaryOp::BitOr => Some(a | b),
                    BinaryOp::BitXor => Some(a ^ b),
                    BinaryOp::Shl => Some(a.wrapping_shl(b as u32)),
                    BinaryOp::Shr => Some(a.wrapping_shr(b as u32)),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    pub(crate) fn resolve_function(&mut self, module: ModuleId, id: FuncId, source: &'a ast::Function) {
        self.resolve_head(module, id, &source.params, source.result.as_ref());
    }

    /// Resolves the types of a function's parameters and of its result.
    pub(super) fn resolve_head(
        &mut self,
        module: ModuleId,
        id: FuncId,
        written: &'a [ast::Param],
        result: Option<&'a ast::TypeExpr>,
    ) {
        let owner = self.decls.functions[id.index()].owner;
        let is_foreign = self.is_foreign(id);
        let mut params: Vec<Param> = Vec::with_capacity(written.len());
        let mut seen: FxHashMap<Name, Span> = FxHashMap::default();
        for (position, param) in written.iter().enumerate() {
            if let Some(first) = seen.insert(param.name.name, param.name.span) {
                self.report(Error::Duplicate { name: param.name, first, what: "parameter" });
            }
            let is_self = position == 0 && param.name.name == self.known.self_;
            let ty = match (&param.ty, owner) {
                (Some(ty), _) if is_foreign && param.rest => {
                    let element = self.foreign_type(module, ty, false);
                    let ty = self.types.array(element);
                    self.report(Error::ForeignType { at: param.span, ty });
                    Ty::ERROR
                }
                (Some(ty), _) if is_foreign => {
                    let ty = self.foreign_type(module, ty, false);
                    self.widened(ty)
                }
                (Some(ty), _) => self.resolve_value_type(module, ty),
                (None, Some(owner)) if is_self => self.types.intern(TyKind::Record(owner)),
                // The parser has reported it.
                (None, _) => Ty::ERROR,
            };
            self.check_order(written, position);
            let ty = if param.rest { self.types.array(ty) } else { ty };
            let default = self.default(module, param.default.as_deref(), ty, param.name.name);
            params.push(Param { name: param.name.name, ty, default, rest: param.rest, span: param.span });
        }
        let result = result.map_or(Ty::VOID, |ty| match is_foreign {
            true => {
                let ty = self.foreign_type(module, ty, true);
                self.widened(ty)
            }
            false => self.resolve_result_type(module, ty),
        });
        let function = &mut self.decls.functions[id.index()];
        function.params = params.into();
        function.result = result;
    }

    /// Parameters without default come first, `*args` comes last.
    fn check_order(&mut self, params: &'a [ast::Param], position: usize) {
        let param = &params[position];
        let previous = position.checked_sub(1).map(|p| &params[p]);
        let problem = match previous {
            Some(previous) if previous.rest => ParamProblem::AfterRest,
            Some(previous) if previous.default.is_some() && param.default.is_none() && !param.rest => {
                ParamProblem::AfterDefault
            }
            _ => return,
        };
        self.report(Error::Parameter { at: param.span, name: param.name.name, problem });
    }

    /// The default value written for a parameter or field of type `ty`.
    pub(super) fn default(&mut self, module: ModuleId, value: Option<&'a Expr>, ty: Ty, name: Name) -> Default {
        let Some(value) = value else { return Default::None };
        if let Some(literal) = self.default_literal(module, value, ty) {
            return Default::Constant(literal);
        }
        let thunk = self.add_function(Function {
            name,
            owner: None,
            module,
            params: [].into(),
            has_self: false,
            result: ty,
            result_span: None,
            span: value.span,
            source: Source::Default(value),
            doc: None,
            exported: false,
            slot: None,
            env: self.env.clone(),
            reported: self.muted == 0,
            depth: self.instance_depth(),
        });
        Default::Thunk(thunk)
    }

    /// A literal of exactly the type `ty`; everything else, mistakes included, becomes a function.
    fn default_literal(&mut self, module: ModuleId, value: &'a Expr, ty: Ty) -> Option<Literal> {
        match (&value.kind, self.types.kind(ty)) {
            (ExprKind::Int(int), TyKind::Int) => Some(Literal::Int(*int)),
            (ExprKind::Int(int), TyKind::Float) => Some(Literal::Float(*int as f64)),
            (ExprKind::Float(float), TyKind::Float) => Some(Literal::Float(*float)),
            (ExprKind::Unary { op: UnaryOp::Neg, operand }, _) => match self.default_literal(module, operand, ty)? {
                Literal::Int(int) => Some(Literal::Int(int.wrapping_neg())),
                Literal::Float(float) => Some(Literal::Float(-float)),
                _ => None,
            },
            (ExprKind::Bool(bool), TyKind::Bool) => Some(Literal::Bool(*bool)),
            (ExprKind::Str(text), TyKind::Str) => Some(Literal::Str(text.clone())),
            (ExprKind::Null, TyKind::Optional(_)) => Some(Literal::Null),
            (ExprKind::Field { object, field, .. }, TyKind::Enum(id)) => {
                let ExprKind::Name(name) = object.kind else { return None };
                let symbol = self.decls.symbol(module, name);
                let is_enum = matches!(symbol, Some(Declared { symbol: crate::decl::Symbol::Enum(e), .. }) if e == *id);
                let position = *self.decls.enum_members.get(&(*id, field.name)).filter(|_| is_enum)?;
                Some(Literal::Int(self.decls.enums[id.index()].members[position as usize].1))
            }
            _ => None,
        }
    }

    /// Checks the default value of a parameter or field as a function of its own.
    pub(crate) fn check_default(&mut self, id: FuncId, value: &'a Expr) {
        let function = &self.decls.functions[id.index()];
        let (module, ty, name) = (function.module, function.result, function.name);
        self.bodies.push(crate::checker::Body::new(id, module, Some(ty)));
        self.scopes.enter();
        let span = value.span;
        let value = self.expr(value, Some(ty));
        let value = self.coerce_or_report(value, ty, Why::Default(name));
        self.scopes.leave();
        let result = crate::hir::Stmt { kind: crate::hir::StmtKind::Return(Some(value)), span };
        self.finish_body(vec![result], ty, "<default>".into(), 0, span);
    }
}
