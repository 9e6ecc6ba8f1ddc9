//! Calls of functions, methods, function values and built-ins: argument windows.

use crate::constants::{Constant, FIRST_POOL_REGISTER};
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Arg, Expr, FuncId};
use bp_check::types::Ty;
use bp_isa::types::TypeId;
use bp_isa::{Instr, Kind, Reg};

/// Consecutive registers with the arguments of a call.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) base: Reg,
    pub(crate) count: u16,
}

impl<'p> Lowering<'_, 'p> {
    /// A window for values of the kinds.
    pub(crate) fn open_window(&mut self, kinds: &[Kind]) -> Window {
        Window { base: self.registers.take_window(kinds), count: kinds.len() as u16 }
    }

    /// Register number `index` of a window.
    pub(crate) fn window_register(&self, window: Window, index: usize) -> Reg {
        let reg = window.base.index() + index;
        // Beyond the last register only when the function has too many; its code is then discarded.
        Reg(reg.min(usize::from(FIRST_POOL_REGISTER) - 1) as u16)
    }

    /// Gives a window back, after which the call's destination is chosen.
    pub(crate) fn close_window(&mut self, window: Window) {
        self.registers.release_window(window.base, usize::from(window.count));
    }

    /// Evaluates arguments in their order into the places of their parameters.
    pub(crate) fn arguments(&mut self, args: &'p [Arg]) -> Window {
        let mut kinds = vec![Kind::Int; args.len()];
        for arg in args {
            kinds[arg.param as usize] = self.value_kind(arg.value.ty);
        }
        let window = self.open_window(&kinds);
        for arg in args {
            let reg = self.window_register(window, arg.param as usize);
            self.value_into(&arg.value, reg);
        }
        window
    }

    /// Evaluates expressions in their order into a window.
    pub(crate) fn values_window(&mut self, values: impl Iterator<Item = &'p Expr> + Clone) -> Window {
        let kinds: Vec<Kind> = values.clone().map(|value| self.value_kind(value.ty)).collect();
        let window = self.open_window(&kinds);
        for (index, value) in values.enumerate() {
            let reg = self.window_register(window, index);
            self.value_into(value, reg);
        }
        window
    }

    /// The destination of a call: none for a call without result.
    pub(crate) fn call_destination(&mut self, ty: Ty, dst: Option<Reg>) -> Value {
        match self.register_kind(ty) {
            None => Value { reg: Reg::NONE, temporary: false },
            Some(kind) => self.destination(dst, kind),
        }
    }

    /// A call of a known function.
    pub(crate) fn call(&mut self, function: FuncId, args: &'p [Arg], dst: Option<Reg>) -> Value {
        if let Some(value) = self.call_in_place(function, args, dst) {
            return value;
        }
        let window = self.arguments(args);
        self.close_window(window);
        let result = self.callee(function).result;
        let value = self.call_destination(result, dst);
        self.asm.emit(Instr::Call { dst: value.reg, args: window.base, count: window.count, function: function.0 });
        value
    }

    /// A call of a method by vtable slot, or directly where all objects have the same one.
    pub(crate) fn call_virtual(&mut self, slot: u32, ty: Ty, args: &'p [Arg], dst: Option<Reg>) -> Value {
        let receiver = args.iter().find(|arg| arg.param == 0).expect("a method has a receiver");
        if let Some(function) = self.unit.only_target(receiver.value.ty, slot) {
            return self.call(function, args, dst);
        }
        let window = self.arguments(args);
        self.close_window(window);
        let value = self.call_destination(ty, dst);
        let slot = slot.cast_signed();
        self.asm.emit(Instr::CallVirtual { dst: value.reg, args: window.base, count: window.count, slot });
        value
    }

    /// A call of a function value; the callee is evaluated before the arguments.
    pub(crate) fn call_value(&mut self, callee: &'p Expr, ty: Ty, args: &'p [Expr], dst: Option<Reg>) -> Value {
        let closure = self.value(callee);
        let window = self.values_window(args.iter());
        self.close_window(window);
        self.release(closure);
        let value = self.call_destination(ty, dst);
        self.asm.emit(Instr::CallValue {
            dst: value.reg,
            args: window.base,
            count: window.count,
            closure: closure.reg,
        });
        value
    }

    /// A call of a built-in's body with the arguments in a window already; adds the hidden types.
    pub(crate) fn emit_builtin(
        &mut self,
        builtin: Builtin,
        window: Window,
        result: Option<Kind>,
        dst: Option<Reg>,
    ) -> Value {
        self.close_window(window);
        let value = match result {
            None => Value { reg: Reg::NONE, temporary: false },
            Some(kind) => self.destination(dst, kind),
        };
        self.asm.emit(Instr::CallBuiltin {
            dst: value.reg,
            args: window.base,
            count: window.count,
            builtin: builtin.index() as u32,
        });
        value
    }

    /// A call of a built-in with arguments and hidden types.
    pub(crate) fn call_body(
        &mut self,
        builtin: Builtin,
        args: &'p [Arg],
        types: &[TypeId],
        result: Option<Kind>,
        dst: Option<Reg>,
    ) -> Value {
        let mut kinds = vec![Kind::Int; args.len()];
        for arg in args {
            kinds[arg.param as usize] = self.value_kind(arg.value.ty);
        }
        kinds.extend(types.iter().map(|_| Kind::Int));
        let window = self.open_window(&kinds);
        for arg in args {
            let reg = self.window_register(window, arg.param as usize);
            self.value_into(&arg.value, reg);
        }
        self.load_types(window, args.len(), types);
        self.emit_builtin(builtin, window, result, dst)
    }

    /// A call of a foreign function: its number follows the arguments.
    pub(crate) fn call_extern(&mut self, number: u32, ty: Ty, args: &'p [Arg], dst: Option<Reg>) -> Value {
        let result = self.register_kind(ty);
        self.call_body(Builtin::CallHost, args, &[number], result, dst)
    }

    /// A call of an internal built-in whose arguments are all values.
    pub(crate) fn internal(&mut self, builtin: Builtin, args: &[&'p Expr], dst: Option<Reg>, result: Kind) -> Value {
        let window = self.values_window(args.iter().copied());
        self.emit_builtin(builtin, window, Some(result), dst)
    }

    /// A call of an internal built-in with values that are in registers already; releases them.
    pub(crate) fn internal_values(
        &mut self,
        builtin: Builtin,
        values: &[Value],
        kinds: &[Kind],
        types: &[TypeId],
        dst: Option<Reg>,
        result: Kind,
    ) -> Value {
        let mut all = kinds[..values.len()].to_vec();
        all.extend(types.iter().map(|_| Kind::Int));
        let window = self.open_window(&all);
        for (index, value) in values.iter().enumerate() {
            let reg = self.window_register(window, index);
            self.copy(reg, value.reg);
        }
        self.load_types(window, values.len(), types);
        values.iter().for_each(|value| self.release(*value));
        self.emit_builtin(builtin, window, Some(result), dst)
    }

    fn load_types(&mut self, window: Window, from: usize, types: &[TypeId]) {
        for (index, ty) in types.iter().enumerate() {
            let reg = self.window_register(window, from + index);
            self.constant_into(Constant::Int(i64::from(*ty)), reg);
        }
    }
}
