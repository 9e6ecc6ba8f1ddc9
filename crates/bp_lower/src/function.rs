//! One function: parameters, body, result.

use crate::assembler::{Assembler, Label, Region};
use crate::constants::Pool;
use crate::registers::Registers;
use crate::{LowerError, Unit};
use bp_check::hir::{self, FuncId, LocalId};
use bp_check::types::{Ty, TyKind};
use bp_isa::program::Function;
use bp_isa::types::{FixedType, TypeId};
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::span::Span;

/// A value in a register; [`Reg::NONE`] for the value of a call without result.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    /// Where it is.
    pub(crate) reg: Reg,
    /// Whether whoever uses it gives the register back; a variable's own register is not.
    pub(crate) temporary: bool,
}

/// What a `break`, `continue` or `return` passes on its way out, innermost last.
pub(crate) enum Scope<'p> {
    /// A loop.
    Loop {
        /// Where `break` goes.
        exit: Label,
        /// Where `continue` goes.
        next: Label,
        /// The loop's number, if `continue` jumps back to its header.
        back_edge: Option<u32>,
    },
    /// A protected range without `finally`.
    Protected(Region),
    /// A `try` whose `finally` must run.
    Finally(Region, &'p hir::Block),
}

/// A function being lowered.
pub(crate) struct Lowering<'u, 'p> {
    pub(crate) unit: &'u mut Unit<'p>,
    pub(crate) function: &'p hir::Function,
    pub(crate) asm: Assembler,
    pub(crate) registers: Registers,
    /// Register of each local that is in scope.
    pub(crate) locals: Vec<Option<Reg>>,
    /// Locals in scope, in the order of their declaration.
    pub(crate) declared: Vec<LocalId>,
    /// Every register that has held a named local, for listings.
    variables: Vec<(Reg, LocalId)>,
    pub(crate) scopes: Vec<Scope<'p>>,
    /// Registers of the exceptions whose handlers are being lowered, innermost last.
    pub(crate) caught: Vec<Reg>,
    pub(crate) pool: Pool,
    /// How many loops surround the code being lowered.
    pub(crate) loop_depth: u32,
    /// How many functions that are lowered in place surround it.
    pub(crate) in_place: u32,
    /// Constants that parameters of the innermost of them stand for.
    pub(crate) constant_params: Vec<Option<&'p hir::Expr>>,
}

/// Lowers one function.
pub(crate) fn lower_function<'p>(unit: &mut Unit<'p>, function: &'p hir::Function) -> Result<Function, LowerError> {
    let mut lowering = Lowering {
        unit,
        function,
        asm: Assembler::default(),
        registers: Registers::default(),
        locals: vec![None; function.locals.len()],
        declared: Vec::new(),
        variables: Vec::new(),
        scopes: Vec::new(),
        caught: Vec::new(),
        pool: Pool::default(),
        loop_depth: 0,
        in_place: 0,
        constant_params: Vec::new(),
    };
    lowering.asm.span = function.span;
    lowering.enter();
    lowering.block(&function.body);
    lowering.leave();
    lowering.finish()
}

impl<'p> Lowering<'_, 'p> {
    /// Gives the parameters r0… and moves captured ones into cells.
    fn enter(&mut self) {
        let function = self.function;
        let params = function.param_count as usize;
        for (index, local) in function.locals[..params].iter().enumerate() {
            let reg = self.take(local.ty);
            assert!(reg.index() == index || self.registers.exhausted, "parameters come first");
            self.set_local(LocalId(index as u32), reg);
        }
        if !function.captures.is_empty() {
            self.open_closure();
        }
        for (index, local) in function.locals[..params].iter().enumerate() {
            if local.captured {
                self.move_into_cell(LocalId(index as u32));
            }
        }
    }

    /// Ends the function where control runs off its end.
    fn leave(&mut self) {
        if !self.asm.reachable() {
            return;
        }
        assert!(
            self.register_kind(self.function.result).is_none() || self.asm.too_large(),
            "{} returns on every path, says the checker",
            self.function.name
        );
        self.asm.emit(Instr::RetVoid {});
    }

    fn finish(mut self) -> Result<Function, LowerError> {
        if self.registers.exhausted {
            return Err(LowerError::TooManyRegisters(self.function.span));
        }
        if self.asm.too_large() {
            return Err(LowerError::FunctionTooLarge(self.function.span));
        }
        self.load_pool();
        let fixed = self.function.param_count as u16 + u16::from(!self.function.captures.is_empty());
        let pool = self.pool.kinds();
        self.asm.place_pool(fixed, pool.len() as u16);
        let mut registers = self.registers.kinds().to_vec();
        let variables = self.variable_names(|reg| Assembler::placed(reg, fixed, pool.len() as u16));
        registers.splice(usize::from(fixed)..usize::from(fixed), pool);
        let mut function = Function {
            variables,
            name: self.function.name.clone(),
            file: self.unit.positions.file(self.function.span),
            params: self.function.param_count as u16,
            takes_closure: !self.function.captures.is_empty(),
            result: self.register_kind(self.function.result),
            registers,
            ..Function::default()
        };
        let positions = &mut self.unit.positions;
        self.asm.finish(&mut function, |span| positions.locate(span));
        Ok(function)
    }

    // ---- types

    /// What `ty` is.
    pub(crate) fn ty(&self, ty: Ty) -> &'p TyKind {
        self.unit.types.kind(ty)
    }

    /// Kind of registers that hold values of `ty`; none for void.
    pub(crate) fn register_kind(&self, ty: Ty) -> Option<Kind> {
        self.unit.types.register_kind(ty)
    }

    /// Kind of registers that hold values of `ty`, which is not void.
    pub(crate) fn value_kind(&self, ty: Ty) -> Kind {
        self.register_kind(ty).unwrap_or(Kind::Int)
    }

    /// Number of `ty`.
    pub(crate) fn type_number(&mut self, ty: Ty) -> TypeId {
        self.unit.types.number(ty)
    }

    /// The type of a cell for variables of `ty`.
    pub(crate) fn cell_type(&self, ty: Ty) -> TypeId {
        match self.value_kind(ty) {
            Kind::Ref => FixedType::RefCell.id(),
            Kind::Int | Kind::Float => FixedType::WordCell.id(),
        }
    }

    // ---- scopes

    /// Starts a scope of locals; to be given to [`Self::close_scope`].
    pub(crate) fn open_scope(&self) -> usize {
        self.declared.len()
    }

    /// Ends a scope: its locals give back their registers.
    pub(crate) fn close_scope(&mut self, scope: usize) {
        for local in self.declared.drain(scope..) {
            if let Some(reg) = self.locals[local.index()].take() {
                self.registers.release(reg);
            }
        }
    }

    /// Notes that a local lives in a register from here to the end of the scope.
    pub(crate) fn place_local(&mut self, local: LocalId, reg: Reg) {
        self.set_local(local, reg);
        self.declared.push(local);
    }

    /// Notes that a local lives in a register that some other owner gives back.
    pub(crate) fn set_local(&mut self, local: LocalId, reg: Reg) {
        self.locals[local.index()] = Some(reg);
        self.variables.push((reg, local));
    }

    /// Names of the registers that hold variables, by register.
    fn variable_names(&self, place: impl Fn(Reg) -> Reg) -> Vec<(u16, Box<str>)> {
        let named = self.variables.iter().filter(|(_, local)| !self.local(*local).name.is_empty());
        let mut names: Vec<_> = named.map(|(reg, local)| (place(*reg).0, self.local(*local).name.clone())).collect();
        names.sort();
        names.dedup();
        names
    }

    // ---- registers

    /// A free register for a value of `ty`.
    pub(crate) fn take(&mut self, ty: Ty) -> Reg {
        let kind = self.value_kind(ty);
        self.registers.take(kind)
    }

    /// A temporary of a kind.
    pub(crate) fn temporary(&mut self, kind: Kind) -> Value {
        Value { reg: self.registers.take(kind), temporary: true }
    }

    /// Gives back a value's register if it is a temporary.
    pub(crate) fn release(&mut self, value: Value) {
        if value.temporary {
            self.registers.release(value.reg);
        }
    }

    /// Copies `src` to `dst` unless they are one.
    pub(crate) fn copy(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.asm.emit(Instr::MoveAny { dst, src });
        }
    }

    /// Runs `body` with instructions attributed to `span`, or to the call if a function is lowered in place.
    pub(crate) fn at<R>(&mut self, span: Span, body: impl FnOnce(&mut Self) -> R) -> R {
        if self.in_place > 0 {
            return body(self);
        }
        let outer = std::mem::replace(&mut self.asm.span, span);
        let result = body(self);
        self.asm.span = outer;
        result
    }

    /// The declaration of a local.
    pub(crate) fn local(&self, local: LocalId) -> &'p hir::Local {
        &self.function.locals[local.index()]
    }

    /// The register of a local in scope: its value, or its cell if captured.
    pub(crate) fn local_register(&self, local: LocalId) -> Reg {
        self.locals[local.index()]
            .unwrap_or_else(|| panic!("`{}` of {} is used in its scope", self.local(local).name, self.function.name))
    }

    /// The kind of a pool register, none for an ordinary one.
    pub(crate) fn pool_kind(&self, reg: Reg) -> Option<Kind> {
        let number = reg.0.checked_sub(crate::constants::FIRST_POOL_REGISTER)?;
        self.pool.kind(number.into())
    }

    /// The function with a number.
    pub(crate) fn callee(&self, function: FuncId) -> &'p hir::Function {
        &self.unit.program.functions[function.index()]
    }
}
