//! Signatures of built-ins against types: binding type parameters, and types from bound ones.

use crate::checker::Checker;
use crate::declare::builtin::record_of;
use crate::hir::{Expr, ExprKind, RecordId};
use crate::types::{Ty, TyKind};
use bp_builtins::Builtin;
use bp_builtins::classes::BuiltinClass;
use bp_builtins::errors::ErrorClass;
use bp_builtins::signature::{self, Bound, Signature, Type};

/// The types bound to a signature's type parameters so far.
#[derive(Clone, Debug)]
pub(crate) struct Binds {
    types: Vec<Option<Ty>>,
    /// Bound by an int literal only: a float may still take its place.
    soft: Vec<bool>,
}

impl Binds {
    pub fn new(signature: &Signature) -> Self {
        let count = signature.type_params.len();
        Self { types: vec![None; count], soft: vec![false; count] }
    }

    pub fn get(&self, param: usize) -> Option<Ty> {
        self.types[param]
    }

    /// Whether an int literal alone has bound it.
    pub fn is_soft(&self, param: usize) -> bool {
        self.soft[param]
    }

    pub fn set(&mut self, param: usize, ty: Ty) {
        self.types[param] = Some(ty);
        self.soft[param] = false;
    }
}

impl Checker<'_> {
    /// Whether the value can be the receiver of the built-in's method spelling.
    pub(crate) fn takes_receiver(&self, builtin: Builtin, value: &Expr) -> bool {
        let signature = signature::signature(builtin);
        let Some(receiver) = signature.params.first() else { return false };
        if matches!(self.kind(value.ty), TyKind::Var(_)) {
            return matches!(receiver.ty, Type::Any);
        }
        let mut binds = Binds::new(signature);
        self.matches(&receiver.ty, value, &mut binds)
    }

    /// Whether the value fits the written type; binds type parameters, solves nothing.
    pub(super) fn matches(&self, written: &Type, value: &Expr, binds: &mut Binds) -> bool {
        let is_literal = match &value.kind {
            ExprKind::Int(_) => self.shallow(value.ty) == Ty::INT,
            ExprKind::Neg(inner) => matches!(inner.kind, ExprKind::Int(_)),
            _ => false,
        };
        match written {
            Type::Float if is_literal => true,
            Type::Optional(_) if matches!(value.kind, ExprKind::Null) => true,
            Type::Param(param) if is_literal => match binds.types[*param] {
                None => {
                    binds.types[*param] = Some(Ty::INT);
                    binds.soft[*param] = true;
                    true
                }
                Some(bound) => {
                    matches!(self.shallow(bound), Ty::INT | Ty::FLOAT | Ty::U8 | Ty::I32 | Ty::F32)
                        || matches!(self.kind(bound), TyKind::Var(_))
                }
            },
            _ => self.matches_type(written, value.ty, binds, false),
        }
    }

    /// Whether `ty` fits; `stored` inside an array type, where `u8` is not `int`.
    pub(super) fn matches_type(&self, written: &Type, ty: Ty, binds: &mut Binds, stored: bool) -> bool {
        let ty = self.shallow(ty);
        if ty == Ty::ERROR {
            return true;
        }
        match (written, self.types.kind(ty)) {
            (Type::Void, TyKind::Void) => true,
            (Type::Param(param), _) => self.bind_param(*param, ty, binds, stored),
            (_, TyKind::Var(_)) => true,
            (Type::Any, kind) => !matches!(kind, TyKind::Void | TyKind::Never),
            (Type::Int, TyKind::Int) | (Type::Float, TyKind::Float) | (Type::Bool, TyKind::Bool) => true,
            (Type::Int, TyKind::Enum(_)) => !stored,
            (Type::Str, TyKind::Str) | (Type::Ptr, TyKind::Ptr) => true,
            (Type::U8, TyKind::U8) | (Type::I32, TyKind::I32) | (Type::F32, TyKind::F32) => true,
            (Type::Array(w), TyKind::Array(t)) => self.matches_type(w, *t, binds, true),
            (Type::Set(w), TyKind::Set(t)) => self.matches_type(w, *t, binds, true),
            (Type::Map(w, x), TyKind::Map(t, u)) => {
                self.matches_type(w, *t, binds, true) && self.matches_type(x, *u, binds, true)
            }
            (Type::Tuple(w), TyKind::Tuple(t)) => {
                w.len() == t.len() && w.iter().zip(t).all(|(w, &t)| self.matches_type(w, t, binds, true))
            }
            (Type::Function(w, r), TyKind::Function(t, s)) => {
                w.len() == t.len()
                    && w.iter().zip(t).all(|(w, &t)| self.matches_type(w, t, binds, false))
                    && (**r == Type::Void || self.matches_type(r, *s, binds, false))
            }
            (Type::Optional(w), TyKind::Optional(t)) => self.matches_type(w, *t, binds, false),
            (Type::Optional(_), TyKind::Null) => true,
            (Type::Optional(w), _) => self.matches_type(w, ty, binds, false),
            (Type::Named(name), TyKind::Record(id)) => named_class(name).is_some_and(|class| self.derives(*id, class)),
            _ => false,
        }
    }

    fn bind_param(&self, param: usize, ty: Ty, binds: &mut Binds, stored: bool) -> bool {
        if matches!(ty, Ty::VOID | Ty::NEVER | Ty::NULL) {
            return matches!(binds.types[param].map(|bound| self.kind(bound)), Some(TyKind::Optional(_)));
        }
        match binds.types[param] {
            None => {
                binds.types[param] = Some(ty);
                true
            }
            Some(_) if binds.soft[param] && ty == Ty::FLOAT => {
                binds.set(param, ty);
                true
            }
            Some(bound) if stored => self.type_fits(ty, bound) && self.type_fits(bound, ty),
            Some(bound) => self.type_fits(ty, self.widened(bound)),
        }
    }

    /// The type that the written one stands for, if all its parameters are bound.
    pub(super) fn instantiate(&mut self, written: &Type, binds: &Binds, stored: bool) -> Option<Ty> {
        Some(match written {
            Type::Void => Ty::VOID,
            Type::Never => Ty::NEVER,
            Type::Int => Ty::INT,
            Type::Float => Ty::FLOAT,
            Type::Bool => Ty::BOOL,
            Type::Str => Ty::STR,
            Type::Ptr => Ty::PTR,
            Type::U8 => Ty::U8,
            Type::I32 => Ty::I32,
            Type::F32 => Ty::F32,
            Type::Any => return None,
            Type::Param(param) => {
                let ty = binds.types[*param]?;
                if stored { ty } else { self.widened(ty) }
            }
            Type::Array(t) => {
                let t = self.instantiate(t, binds, true)?;
                self.types.array(t)
            }
            Type::Set(t) => {
                let t = self.instantiate(t, binds, false)?;
                self.types.set(t)
            }
            Type::Map(k, v) => {
                let (k, v) = (self.instantiate(k, binds, false)?, self.instantiate(v, binds, false)?);
                self.types.map(k, v)
            }
            Type::Tuple(members) => {
                let members = self.instantiate_all(members, binds)?;
                self.types.tuple(&members)
            }
            Type::Function(params, result) => {
                let params = self.instantiate_all(params, binds)?;
                let result = self.instantiate(result, binds, false)?;
                self.types.function(&params, result)
            }
            Type::Optional(t) => {
                let t = self.instantiate(t, binds, false)?;
                self.types.optional(t)
            }
            Type::Named(name) => {
                let class = named_class(name)?;
                self.types.intern(TyKind::Record(class))
            }
        })
    }

    pub(super) fn instantiate_all(&mut self, types: &[Type], binds: &Binds) -> Option<Vec<Ty>> {
        types.iter().map(|ty| self.instantiate(ty, binds, false)).collect()
    }

    /// A type of a signature without type parameters.
    pub(crate) fn plain_signature_type(&mut self, written: &Type) -> Ty {
        let none = Binds { types: Vec::new(), soft: Vec::new() };
        self.instantiate(written, &none, false).unwrap_or(Ty::ERROR)
    }

    /// Whether the type offers what the bound demands.
    pub(super) fn satisfies(&self, ty: Ty, bound: Bound) -> bool {
        match bound {
            Bound::Ordered => self.is_ordered(ty),
            Bound::Hashable => self.is_hashable(ty),
        }
    }
}

/// A built-in class by its name.
fn named_class(name: &str) -> Option<RecordId> {
    let error = ErrorClass::ALL.iter().position(|class| class.name() == name).map(|n| RecordId(n as u32));
    error.or_else(|| BuiltinClass::named(name).map(record_of))
}
