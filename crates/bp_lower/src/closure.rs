//! Closures: captured variables live in cells that the closure refers to.

use crate::function::{Lowering, Value};
use bp_check::hir::{FuncId, LocalId};
use bp_isa::{Instr, Kind, Reg};

/// Word of a closure object that holds its first captured value.
const FIRST_CAPTURE: u32 = 2;

impl<'p> Lowering<'_, 'p> {
    /// A closure over variables of this function.
    pub(crate) fn closure(&mut self, function: FuncId, captures: &'p [LocalId], dst: Option<Reg>) -> Value {
        let window = self.open_window(&vec![Kind::Ref; captures.len()]);
        for (index, local) in captures.iter().enumerate() {
            let (dst, src) = (self.window_register(window, index), self.local_register(*local));
            self.copy(dst, src);
        }
        self.close_window(window);
        let value = self.destination(dst, Kind::Ref);
        self.asm.emit(Instr::NewClosure {
            dst: value.reg,
            args: window.base,
            count: window.count,
            function: function.0,
        });
        value
    }

    /// Takes the captured cells out of the closure that the caller passed behind the parameters.
    pub(crate) fn open_closure(&mut self) {
        let closure = self.registers.take(Kind::Ref);
        for (index, local) in self.function.captures.iter().enumerate() {
            let cell = self.registers.take(Kind::Ref);
            let field = (FIRST_CAPTURE + index as u32) as u16;
            self.asm.emit(Instr::GetFieldRef { dst: cell, object: closure, field });
            self.place_local(*local, cell);
        }
    }

    /// Moves a captured parameter into a cell.
    pub(crate) fn move_into_cell(&mut self, local: LocalId) {
        let param = self.local_register(local);
        let cell = self.registers.take(Kind::Ref);
        self.new_cell(cell, param, self.local(local).ty);
        self.set_local(local, cell);
    }
}
