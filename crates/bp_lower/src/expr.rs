//! Expressions: the dispatch. Each form's method takes an optional destination register and
//! answers where the value is.

use crate::constants::Constant;
use crate::function::{Lowering, Value};
use bp_check::hir::{Convert, Expr, ExprKind};
use bp_check::types::TyKind;
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::ast::BinaryOp;

/// Native stack kept free while walking an expression; more is allocated below that.
const RED_ZONE_BYTES: usize = 64 * 1024;
/// Native stack allocated at a time for deep trees.
const STACK_SEGMENT_BYTES: usize = 1024 * 1024;

/// Runs `body` with enough native stack for another level of a deep tree.
pub(crate) fn with_stack<R>(body: impl FnOnce() -> R) -> R {
    stacker::maybe_grow(RED_ZONE_BYTES, STACK_SEGMENT_BYTES, body)
}

impl<'p> Lowering<'_, 'p> {
    /// Runs `body` with enough native stack for another level of a deep tree.
    pub(crate) fn deeper<R>(&mut self, body: impl FnOnce(&mut Self) -> R) -> R {
        with_stack(|| body(self))
    }

    /// The value of `expr` wherever it is convenient.
    pub(crate) fn value(&mut self, expr: &'p Expr) -> Value {
        self.expr(expr, None)
    }

    /// The value of `expr` in `dst`.
    pub(crate) fn value_into(&mut self, expr: &'p Expr, dst: Reg) {
        let value = self.expr(expr, Some(dst));
        debug_assert!(value.reg == dst || self.register_kind(expr.ty).is_none());
    }

    /// The value of `expr` in a register that later assignments to variables do not change.
    pub(crate) fn stable_value(&mut self, expr: &'p Expr) -> Value {
        let value = self.value(expr);
        self.stable(value, expr)
    }

    /// The value of `expr`, which is in a register already, in one that no assignment changes.
    pub(crate) fn stable(&mut self, value: Value, expr: &Expr) -> Value {
        if value.temporary || !value.reg.is_some() || is_constant(expr) {
            return value;
        }
        let copy = self.temporary(self.value_kind(expr.ty));
        self.copy(copy.reg, value.reg);
        copy
    }

    /// Evaluates `expr` for its effect.
    pub(crate) fn effect(&mut self, expr: &'p Expr) {
        let value = self.value(expr);
        self.release(value);
    }

    /// The destination to write: the wanted one, or a new temporary.
    pub(crate) fn destination(&mut self, dst: Option<Reg>, kind: Kind) -> Value {
        match dst {
            Some(reg) => Value { reg, temporary: false },
            None => self.temporary(kind),
        }
    }

    /// A value that is already somewhere, moved to the destination if one is wanted.
    pub(crate) fn deliver(&mut self, value: Value, dst: Option<Reg>) -> Value {
        match dst {
            Some(reg) => {
                self.copy(reg, value.reg);
                self.release(value);
                Value { reg, temporary: false }
            }
            None => value,
        }
    }

    /// Emits an instruction of one operand.
    pub(crate) fn unary(
        &mut self,
        operand: &'p Expr,
        kind: Kind,
        dst: Option<Reg>,
        instr: impl FnOnce(Reg, Reg) -> Instr,
    ) -> Value {
        let src = self.value(operand);
        self.release(src);
        let value = self.destination(dst, kind);
        self.asm.emit(instr(value.reg, src.reg));
        value
    }

    /// Lowers `expr`; the value is in `dst` if that is given.
    pub(crate) fn expr(&mut self, expr: &'p Expr, dst: Option<Reg>) -> Value {
        self.deeper(|this| this.at(expr.span, |this| this.dispatch(expr, dst)))
    }

    fn dispatch(&mut self, expr: &'p Expr, dst: Option<Reg>) -> Value {
        match &expr.kind {
            ExprKind::Int(value) => self.literal(Constant::Int(*value), dst),
            ExprKind::Bool(value) => self.literal(Constant::Int(i64::from(*value)), dst),
            ExprKind::Float(value) => self.literal(Constant::Float(value.to_bits()), dst),
            ExprKind::Str(bytes) => {
                let index = self.unit.string_constant(bytes);
                self.literal(Constant::Ref(index), dst)
            }
            ExprKind::Function(id) => {
                let index = self.unit.function_constant(*id);
                self.literal(Constant::Ref(index), dst)
            }
            ExprKind::Null => self.null(dst),
            ExprKind::Local(local) => self.read_local(*local, dst),
            ExprKind::Global(global) => self.read_global(*global, dst),
            ExprKind::Closure(function, captures) => self.closure(*function, captures, dst),
            ExprKind::Neg(operand) => self.negate(operand, dst),
            ExprKind::BitNot(operand) => self.unary(operand, Kind::Int, dst, |dst, src| Instr::NotInt { dst, src }),
            ExprKind::Not(operand) => self.not(expr, operand, dst),
            ExprKind::Binary(op, lhs, rhs) => self.binary(*op, expr.ty, lhs, rhs, dst),
            ExprKind::Logical(op, lhs, rhs) => self.logical(*op, expr, lhs, rhs, dst),
            ExprKind::Compare(first, rest) => self.compare(expr, first, rest, dst),
            ExprKind::Range(..) => unreachable!("a range is only the right side of `in`"),
            ExprKind::IsNull(..) => self.condition_value(expr, dst),
            ExprKind::IsClass(object, record, positive) => self.is_class(object, *record, *positive, dst),
            ExprKind::If(cond, then, otherwise) => self.conditional(expr, cond, then, otherwise, dst),
            ExprKind::Call(function, args) => self.call(*function, args, dst),
            ExprKind::CallVirtual(slot, args) => self.call_virtual(*slot, expr.ty, args, dst),
            ExprKind::CallValue(callee, args) => self.call_value(callee, expr.ty, args, dst),
            ExprKind::CallBuiltin { builtin, args, type_args } => self.builtin(*builtin, expr.ty, args, type_args, dst),
            ExprKind::CallExtern(number, args) => self.call_extern(*number, expr.ty, args, dst),
            ExprKind::New(record, args) => self.new_record(*record, args, dst),
            ExprKind::Array(elements) => self.array(expr.ty, elements, dst),
            ExprKind::Map(entries) => self.map(expr.ty, entries, dst),
            ExprKind::Set(elements) => self.set(expr.ty, elements, dst),
            ExprKind::Tuple(members) => self.tuple(expr.ty, members, dst),
            ExprKind::Field(object, field) => self.field(object, *field, expr.ty, dst),
            ExprKind::Member(object, member) => self.member(object, *member, expr.ty, dst),
            ExprKind::Index(object, index) => self.index(object, index, expr.ty, dst),
            ExprKind::Slice(object, bounds) => self.slice(object, bounds, dst),
            ExprKind::Format(parts) => self.format(parts, dst),
            ExprKind::Convert(convert, operand) => self.convert(*convert, expr.ty, operand, dst),
            ExprKind::Unwrap(operand) => self.unwrap(expr.ty, operand, dst),
            ExprKind::Guarded(object, local, then) => self.guarded(expr, object, *local, then, dst),
            ExprKind::Downcast(object, record) => self.downcast(object, *record, dst),
            ExprKind::Block(stmts, result) => self.block_expr(stmts, result, dst),
        }
    }

    fn literal(&mut self, constant: Constant, dst: Option<Reg>) -> Value {
        match dst {
            Some(reg) => {
                self.constant_into(constant, reg);
                Value { reg, temporary: false }
            }
            None => self.constant(constant),
        }
    }

    fn null(&mut self, dst: Option<Reg>) -> Value {
        let value = self.destination(dst, Kind::Ref);
        self.asm.emit(Instr::ConstNull { dst: value.reg });
        value
    }

    fn negate(&mut self, operand: &'p Expr, dst: Option<Reg>) -> Value {
        if let Some(value) = int_literal(operand) {
            return self.literal(Constant::Int(value.wrapping_neg()), dst);
        }
        if let ExprKind::Float(value) = operand.kind {
            return self.literal(Constant::Float((-value).to_bits()), dst);
        }
        match self.value_kind(operand.ty) {
            Kind::Float => self.unary(operand, Kind::Float, dst, |dst, src| Instr::NegFloat { dst, src }),
            Kind::Int | Kind::Ref => self.unary(operand, Kind::Int, dst, |dst, src| Instr::NegInt { dst, src }),
        }
    }

    fn not(&mut self, expr: &'p Expr, operand: &'p Expr, dst: Option<Reg>) -> Value {
        if is_branching(operand) {
            return self.condition_value(expr, dst);
        }
        self.unary(operand, Kind::Int, dst, |dst, src| Instr::NotBool { dst, src })
    }

    /// `then if cond else otherwise`. The destination may be a variable that the branches read:
    /// each branch writes it last.
    fn conditional(
        &mut self,
        expr: &'p Expr,
        cond: &'p Expr,
        then: &'p Expr,
        otherwise: &'p Expr,
        dst: Option<Reg>,
    ) -> Value {
        let kind = self.value_kind(expr.ty);
        let value = self.destination(dst, kind);
        let (is_false, end) = (self.asm.label(), self.asm.label());
        self.branch(cond, is_false, false);
        self.value_into(then, value.reg);
        self.asm.emit(Instr::Jump { target: end.rel() });
        self.asm.bind(is_false);
        self.value_into(otherwise, value.reg);
        self.asm.bind(end);
        value
    }

    fn convert(&mut self, convert: Convert, to: bp_check::types::Ty, operand: &'p Expr, dst: Option<Reg>) -> Value {
        match convert {
            Convert::EnumToInt | Convert::BoolToInt | Convert::Upcast | Convert::Narrowed => self.expr(operand, dst),
            Convert::IntToFloat => {
                if let ExprKind::Int(value) = operand.kind {
                    return self.literal(Constant::Float((value as f64).to_bits()), dst);
                }
                self.unary(operand, Kind::Float, dst, |dst, src| Instr::IntToFloat { dst, src })
            }
            Convert::FloatToInt => self.unary(operand, Kind::Int, dst, |dst, src| Instr::FloatToInt { dst, src }),
            Convert::IntToBool | Convert::FloatToBool | Convert::StrToBool => self.make_bool(convert, operand, dst),
            Convert::StrToInt => self.internal(bp_builtins::Builtin::ParseInt, &[operand], dst, Kind::Int),
            Convert::StrToFloat => self.internal(bp_builtins::Builtin::ParseFloat, &[operand], dst, Kind::Float),
            Convert::ToOptional => self.make_optional(operand, dst),
            Convert::FromOptional => self.read_optional(to, operand, dst),
        }
    }

    /// `bool(x)`: not zero, not empty.
    fn make_bool(&mut self, convert: Convert, operand: &'p Expr, dst: Option<Reg>) -> Value {
        let src = self.value(operand);
        let (number, zero) = match convert {
            Convert::FloatToBool => (src, self.constant(Constant::Float(0))),
            Convert::StrToBool => {
                let length = self.temporary(Kind::Int);
                self.asm.emit(Instr::StrLen { dst: length.reg, string: src.reg });
                self.release(src);
                (length, self.constant(Constant::Int(0)))
            }
            _ => (src, self.constant(Constant::Int(0))),
        };
        self.release(number);
        self.release(zero);
        let value = self.destination(dst, Kind::Int);
        let (dst, lhs, rhs) = (value.reg, number.reg, zero.reg);
        self.asm.emit(match convert {
            Convert::FloatToBool => Instr::NeFloat { dst, lhs, rhs },
            _ => Instr::NeInt { dst, lhs, rhs },
        });
        value
    }

    fn block_expr(&mut self, stmts: &'p [bp_check::hir::Stmt], result: &'p Expr, dst: Option<Reg>) -> Value {
        let kind = self.value_kind(result.ty);
        let value = self.temporary(kind);
        let scope = self.open_scope();
        self.statements(stmts);
        // Otherwise what the result reads was not declared, either.
        if self.asm.reachable() && !self.asm.too_large() {
            self.value_into(result, value.reg);
        }
        self.close_scope(scope);
        self.deliver(value, dst)
    }

    /// Whether a value of `expr` is a plain int that fits an immediate operand.
    pub(crate) fn immediate(&self, expr: &Expr) -> Option<i16> {
        match expr.kind {
            ExprKind::Int(_) | ExprKind::Neg(_) if *self.ty(expr.ty) != TyKind::Float => {
                int_literal(expr).and_then(|value| i16::try_from(value).ok())
            }
            ExprKind::Bool(value) => Some(i16::from(value)),
            ExprKind::Local(local) => self.immediate(self.constant_param(local)?),
            // `32 - n` where `n` is a constant given to a function lowered in place.
            ExprKind::Binary(BinaryOp::Sub, ref lhs, ref rhs) if self.in_place > 0 => {
                self.immediate(lhs)?.checked_sub(self.immediate(rhs)?)
            }
            ExprKind::Convert(Convert::EnumToInt | Convert::BoolToInt, ref inner) => self.immediate(inner),
            _ => None,
        }
    }
}

/// The value of an int literal, with a sign or without.
pub(crate) fn int_literal(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Int(value) => Some(*value),
        ExprKind::Neg(operand) => match operand.kind {
            ExprKind::Int(value) => Some(value.wrapping_neg()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression is lowered as a condition rather than as a value.
pub(crate) fn is_branching(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Logical(op, ..) => *op != bp_syntax::ast::LogicalOp::Coalesce,
        ExprKind::Compare(_, rest) => rest.len() > 1,
        ExprKind::IsNull(..) => true,
        ExprKind::Not(inner) => is_branching(inner),
        _ => false,
    }
}

/// Whether evaluating an expression reads nothing.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    let kind = match &expr.kind {
        ExprKind::Neg(operand) => &operand.kind,
        kind => kind,
    };
    matches!(kind, ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Str(_) | ExprKind::Function(_))
}
