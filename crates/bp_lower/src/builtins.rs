//! Calls of built-ins: those with an instruction of their own, and calls of bodies.

use crate::compare::KeyKind;
use crate::containers::array_push;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Arg, Expr, ExprKind};
use bp_check::types::{Ty, TyKind};
use bp_isa::types::TypeId;
use bp_isa::{Instr, Kind, Reg};

/// Makes an instruction from destination and source.
type Unary = fn(Reg, Reg) -> Instr;
/// Makes an instruction from destination and two sources.
type Binary = fn(Reg, Reg, Reg) -> Instr;

/// The instruction of a built-in with one scalar argument.
fn unary_instr(builtin: Builtin) -> Option<(Kind, Unary)> {
    Some(match builtin {
        Builtin::AbsInt => (Kind::Int, |dst, src| Instr::AbsInt { dst, src }),
        Builtin::AbsFloat => (Kind::Float, |dst, src| Instr::AbsFloat { dst, src }),
        Builtin::SqrtFloat => (Kind::Float, |dst, src| Instr::SqrtFloat { dst, src }),
        Builtin::FloorFloat => (Kind::Float, |dst, src| Instr::FloorFloat { dst, src }),
        Builtin::CeilFloat => (Kind::Float, |dst, src| Instr::CeilFloat { dst, src }),
        Builtin::RoundFloat => (Kind::Float, |dst, src| Instr::RoundFloat { dst, src }),
        Builtin::TruncFloat => (Kind::Float, |dst, src| Instr::TruncFloat { dst, src }),
        Builtin::IntToFloat => (Kind::Float, |dst, src| Instr::IntToFloat { dst, src }),
        Builtin::FloatToInt => (Kind::Int, |dst, src| Instr::FloatToIntRaw { dst, src }),
        Builtin::BitNot => (Kind::Int, |dst, src| Instr::NotInt { dst, src }),
        Builtin::Popcount => (Kind::Int, |dst, src| Instr::PopcountInt { dst, src }),
        Builtin::Clz => (Kind::Int, |dst, src| Instr::ClzInt { dst, src }),
        Builtin::Ctz => (Kind::Int, |dst, src| Instr::CtzInt { dst, src }),
        Builtin::Bswap => (Kind::Int, |dst, src| Instr::BswapInt { dst, src }),
        Builtin::StrLen => (Kind::Int, |dst, string| Instr::StrLen { dst, string }),
        Builtin::ArrayLen => (Kind::Int, |dst, array| Instr::ArrayLen { dst, array }),
        Builtin::MapLen => (Kind::Int, |dst, map| Instr::MapLen { dst, map }),
        _ => return None,
    })
}

/// The instruction of a built-in with two arguments.
fn binary_instr(builtin: Builtin) -> Option<(Kind, Binary)> {
    Some(match builtin {
        Builtin::MinInt => (Kind::Int, |dst, lhs, rhs| Instr::MinInt { dst, lhs, rhs }),
        Builtin::MaxInt => (Kind::Int, |dst, lhs, rhs| Instr::MaxInt { dst, lhs, rhs }),
        Builtin::MinFloat => (Kind::Float, |dst, lhs, rhs| Instr::MinFloat { dst, lhs, rhs }),
        Builtin::MaxFloat => (Kind::Float, |dst, lhs, rhs| Instr::MaxFloat { dst, lhs, rhs }),
        Builtin::PowInt => (Kind::Int, |dst, lhs, rhs| Instr::PowInt { dst, lhs, rhs }),
        Builtin::PowFloat => (Kind::Float, |dst, lhs, rhs| Instr::PowFloat { dst, lhs, rhs }),
        Builtin::BitAnd => (Kind::Int, |dst, lhs, rhs| Instr::AndInt { dst, lhs, rhs }),
        Builtin::BitOr => (Kind::Int, |dst, lhs, rhs| Instr::OrInt { dst, lhs, rhs }),
        Builtin::BitXor => (Kind::Int, |dst, lhs, rhs| Instr::XorInt { dst, lhs, rhs }),
        Builtin::BitShl => (Kind::Int, |dst, lhs, rhs| Instr::ShlInt { dst, lhs, rhs }),
        Builtin::BitShr => (Kind::Int, |dst, lhs, rhs| Instr::ShrInt { dst, lhs, rhs }),
        Builtin::Rotl => (Kind::Int, |dst, lhs, rhs| Instr::RotlInt { dst, lhs, rhs }),
        Builtin::Rotr => (Kind::Int, |dst, lhs, rhs| Instr::RotrInt { dst, lhs, rhs }),
        Builtin::MulHi => (Kind::Int, |dst, lhs, rhs| Instr::MulHiInt { dst, lhs, rhs }),
        Builtin::AddChecked => (Kind::Int, |dst, lhs, rhs| Instr::AddCheckedInt { dst, lhs, rhs }),
        Builtin::SubChecked => (Kind::Int, |dst, lhs, rhs| Instr::SubCheckedInt { dst, lhs, rhs }),
        Builtin::MulChecked => (Kind::Int, |dst, lhs, rhs| Instr::MulCheckedInt { dst, lhs, rhs }),
        Builtin::StrByte => (Kind::Int, |dst, string, index| Instr::StrByte { dst, string, index }),
        _ => return None,
    })
}

impl<'p> Lowering<'_, 'p> {
    /// A call of a built-in.
    pub(crate) fn builtin(
        &mut self,
        builtin: Builtin,
        ty: Ty,
        args: &'p [Arg],
        type_args: &'p [Ty],
        dst: Option<Reg>,
    ) -> Value {
        match builtin {
            Builtin::Print | Builtin::EPrint => return self.print(builtin, args),
            Builtin::ToStr => return self.text(&args[0].value, dst),
            Builtin::ArrayPush => return self.push(args),
            Builtin::ArrayPop => {
                let kind = self.value_kind(ty);
                return self.unary(&args[0].value, kind, dst, |dst, array| Instr::ArrayPop { dst, array });
            }
            Builtin::MapHasKey => return self.has_key(args, dst),
            _ => {}
        }
        if let Some((kind, instr)) = unary_instr(builtin) {
            return self.unary(&args[0].value, kind, dst, instr);
        }
        if let Some((kind, instr)) = binary_instr(builtin) {
            let [first, second] = self.argument_values(args);
            self.release(second);
            self.release(first);
            let value = self.destination(dst, kind);
            self.asm.emit(instr(value.reg, first.reg, second.reg));
            return value;
        }
        let types: Vec<TypeId> = type_args.iter().map(|ty| self.type_number(*ty)).collect();
        let result = self.register_kind(ty);
        if result == Some(Kind::Ref) {
            // The body finds the type of the object it makes among the program's types.
            self.type_number(ty);
        }
        let value = self.call_body(builtin, args, &types, result, dst);
        if *self.ty(ty) == TyKind::Never {
            // Control does not come back; what follows is not emitted.
            self.asm.emit(Instr::TrapNow { trap: bp_isa::Trap::Interrupt as u32 });
        }
        value
    }

    /// Two arguments, evaluated in their order, by parameter.
    fn argument_values(&mut self, args: &'p [Arg]) -> [Value; 2] {
        let mut values = [Value { reg: Reg::NONE, temporary: false }; 2];
        for arg in args {
            values[arg.param as usize] = self.value(&arg.value);
        }
        values
    }

    fn push(&mut self, args: &'p [Arg]) -> Value {
        let array_arg = args.iter().find(|arg| arg.param == 0).expect("`push` has a receiver");
        let TyKind::Array(element) = *self.ty(array_arg.value.ty) else { unreachable!("`push` is of arrays") };
        let kind = self.unit.types.element_kind(element);
        let [array, value] = self.argument_values(args);
        self.asm.emit(array_push(kind, array.reg, value.reg));
        self.release(value);
        self.release(array);
        Value { reg: Reg::NONE, temporary: false }
    }

    fn has_key(&mut self, args: &'p [Arg], dst: Option<Reg>) -> Value {
        let key_arg = args.iter().find(|arg| arg.param == 1).expect("a key is looked for");
        let key_kind = self.key_kind(key_arg.value.ty);
        let [map, key] = self.argument_values(args);
        self.release(key);
        self.release(map);
        let value = self.destination(dst, Kind::Int);
        let (dst, map, key) = (value.reg, map.reg, key.reg);
        self.asm.emit(match key_kind {
            KeyKind::Int => Instr::MapHasInt { dst, map, key },
            KeyKind::Str => Instr::MapHasStr { dst, map, key },
            KeyKind::Any => Instr::MapHasAny { dst, map, key },
        });
        value
    }

    /// `print(values…, sep, end)`: all arguments first, then the texts, then the call.
    fn print(&mut self, builtin: Builtin, args: &'p [Arg]) -> Value {
        let values = args.iter().take_while(|arg| arg.param == 0).count();
        let (shown, options) = args.split_at(values);
        let needs_order = self.texts_must_wait(args, values);
        let early: Vec<Option<Value>> =
            shown.iter().map(|arg| needs_order.then(|| self.stable_value(&arg.value))).collect();
        let window = self.open_window(&vec![Kind::Ref; args.len()]);
        for (index, (arg, value)) in shown.iter().zip(early).enumerate() {
            let reg = self.window_register(window, index);
            match value {
                None => {
                    self.text(&arg.value, Some(reg));
                }
                Some(value) => self.text_of_register(value, arg.value.ty, reg),
            }
        }
        for arg in options {
            let reg = self.window_register(window, values + arg.param as usize - 1);
            self.value_into(&arg.value, reg);
        }
        self.emit_builtin(builtin, window, None, None)
    }

    /// Whether the text of some value could be changed by evaluating a later argument: then all
    /// values are taken before the first text is made.
    fn texts_must_wait(&self, args: &'p [Arg], values: usize) -> bool {
        let mutable = |arg: &Arg| self.value_kind(arg.value.ty) == Kind::Ref && *self.ty(arg.value.ty) != TyKind::Str;
        let first = args[..values].iter().position(mutable);
        first.is_some_and(|first| args[first + 1..].iter().any(|arg| !is_plain(&arg.value)))
    }

    fn text_of_register(&mut self, value: Value, ty: Ty, dst: Reg) {
        if *self.ty(ty) == TyKind::Str {
            self.copy(dst, value.reg);
        } else {
            let ty = self.type_number(ty);
            self.asm.emit(Instr::ToStr { dst, src: value.reg, ty });
        }
        self.release(value);
    }
}

/// Whether evaluating an expression can change nothing that others see.
fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Local(_)
        | ExprKind::Global(_)
        | ExprKind::Str(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Bool(_) => true,
        ExprKind::Field(object, _) | ExprKind::Member(object, _) => is_plain(object),
        _ => false,
    }
}
