//! `match`: tests and bindings of patterns.

use crate::assembler::Label;
use crate::compare::immediate_branch;
use crate::constants::Constant as PoolConstant;
use crate::function::{Lowering, Value};
use bp_check::hir::{Block, Case, Constant, Expr, Pattern};
use bp_check::types::{Ty, TyKind};
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::ast::CompareOp;

impl<'p> Lowering<'_, 'p> {
    /// `match value: cases`
    pub(crate) fn match_stmt(&mut self, value: &'p Expr, cases: &'p [Case], exhaustive: bool) {
        // A case that assigns the variable that is matched does not come back to the tests.
        let subject = self.value(value);
        let end = self.asm.label();
        for (index, case) in cases.iter().enumerate() {
            let next = self.asm.label();
            let certain = exhaustive && index + 1 == cases.len() && case.guard.is_none();
            let scope = self.open_scope();
            self.at(case.span, |this| {
                this.test(&case.pattern, subject.reg, value.ty, next, certain);
                if let Some(guard) = &case.guard {
                    this.branch(guard, next, false);
                }
            });
            self.case_body(&case.body);
            self.close_scope(scope);
            self.asm.emit(Instr::Jump { target: end.rel() });
            self.asm.bind(next);
        }
        self.asm.bind(end);
        self.release(subject);
    }

    fn case_body(&mut self, body: &'p Block) {
        self.statements(body);
    }

    /// Goes on if the value in `src` fits the pattern, having bound its names, else jumps to
    /// `miss`. With `certain` the outermost test is known to succeed and left out.
    fn test(&mut self, pattern: &'p Pattern, src: Reg, ty: Ty, miss: Label, certain: bool) {
        match pattern {
            Pattern::Wildcard => {}
            Pattern::Bind(local) => self.bind_local(*local, src),
            Pattern::Constant(_) | Pattern::Or(_) if certain => {}
            Pattern::Constant(constant) => self.test_constant(constant, src, ty, miss),
            Pattern::Range { low, high, inclusive } => {
                self.test_order(src, low, CompareOp::Lt, ty, miss);
                let above = if *inclusive { CompareOp::Gt } else { CompareOp::Ge };
                self.test_order(src, high, above, ty, miss);
            }
            Pattern::Or(alternatives) => {
                let fits = self.asm.label();
                for alternative in alternatives {
                    let next = self.asm.label();
                    self.test(alternative, src, ty, next, false);
                    self.asm.emit(Instr::Jump { target: fits.rel() });
                    self.asm.bind(next);
                }
                self.asm.emit(Instr::Jump { target: miss.rel() });
                self.asm.bind(fits);
            }
            Pattern::Tuple(parts) => {
                let TyKind::Tuple(members) = self.ty(ty) else { unreachable!("a tuple pattern tests a tuple") };
                for (number, (part, member)) in parts.iter().zip(members).enumerate() {
                    self.test_part(part, src, number as u32, *member, miss);
                }
            }
            Pattern::Record { record, test, fields } => {
                if *test {
                    let class = self.unit.types.record(*record);
                    let fits = self.temporary(Kind::Int);
                    self.asm.emit(Instr::IsClass { dst: fits.reg, object: src, ty: class });
                    self.branch_bool(fits.reg, miss, false);
                    self.release(fits);
                }
                let declared = &self.unit.program.records[record.index()].fields;
                for (number, part) in fields {
                    self.test_part(part, src, *number, declared[*number as usize].ty, miss);
                }
            }
            Pattern::Some(inner) => self.test_some(inner, src, ty, miss),
        }
    }

    fn test_part(&mut self, part: &'p Pattern, object: Reg, field: u32, ty: Ty, miss: Label) {
        match part {
            Pattern::Wildcard => return,
            Pattern::Bind(local) if !self.local(*local).captured => {
                let reg = self.declare(*local);
                self.load_field(object, field, ty, Some(reg));
                return;
            }
            _ => {}
        }
        let value = self.load_field(object, field, ty, None);
        self.test(part, value.reg, ty, miss, false);
        self.release(value);
    }

    fn test_some(&mut self, inner: &'p Pattern, src: Reg, ty: Ty, miss: Label) {
        let TyKind::Optional(inner_ty) = *self.ty(ty) else { unreachable!("only optionals are unwrapped") };
        self.branch_null(src, miss, true);
        if self.value_kind(inner_ty) == Kind::Ref {
            return self.test(inner, src, inner_ty, miss, false);
        }
        let value = self.load_field(src, 0, inner_ty, None);
        self.test(inner, value.reg, inner_ty, miss, false);
        self.release(value);
    }

    fn test_constant(&mut self, constant: &'p Constant, src: Reg, ty: Ty, miss: Label) {
        match constant {
            Constant::Null => self.branch_null(src, miss, false),
            Constant::Bool(value) => self.branch_bool(src, miss, !value),
            Constant::Int(value) if i16::try_from(*value).is_ok() => {
                let imm = *value as i16;
                self.asm.emit(Instr::BrNeIntImm { lhs: src, imm, target: miss.rel() });
            }
            _ => self.test_compare(CompareOp::Eq, src, constant, ty, miss, false),
        }
    }

    /// Jumps to `miss` when `src op bound` holds.
    fn test_order(&mut self, src: Reg, bound: &'p Constant, op: CompareOp, ty: Ty, miss: Label) {
        match (bound, op) {
            (Constant::Int(value), _) if i16::try_from(*value).is_ok() => {
                self.asm.emit(immediate_branch(op, true, src, *value as i16, miss));
            }
            // NaN is in no range: the comparison that must hold is tested, not its opposite.
            (Constant::Float(_), CompareOp::Lt) => self.test_compare(CompareOp::Ge, src, bound, ty, miss, false),
            (Constant::Float(_), CompareOp::Gt) => self.test_compare(CompareOp::Le, src, bound, ty, miss, false),
            (Constant::Float(_), CompareOp::Ge) => self.test_compare(CompareOp::Lt, src, bound, ty, miss, false),
            _ => self.test_compare(op, src, bound, ty, miss, true),
        }
    }

    /// Jumps to `miss` when `src op constant` is `when`.
    fn test_compare(&mut self, op: CompareOp, src: Reg, constant: &'p Constant, ty: Ty, miss: Label, when: bool) {
        let bound = self.pattern_constant(constant);
        let lhs = Value { reg: src, temporary: false };
        self.branch_registers(op, ty, lhs, bound.reg, miss, when);
        self.release(bound);
    }

    fn pattern_constant(&mut self, constant: &'p Constant) -> Value {
        let constant = match constant {
            Constant::Int(value) => PoolConstant::Int(*value),
            Constant::Bool(value) => PoolConstant::Int(i64::from(*value)),
            Constant::Float(value) => PoolConstant::Float(value.to_bits()),
            Constant::Str(bytes) => PoolConstant::Ref(self.unit.string_constant(bytes)),
            Constant::Null => unreachable!("null is tested by itself"),
        };
        self.constant(constant)
    }
}
