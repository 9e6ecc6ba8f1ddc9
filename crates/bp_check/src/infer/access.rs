//! Elements, slices and fields.

use super::make;
use crate::checker::{Body, Checker};
use crate::coerce::Why;
use crate::decl::{Member, Symbol};
use crate::error::Error;
use crate::hir::{Arg, Binding, Expr, ExprKind, FuncId, RecordId, SliceBounds, Stmt, StmtKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn index(&mut self, object: &'a ast::Expr, index: &'a ast::Expr, span: Span) -> Expr {
        let container = self.expr(object, None);
        self.index_value(container, object.span, index, span)
    }

    /// An element of the value at `at`.
    pub(super) fn index_value(&mut self, container: Expr, at: Span, index: &'a ast::Expr, span: Span) -> Expr {
        let (ty, what) = match self.kind(container.ty).clone() {
            TyKind::Error => {
                self.expr(index, None);
                return Self::erroneous(span);
            }
            TyKind::Array(element) => (self.widened(element), Ty::INT),
            TyKind::Str => (Ty::STR, Ty::INT),
            TyKind::Map(key, value) => (value, key),
            TyKind::Tuple(members) => return self.member(container, &members, index, span),
            TyKind::Record(record) if let Some(func) = self.method_of(record, self.known.get_item) => {
                let index = self.operand_of(func, index);
                return self.call_with_values(func, vec![container, index], span);
            }
            _ => {
                self.expr(index, None);
                return self.fail(span, Error::NotIndexable { at, ty: container.ty });
            }
        };
        let why = if what == Ty::INT { Why::Index } else { Why::Key };
        let index = self.expr_as(index, what, why);
        if index.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        make(ExprKind::Index(Box::new(container), Box::new(index)), ty, span)
    }

    /// The operand of an operator method: its parameter's type steers literals.
    pub(crate) fn operand_of(&mut self, func: FuncId, operand: &'a ast::Expr) -> Expr {
        let want = self.decls.functions[func.index()].params.get(1).map(|param| param.ty);
        self.expr(operand, want)
    }

    /// `t[i]` of a tuple: a constant names the member, a computed int needs members of one type.
    fn member(&mut self, tuple: Expr, members: &[Ty], index: &'a ast::Expr, span: Span) -> Expr {
        let count = i64::try_from(members.len()).expect("fewer members than bytes");
        if let Some(constant) = self.constant_int(index) {
            let position = if constant < 0 { constant + count } else { constant };
            if !(0..count).contains(&position) {
                return self.fail(span, Error::TupleIndex { at: index.span, tuple: tuple.ty, index: Some(constant) });
            }
            let ty = members[usize::try_from(position).expect("it is in range")];
            let number = u32::try_from(position).expect("it is in range");
            return make(ExprKind::Member(Box::new(tuple), number), ty, span);
        }
        let at = index.span;
        let index = self.expr_as(index, Ty::INT, Why::Index);
        match members {
            _ if index.ty == Ty::ERROR => Self::erroneous(span),
            [first, rest @ ..] if rest.iter().all(|ty| ty == first) => {
                make(ExprKind::Index(Box::new(tuple), Box::new(index)), *first, span)
            }
            _ => self.fail(span, Error::TupleIndex { at, tuple: tuple.ty, index: None }),
        }
    }

    pub(super) fn slice(&mut self, object: &'a ast::Expr, bounds: [Option<&'a ast::Expr>; 3], span: Span) -> Expr {
        let container = self.expr(object, None);
        let bounds = self.slice_bounds(bounds);
        match self.kind(container.ty) {
            TyKind::Error => container,
            TyKind::Array(_) | TyKind::Str => {
                let ty = container.ty;
                make(ExprKind::Slice(Box::new(container), bounds), ty, span)
            }
            _ => self.fail(span, Error::NotSliceable { at: object.span, ty: container.ty }),
        }
    }

    pub fn slice_bounds(&mut self, bounds: [Option<&'a ast::Expr>; 3]) -> Box<SliceBounds> {
        let step = bounds[2];
        let [low, high, step_value] =
            bounds.map(|bound| bound.map(|bound| Box::new(self.expr_as(bound, Ty::INT, Why::Index))));
        if let Some(step) = step.filter(|step| self.constant_int(step) == Some(0)) {
            self.report(Error::ZeroStep { at: step.span, what: "slice" });
        }
        Box::new(SliceBounds { low, high, step: step_value })
    }

    pub(super) fn field(&mut self, object: &'a ast::Expr, field: Ident, optional: bool, span: Span) -> Expr {
        if let Some(namespace) = self.namespace_of(object).filter(|_| !optional) {
            let symbol = self.exported(namespace, field);
            return self.symbol_value(symbol, field, span);
        }
        if let Some(symbol) = self.type_prefix(object) {
            return self.type_member(symbol, object, field, span);
        }
        let value = self.expr(object, None);
        if optional {
            return self.optional_access(value, span, |checker, inner| checker.field_of(inner, field, span));
        }
        self.field_of(value, field, span)
    }

    /// `o?.…`: the access on the value if there is one, else null.
    pub(super) fn optional_access(
        &mut self,
        value: Expr,
        span: Span,
        access: impl FnOnce(&mut Self, Expr) -> Expr,
    ) -> Expr {
        let value = self.as_declared(value);
        let inner = match self.kind(value.ty) {
            TyKind::Optional(inner) => *inner,
            TyKind::Error => return value,
            _ => return self.fail(span, Error::NeverNull { at: value.span, ty: value.ty, operator: "?." }),
        };
        let at = value.span;
        let local = self.temporary(at, inner);
        let result = access(self, make(ExprKind::Local(local), inner, at));
        if result.ty == Ty::ERROR {
            return result;
        }
        if result.ty == Ty::VOID {
            return make(ExprKind::Guarded(Box::new(value), local, Box::new(result)), Ty::VOID, span);
        }
        let ty = self.types.optional(result.ty);
        let result = match self.coerce(result, ty) {
            Ok(result) => result,
            Err(result) => return result,
        };
        make(ExprKind::Guarded(Box::new(value), local, Box::new(result)), ty, span)
    }

    pub(super) fn field_of(&mut self, value: Expr, field: Ident, span: Span) -> Expr {
        let record = match (self.record_of_type(value.ty), self.kind(value.ty)) {
            (Some(record), _) => record,
            (None, TyKind::Error) => return value,
            _ => return self.no_field(value, field, span),
        };
        match self.decls.members.get(&(record, field.name)).copied() {
            Some(Member::Field(number)) => {
                let ty = self.decls.records[record.index()].fields[number as usize].ty;
                if ty == Ty::ERROR {
                    return Self::erroneous(span);
                }
                make(ExprKind::Field(Box::new(value), number), ty, span)
            }
            Some(Member::Method(func)) => self.bound_method(value, func, field, span),
            Some(Member::Generic(_)) => self.fail(span, Error::MethodNotCalled { name: field }),
            Some(Member::Static(_)) => self.fail(span, Error::StaticThroughValue { record, name: field }),
            None => self.unknown_member(value, record, field, span),
        }
    }

    /// `o.method` as a value: a function that captures the object.
    fn bound_method(&mut self, value: Expr, func: crate::hir::FuncId, field: Ident, span: Span) -> Expr {
        self.uses().functions.push(func);
        let function = &self.decls.functions[func.index()];
        let (params, result) = (function.params.clone(), function.result);
        let types: Vec<Ty> = params.iter().skip(1).map(|param| param.ty).collect();
        let ty = self.types.function(&types, result);
        let object = self.temporary(value.span, value.ty);
        self.body().variables[object.index()].captured = true;
        let closure = self.bound_function(&value, func, field, span);
        let keep = Stmt { kind: StmtKind::Let(Binding::Local(object), value), span };
        let closure = make(ExprKind::Closure(closure, vec![object]), ty, span);
        make(ExprKind::Block(vec![keep], Box::new(closure)), ty, span)
    }

    /// The function behind a bound method: calls the method on the object that it captures.
    fn bound_function(&mut self, object: &Expr, func: FuncId, field: Ident, span: Span) -> FuncId {
        let module = self.module();
        let id = self.inline_function(field.name, span);
        self.uses().functions.push(id);
        let function = &self.decls.functions[func.index()];
        let (params, result) = (function.params.clone(), function.result);
        self.bodies.push(Body::new(id, module, Some(result)));
        let mut args = Vec::with_capacity(params.len());
        for (number, param) in (1..).zip(params.iter().skip(1)) {
            let local = self.new_variable(param.name, span, param.ty);
            args.push(Arg { param: number, value: make(ExprKind::Local(local), param.ty, span) });
        }
        let alias = self.temporary(object.span, object.ty);
        self.body().variables[alias.index()].captured = true;
        self.body().captures.push((alias, alias));
        args.insert(0, Arg { param: 0, value: make(ExprKind::Local(alias), object.ty, object.span) });
        let call = self.method_call(func, args, result, span);
        let kind = if result == Ty::VOID { StmtKind::Expr(call) } else { StmtKind::Return(Some(call)) };
        let count = u32::try_from(params.len() - 1).expect("few parameters");
        let name = self.text(field.name).into();
        self.finish_body(vec![Stmt { kind, span }], result, name, count, span);
        id
    }

    fn unknown_member(&mut self, value: Expr, record: RecordId, field: Ident, span: Span) -> Expr {
        let members = self.member_names(record);
        let similar = self.similar(field.name, members.into_iter());
        let error = Error::UnknownMember { name: field, ty: value.ty, similar, is_call: false };
        self.fail(span, error)
    }

    /// Reports a field of something that has none; a method that is not called says so.
    fn no_field(&mut self, value: Expr, field: Ident, span: Span) -> Expr {
        if matches!(self.kind(value.ty), TyKind::Optional(_)) {
            return self.fail(span, Error::MaybeNull { at: value.span, ty: value.ty, member: Some(field) });
        }
        if matches!(self.kind(value.ty), TyKind::Var(_)) {
            return self.fail(span, Error::Undecided { at: value.span, ty: value.ty });
        }
        let fitting = self.fitting_methods(field.name, &value);
        let error = match fitting.is_empty() {
            false => Error::MethodNotCalled { name: field },
            true => {
                let similar = self.similar_methods(field.name, &value);
                Error::UnknownMember { name: field, ty: value.ty, similar, is_call: false }
            }
        };
        self.fail(span, error)
    }

    /// What a name in front of a dot stands for, if that is a type or something reported.
    pub(super) fn type_prefix(&self, object: &ast::Expr) -> Option<Symbol> {
        match self.quiet_path(object)? {
            Symbol::Alias(alias) => match self.types.kind(self.decls.aliases[alias as usize].ty?) {
                TyKind::Record(id) => Some(Symbol::Record(*id)),
                TyKind::Enum(id) => Some(Symbol::Enum(*id)),
                _ => None,
            },
            symbol @ (Symbol::Record(_) | Symbol::Enum(_) | Symbol::Reported) => Some(symbol),
            Symbol::Function(_) | Symbol::Global(_) | Symbol::Generic(_) | Symbol::Module(_) => None,
        }
    }

    /// `Color.RED`, `Point.parse` as values.
    fn type_member(&mut self, symbol: Symbol, object: &'a ast::Expr, field: Ident, span: Span) -> Expr {
        match symbol {
            Symbol::Enum(id) => match self.decls.enum_members.get(&(id, field.name)) {
                Some(&position) => {
                    let value = self.decls.enums[id.index()].members[position as usize].1;
                    let ty = self.types.intern(TyKind::Enum(id));
                    make(ExprKind::Int(value), ty, span)
                }
                None => {
                    let names = self.decls.enums[id.index()].members.iter().map(|member| member.0);
                    let similar = self.similar(field.name, names);
                    self.fail(span, Error::UnknownEnumMember { of: id, name: field, similar })
                }
            },
            Symbol::Record(id) => match self.decls.members.get(&(id, field.name)) {
                Some(&Member::Static(func)) => self.static_value(func, span),
                Some(_) => self.fail(span, Error::InstanceThroughType { record: id, name: field, at: object.span }),
                None => {
                    let members = self.member_names(id);
                    let similar = self.similar(field.name, members.into_iter());
                    let ty = self.types.intern(TyKind::Record(id));
                    self.fail(span, Error::UnknownMember { name: field, ty, similar, is_call: false })
                }
            },
            _ => Self::erroneous(span),
        }
    }

    fn static_value(&mut self, func: crate::hir::FuncId, span: Span) -> Expr {
        self.uses().functions.push(func);
        let function = &self.decls.functions[func.index()];
        let params: Vec<Ty> = function.params.iter().map(|param| param.ty).collect();
        let ty = self.types.function(&params, function.result);
        make(ExprKind::Function(func), ty, span)
    }

    /// Fields and methods of a record, in order of declaration.
    pub(crate) fn member_names(&self, record: RecordId) -> Vec<bp_syntax::name::Name> {
        let record = &self.decls.records[record.index()];
        let fields = record.fields.iter().map(|field| field.name);
        let methods = record.methods.iter().map(|func| self.decls.functions[func.index()].name);
        fields.chain(methods).collect()
    }
}
