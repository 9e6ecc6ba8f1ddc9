//! `try`: handlers, and `finally` blocks copied for every way out.
//!
//! A `finally` block runs (1) after the protected code ran to its end, (2) in front of each
//! `return`, `break` and `continue` that leaves it, (3) in a handler that rethrows. Copies are
//! outside the range that the `try` protects, which is therefore a list of ranges.

use crate::assembler::Label;
use crate::function::{Lowering, Scope};
use bp_check::hir::{Block, Catch};
use bp_isa::fault::{Fault, seeded};
use bp_isa::{Instr, Kind, Reg};

impl<'p> Lowering<'_, 'p> {
    /// `try … catch … finally`
    pub(crate) fn try_stmt(&mut self, body: &'p Block, catches: &'p [Catch], finally: Option<&'p Block>) {
        let Some(finally) = finally else { return self.try_catch(body, catches) };
        let (handler, end) = (self.asm.label(), self.asm.label());
        let exception = self.registers.take(Kind::Ref);
        let region = self.asm.open_region(handler, exception);
        self.scopes.push(Scope::Finally(region, finally));
        self.try_catch(body, catches);
        self.close_region();
        if self.asm.reachable() {
            self.block(finally);
            self.asm.emit(Instr::Jump { target: end.rel() });
        }
        self.asm.bind(handler);
        if self.asm.reachable() {
            self.caught.push(exception);
            if !seeded(Fault::FinallySkipped) {
                self.block(finally);
            }
            self.caught.pop();
            self.asm.emit(Instr::Rethrow { src: exception });
        }
        self.registers.release(exception);
        self.asm.bind(end);
    }

    fn try_catch(&mut self, body: &'p Block, catches: &'p [Catch]) {
        if catches.is_empty() {
            return self.block(body);
        }
        let (handler, end) = (self.asm.label(), self.asm.label());
        let exception = self.registers.take(Kind::Ref);
        let region = self.asm.open_region(handler, exception);
        self.scopes.push(Scope::Protected(region));
        self.block(body);
        self.close_region();
        self.asm.emit(Instr::Jump { target: end.rel() });
        self.asm.bind(handler);
        self.caught.push(exception);
        for catch in catches {
            let next = self.at(catch.span, |this| this.catch(catch, exception));
            self.asm.emit(Instr::Jump { target: end.rel() });
            self.asm.bind(next);
        }
        self.asm.emit(Instr::Rethrow { src: exception });
        self.caught.pop();
        self.registers.release(exception);
        self.asm.bind(end);
    }

    /// One handler; answers the label to bind where control goes if the class does not fit.
    fn catch(&mut self, catch: &'p Catch, exception: Reg) -> Label {
        let next = self.asm.label();
        if let Some(class) = catch.class {
            let ty = self.unit.types.record(class);
            let fits = self.temporary(Kind::Int);
            self.asm.emit(Instr::IsClass { dst: fits.reg, object: exception, ty });
            self.branch_bool(fits.reg, next, false);
            self.release(fits);
        }
        let scope = self.open_scope();
        if let Some(object) = catch.object {
            self.bind_local(object, exception);
        }
        if let Some(message) = catch.message {
            let ty = self.local(message).ty;
            let text = self.load_field(exception, bp_builtins::errors::MESSAGE_FIELD, ty, None);
            self.bind_local(message, text.reg);
            self.release(text);
        }
        self.statements(&catch.body);
        self.close_scope(scope);
        next
    }

    /// Ends the innermost protected range.
    fn close_region(&mut self) {
        match self.scopes.pop() {
            Some(Scope::Protected(mut region) | Scope::Finally(mut region, _)) => self.asm.suspend_region(&mut region),
            Some(Scope::Loop { .. }) | None => unreachable!("scopes nest"),
        }
    }

    /// Leaves all scopes from `down_to` on, innermost first, running their `finally` blocks, then
    /// emits `jump`. Everything emitted here is outside the ranges it has left.
    pub(crate) fn leave_scopes(&mut self, down_to: usize, jump: impl FnOnce(&mut Self)) {
        let mut left = Vec::new();
        while self.scopes.len() > down_to && self.asm.reachable() {
            let mut scope = self.scopes.pop().expect("just counted");
            if let Scope::Protected(region) | Scope::Finally(region, _) = &mut scope {
                self.asm.suspend_region(region);
            }
            let finally = if let Scope::Finally(_, block) = &scope { Some(*block) } else { None };
            left.push(scope);
            if let Some(block) = finally {
                self.block(block);
            }
        }
        jump(self);
        for mut scope in left.into_iter().rev() {
            if let Scope::Protected(region) | Scope::Finally(region, _) = &mut scope {
                self.asm.resume_region(region);
            }
            self.scopes.push(scope);
        }
    }
}
