//! Calls of small functions lowered in place.
//!
//! A function is small if its body is one expression of few operations that neither throw, allocate, call nor loop:
//! no traceback lacks its frame, no collection looks for one, nothing is interrupted in it. Its parameters are the
//! registers of the arguments, which nothing in such an expression can change. What is called in place is counted in
//! no profile.
//!
//! `@noinline` forbids it, `@inline` admits larger bodies.

use crate::assembler::Label;
use crate::expr::{int_literal, is_constant, with_stack};
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Arg, Convert, Expr, ExprKind, FuncId, Function, LocalId, Program, StmtKind};
use bp_check::types::{Ty, TyKind};
use bp_isa::Reg;
use bp_syntax::ast::{BinaryOp, CompareOp, LogicalOp};
use rustc_hash::FxHashMap;

/// Most operations of a body that is lowered in place.
const SMALL: u32 = 12;
/// The same with `@inline`.
const WANTED: u32 = 64;

/// What is known of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Size {
    /// Being looked at: it calls itself.
    Open,
    /// It has to be called.
    Call,
    /// Number of operations.
    Small(u32),
}

/// Which functions are small, as far as somebody asked.
#[derive(Default)]
pub(crate) struct Inlining {
    sizes: FxHashMap<FuncId, Size>,
}

impl Inlining {
    /// The expression that a call of the function stands for, if it is small.
    pub(crate) fn body<'p>(&mut self, program: &'p Program, id: FuncId) -> Option<&'p Expr> {
        match self.size(program, id) {
            Size::Small(_) => only_expression(&program.functions[id.index()]),
            Size::Open | Size::Call => None,
        }
    }

    fn size(&mut self, program: &Program, id: FuncId) -> Size {
        if let Some(&known) = self.sizes.get(&id) {
            return known;
        }
        self.sizes.insert(id, Size::Open);
        let function = &program.functions[id.index()];
        let has = |name: &str| function.annotations.iter().any(|annotation| **annotation == *name);
        let most = match (has("noinline"), has("inline")) {
            (true, _) => 0,
            (false, true) => WANTED,
            (false, false) => SMALL,
        };
        let mut count = Count { inlining: self, program, operations: 0, most };
        let size = match only_expression(function) {
            // What it calls is looked at, too: functions may call each other in a long chain.
            Some(body) if most > 0 && with_stack(|| count.admits(body)) => Size::Small(count.operations),
            _ => Size::Call,
        };
        self.sizes.insert(id, size);
        size
    }
}

/// The expression whose value is all that the function is.
fn only_expression(function: &Function) -> Option<&Expr> {
    let plain = function.captures.is_empty()
        && function.locals.len() == function.param_count as usize
        && function.locals.iter().all(|local| !local.captured);
    match function.body.as_slice() {
        [stmt] if plain => match &stmt.kind {
            StmtKind::Return(Some(value)) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// A walk over a body that counts operations.
struct Count<'i, 'p> {
    inlining: &'i mut Inlining,
    program: &'p Program,
    operations: u32,
    most: u32,
}

impl Count<'_, '_> {
    /// Whether the expression may be lowered in place, with what was counted before.
    fn admits(&mut self, expr: &Expr) -> bool {
        self.operations += self.weight(expr);
        self.operations <= self.most && self.admits_kind(expr)
    }

    /// Operations of the node itself.
    fn weight(&self, expr: &Expr) -> u32 {
        match expr.kind {
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Local(_) => 0,
            ExprKind::Convert(Convert::EnumToInt | Convert::BoolToInt | Convert::Upcast | Convert::Narrowed, _) => 0,
            _ => 1,
        }
    }

    fn admits_kind(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Local(_) => true,
            ExprKind::Global(id) => !self.program.globals[id.index()].may_be_read_early,
            ExprKind::Neg(operand) | ExprKind::BitNot(operand) | ExprKind::Not(operand) => self.admits(operand),
            ExprKind::IsNull(operand, _) => self.admits(operand),
            ExprKind::Field(object, _) | ExprKind::Member(object, _) => self.admits(object),
            ExprKind::Binary(op, lhs, rhs) => {
                self.never_throws(*op, expr.ty, rhs) && self.admits(lhs) && self.admits(rhs)
            }
            ExprKind::Logical(LogicalOp::And | LogicalOp::Or, lhs, rhs) => self.admits(lhs) && self.admits(rhs),
            ExprKind::Compare(first, rest) => {
                self.admits(first)
                    && rest.iter().all(|(op, operand)| self.compares(*op, operand.ty) && self.admits(operand))
            }
            ExprKind::If(cond, then, otherwise) => self.admits(cond) && self.admits(then) && self.admits(otherwise),
            ExprKind::Convert(convert, operand) => is_flat(*convert) && self.admits(operand),
            ExprKind::CallBuiltin { builtin, args, .. } => {
                is_instruction(*builtin) && args.iter().all(|arg| self.admits(&arg.value))
            }
            ExprKind::Call(id, args) => match self.inlining.size(self.program, *id) {
                Size::Small(inner) => {
                    self.operations += inner;
                    self.operations <= self.most && args.iter().all(|arg| self.admits(&arg.value))
                }
                Size::Open | Size::Call => false,
            },
            _ => false,
        }
    }

    fn kind(&self, ty: Ty) -> &TyKind {
        self.program.types.kind(ty)
    }

    fn never_throws(&self, op: BinaryOp, ty: Ty, rhs: &Expr) -> bool {
        match (self.kind(ty), op) {
            (_, BinaryOp::Pow) => false,
            (TyKind::Float, _) => true,
            (TyKind::Int, BinaryOp::Div | BinaryOp::Rem | BinaryOp::FloorDiv) => {
                int_literal(rhs).is_some_and(|divisor| divisor != 0)
            }
            (TyKind::Int, _) => true,
            _ => false,
        }
    }

    fn compares(&self, op: CompareOp, ty: Ty) -> bool {
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        match self.kind(ty) {
            TyKind::Int | TyKind::Float | TyKind::Bool | TyKind::Enum(_) => {
                !matches!(op, CompareOp::In | CompareOp::NotIn)
            }
            TyKind::Str => equality,
            _ => matches!(op, CompareOp::Is | CompareOp::IsNot),
        }
    }
}

/// Conversions that neither throw nor allocate.
fn is_flat(convert: Convert) -> bool {
    match convert {
        Convert::EnumToInt | Convert::BoolToInt | Convert::IntToFloat | Convert::IntToBool => true,
        Convert::FloatToBool | Convert::Upcast | Convert::Narrowed => true,
        Convert::FloatToInt | Convert::StrToBool | Convert::StrToInt | Convert::StrToFloat => false,
        Convert::ToOptional | Convert::FromOptional => false,
    }
}

/// Built-ins that are an instruction without effect.
fn is_instruction(builtin: Builtin) -> bool {
    let effects = builtin.row().effects;
    effects.inline && !(effects.throws || effects.alloc || effects.writes || effects.calls || effects.io)
}

impl<'p> Lowering<'_, 'p> {
    /// A call of a small function, lowered in place; none if it is not small.
    pub(crate) fn call_in_place(&mut self, id: FuncId, args: &'p [Arg], dst: Option<Reg>) -> Option<Value> {
        let body = self.unit.inlining.body(self.unit.program, id)?;
        let (mut value, args) = self.in_place(id, args, |this| this.expr(body, dst));
        for arg in args {
            // What a parameter itself is the value of lives on in it.
            match arg.temporary && arg.reg == value.reg {
                true => value.temporary = true,
                false => self.release(arg),
            }
        }
        Some(value)
    }

    /// A branch on what a small function answers; false if it is not small.
    pub(crate) fn branch_in_place(&mut self, id: FuncId, args: &'p [Arg], target: Label, when: bool) -> bool {
        let Some(body) = self.unit.inlining.body(self.unit.program, id) else { return false };
        let ((), args) = self.in_place(id, args, |this| this.branch(body, target, when));
        args.into_iter().for_each(|arg| self.release(arg));
        true
    }

    /// The constant that a parameter of a function lowered in place stands for.
    pub(crate) fn constant_param(&self, local: LocalId) -> Option<&'p Expr> {
        self.constant_params.get(local.index()).copied().flatten()
    }

    /// A constant as it stands, or that of a parameter.
    fn constant_of(&self, expr: &'p Expr) -> Option<&'p Expr> {
        match expr.kind {
            ExprKind::Local(local) => self.constant_param(local),
            _ => is_constant(expr).then_some(expr),
        }
    }

    /// Runs `lower` for the body of a function whose parameters are the arguments; these are still to be released.
    fn in_place<R>(&mut self, id: FuncId, args: &'p [Arg], lower: impl FnOnce(&mut Self) -> R) -> (R, Vec<Value>) {
        let callee = self.callee(id);
        let mut params = vec![None; callee.locals.len()];
        let mut constants = vec![None; callee.locals.len()];
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            if let Some(constant) = self.constant_of(&arg.value) {
                constants[arg.param as usize] = Some(constant);
                continue;
            }
            let value = self.value(&arg.value);
            params[arg.param as usize] = Some(value.reg);
            values.push(value);
        }
        let locals = std::mem::replace(&mut self.locals, params);
        let constants = std::mem::replace(&mut self.constant_params, constants);
        let function = std::mem::replace(&mut self.function, callee);
        self.in_place += 1;
        let result = lower(self);
        self.in_place -= 1;
        self.function = function;
        self.locals = locals;
        self.constant_params = constants;
        (result, values)
    }
}
