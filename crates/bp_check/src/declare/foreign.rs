//! The types of functions of C: `extern fn … from "lib"`.
//!
//! The program sees an `i32` as an `int`, like an element of `[i32]`; what calls the function sees the
//! type as written.

use crate::checker::Checker;
use crate::decl::Source;
use crate::error::Error;
use crate::hir::{FuncId, ModuleId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, TypeExpr};

impl<'a> Checker<'a> {
    /// Whether a function is one of a C library.
    pub(super) fn is_foreign(&self, id: FuncId) -> bool {
        matches!(self.decls.functions[id.index()].source, Source::Extern(ast::Extern { library: Some(_), .. }))
    }

    /// A type that C has too, as written; reports others.
    pub(super) fn foreign_type(&mut self, module: ModuleId, written: &'a TypeExpr, is_result: bool) -> Ty {
        let ty = self.resolve_type(module, written);
        let crosses = match self.kind(ty) {
            TyKind::Int | TyKind::I32 | TyKind::Float | TyKind::Bool | TyKind::Str | TyKind::Ptr => true,
            TyKind::Optional(inner) => *inner == Ty::STR,
            TyKind::Void => is_result,
            TyKind::Error => true,
            _ => false,
        };
        if crosses {
            return ty;
        }
        self.report(Error::ForeignType { at: written.span, ty });
        Ty::ERROR
    }

    /// The types of the parameters and of the result of an `extern fn`, as its declaration has them.
    pub(crate) fn extern_types(&mut self, id: FuncId, source: &'a ast::Extern) -> (Vec<Ty>, Ty) {
        let function = &self.decls.functions[id.index()];
        let module = function.module;
        if source.library.is_none() {
            return (function.params.iter().map(|param| param.ty).collect(), function.result);
        }
        let param = |param: &'a ast::Param| match &param.ty {
            Some(ty) => self.foreign_type(module, ty, false),
            None => Ty::ERROR,
        };
        let params = source.params.iter().map(param).collect();
        let result = source.result.as_ref().map_or(Ty::VOID, |ty| self.foreign_type(module, ty, true));
        (params, result)
    }
}
