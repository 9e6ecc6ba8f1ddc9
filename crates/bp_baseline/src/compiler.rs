//! The compiler's state: where values are while code is emitted.
//!
//! A virtual register with a home is `valid` while the machine register holds its value and `dirty`
//! while its slot does not. Where control flow joins, exactly the live homes are valid; after a call
//! none is, and they are loaded again when they are used.

use crate::analysis::Analysis;
use crate::cold::Cold;
use crate::homes::{Home, HomeSet, home_of_bit};
use crate::masm::{Gpr, Label, Masm, Mem, RAX, RBP, RCX, RDI, RSI, RSP, Rm, Xm, Xmm};
use crate::workspace::Workspace;
use bp_isa::abi::machine::{Bail, CallSite, CompiledCode, Machine, slot_offset};
use bp_isa::coverage::{self, Tier};
use bp_isa::fault::{Fault, seeded};
use bp_isa::program::Function;
use bp_isa::{Instr, Kind, Reg};

/// Slots beyond this many would need offsets that no instruction has.
const MAX_SLOTS: usize = 1 << 20;
/// Machine code beyond this would need branches that no instruction has.
const MAX_CODE_BYTES: usize = 1 << 29;

/// A function being compiled.
pub(crate) struct Compiler<'a> {
    pub(crate) masm: Masm,
    pub(crate) function: &'a Function,
    pub(crate) machine: &'a Machine<'a>,
    pub(crate) analysis: Analysis,
    /// Number and word position of the instruction being compiled.
    pub(crate) index: usize,
    pub(crate) pc: u32,
    /// Homes that hold their register's value.
    pub(crate) valid: HomeSet,
    /// Valid homes whose slot is out of date.
    pub(crate) dirty: HomeSet,
    /// While a loop's condition is compared at its end: the number of the back edge.
    pub(crate) turned_at: Option<usize>,
    pub(crate) cold: Vec<Cold>,
    pub(crate) calls: Vec<CallSite>,
    pub(crate) positions: Vec<(u32, u32)>,
}

/// Compiles function number `index` of the machine's program.
///
/// # Errors
/// If the function is beyond what offsets can express.
pub fn compile(machine: &Machine<'_>, index: u32) -> Result<CompiledCode, Bail> {
    compile_in(machine, index, |_| ()).map(|(code, ())| code)
}

/// Machine code and the bytecode that it belongs to.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The code.
    pub code: CompiledCode,
    /// Code offset and word position of the instructions and of their error exits and slow paths, ascending
    /// by offset.
    pub positions: Vec<(u32, u32)>,
}

/// The same as [`compile`], for listings.
///
/// # Errors
/// The same.
pub fn compile_listed(machine: &Machine<'_>, index: u32) -> Result<Listed, Bail> {
    let (code, positions) = compile_in(machine, index, |compiler| compiler.positions.clone())?;
    Ok(Listed { code, positions })
}

/// The code of a function, and what `see` sees of the compiler afterwards.
fn compile_in<T>(
    machine: &Machine<'_>,
    index: u32,
    see: impl FnOnce(&Compiler<'_>) -> T,
) -> Result<(CompiledCode, T), Bail> {
    let function = &machine.program.functions[index as usize];
    if function.registers.len() > MAX_SLOTS {
        return Err(Bail::TooLarge);
    }
    Workspace::with(function, |workspace| {
        let mut compiler = workspace.begin(machine, function);
        let code = compiler.run();
        let seen = see(&compiler);
        workspace.end(compiler);
        Ok((code?, seen))
    })
}

impl Compiler<'_> {
    fn run(&mut self) -> Result<CompiledCode, Bail> {
        self.prologue();
        let mut reachable = true;
        for index in 0..self.analysis.rows().len() {
            let row = self.analysis.rows()[index];
            if row.is_target {
                if reachable {
                    self.load_homes(row.live);
                }
                self.masm.bind(self.label_of(index));
                self.assume(row.live);
                reachable = true;
            }
            if reachable {
                (self.index, self.pc) = (index, row.pc);
                self.positions.push((self.masm.offset(), row.pc));
                self.count_run();
                self.visit(index);
                reachable = row.falls();
            }
        }
        let cold_offset = self.masm.offset();
        self.emit_cold();
        let handler_entries = self.handler_entries();
        let osr_entries = self.osr_entries();
        if self.masm.offset() as usize > MAX_CODE_BYTES {
            return Err(Bail::TooLarge);
        }
        debug_assert!(self.calls.is_sorted_by_key(|site| site.return_offset), "calls are noted as they are emitted");
        Ok(CompiledCode {
            frame_bytes: self.frame_bytes() as u32,
            bytes: self.masm.finish(),
            osr_entries,
            handler_entries,
            calls: self.calls.clone(),
            cold_offset,
        })
    }

    /// Emits instruction `index`.
    pub(crate) fn visit(&mut self, index: usize) {
        let (function, pc) = (self.function, self.analysis.pc(index));
        Instr::visit_at(&function.code, pc, self);
    }

    /// Bytes below the frame pointer: the slots, rounded so that the stack stays aligned.
    pub(crate) fn frame_bytes(&self) -> i32 {
        8 * (self.function.registers.len() + usize::from(coverage::ON)).next_multiple_of(2) as i32
    }

    /// Where a frame that is counted says which tier's counters are its own: below the slots.
    fn counters(&self) -> Mem {
        Mem::at(RBP, slot_offset(0, self.function.registers.len()) - 8)
    }

    /// Notes in the new frame whose counters are its own. RAX is free.
    pub(crate) fn begin_counting(&mut self, tier: Tier) {
        if coverage::ON {
            self.masm.mov_imm(RAX, coverage::address(tier) as i64);
            self.masm.store(self.counters(), RAX);
        }
    }

    /// Counts the instruction that is about to be compiled. RAX and the flags are free between instructions.
    fn count_run(&mut self) {
        if coverage::ON {
            let opcode = self.function.opcode_at(self.pc as usize);
            self.masm.load(RAX, self.counters());
            self.masm.add_imm(Rm::Mem(Mem::at(RAX, 8 * opcode as i32)), 1);
        }
    }

    /// Establishes the frame: pushes the frame pointer and makes room.
    pub(crate) fn open_frame(&mut self) {
        self.masm.push(RBP);
        self.masm.mov(RBP, RSP);
        if self.frame_bytes() > 0 {
            self.masm.add_imm(Rm::Reg(RSP), -self.frame_bytes());
        }
    }

    /// The label of an instruction that is branched to.
    pub(crate) fn label_of(&self, index: usize) -> Label {
        debug_assert!(self.analysis.rows()[index].is_target);
        Label::of_instruction(index)
    }

    /// Notes that the call before the offset belongs to the current instruction.
    pub(crate) fn note_call(&mut self, return_offset: u32, suspended: bool) {
        self.calls.push(CallSite { return_offset, pc: self.pc, suspended });
    }

    // ---- where values are

    /// The slot of a virtual register.
    pub(crate) fn slot(&self, reg: Reg) -> Mem {
        Mem::at(RBP, slot_offset(reg.index(), self.function.registers.len()))
    }

    /// Whether a virtual register is a float.
    pub(crate) fn is_float(&self, reg: Reg) -> bool {
        self.function.registers[reg.index()] == Kind::Float
    }

    /// From here exactly the given homes hold values, and nothing is known of their slots.
    pub(crate) fn assume(&mut self, valid: HomeSet) {
        self.valid = valid;
        self.dirty = if seeded(Fault::DirtyAtJoin) { 0 } else { valid };
    }

    /// Loads a home from its slot.
    fn load_home(&mut self, bit: u8) {
        let slot = self.slot(self.analysis.homes.reg(bit));
        match home_of_bit(bit) {
            Home::Gpr(gpr) => self.masm.load(gpr, slot),
            Home::Xmm(xmm) => self.masm.load_float(xmm, slot),
        }
        self.valid |= 1 << bit;
        self.dirty &= !(1 << bit);
    }

    /// Stores a home to its slot.
    fn store_home(&mut self, bit: u8) {
        let slot = self.slot(self.analysis.homes.reg(bit));
        match home_of_bit(bit) {
            Home::Gpr(gpr) => self.masm.store(slot, gpr),
            Home::Xmm(xmm) => self.masm.store_float(slot, xmm),
        }
    }

    /// Loads those of the homes that are not valid.
    pub(crate) fn load_homes(&mut self, homes: HomeSet) {
        each_bit(homes & !self.valid, |bit| self.load_home(bit));
    }

    /// Brings the slots of the homes up to date, as far as the homes are valid.
    pub(crate) fn spill(&mut self, homes: HomeSet) {
        let stale = homes & self.valid & self.dirty;
        each_bit(stale, |bit| self.store_home(bit));
        self.dirty &= !stale;
    }

    /// Makes the homes valid that instruction `target` expects. Keeps the flags.
    pub(crate) fn reconcile(&mut self, target: usize) {
        self.load_homes(self.analysis.rows()[target].live);
    }

    /// The machine register that holds an int or reference: its home, else `scratch`, loaded.
    pub(crate) fn int(&mut self, reg: Reg, scratch: Gpr) -> Gpr {
        match self.rm(reg) {
            Rm::Reg(gpr) => gpr,
            Rm::Mem(slot) => {
                self.masm.load(scratch, slot);
                scratch
            }
        }
    }

    /// Where an int or reference is: its home, else its slot.
    pub(crate) fn rm(&mut self, reg: Reg) -> Rm {
        let Some(bit) = self.analysis.homes.bit(reg) else { return Rm::Mem(self.slot(reg)) };
        if self.valid & 1 << bit == 0 {
            self.load_home(bit);
        }
        match home_of_bit(bit) {
            Home::Gpr(gpr) => Rm::Reg(gpr),
            Home::Xmm(_) => unreachable!("r{} is no int", reg.0),
        }
    }

    /// `dst = ` an int or reference.
    pub(crate) fn load_int(&mut self, dst: Gpr, reg: Reg) {
        match self.rm(reg) {
            Rm::Reg(gpr) => self.masm.mov(dst, gpr),
            Rm::Mem(slot) => self.masm.load(dst, slot),
        }
    }

    /// Where to compute an int or reference for `reg`: its home, else `scratch`.
    pub(crate) fn int_dst(&self, reg: Reg, scratch: Gpr) -> Gpr {
        match self.analysis.homes.bit(reg).map(home_of_bit) {
            Some(Home::Gpr(gpr)) => gpr,
            _ => scratch,
        }
    }

    /// `reg` is now in `gpr`, which [`Self::int_dst`] has named or which is moved there.
    pub(crate) fn wrote_int(&mut self, reg: Reg, gpr: Gpr) {
        match self.analysis.homes.bit(reg) {
            None => self.masm.store(self.slot(reg), gpr),
            Some(bit) => {
                self.masm.mov(self.int_dst(reg, gpr), gpr);
                self.valid |= 1 << bit;
                self.dirty |= 1 << bit;
            }
        }
    }

    /// The machine register that holds a float: its home, else `scratch`, loaded.
    pub(crate) fn float(&mut self, reg: Reg, scratch: Xmm) -> Xmm {
        match self.xm(reg) {
            Xm::Reg(xmm) => xmm,
            Xm::Mem(slot) => {
                self.masm.load_float(scratch, slot);
                scratch
            }
        }
    }

    /// Where a float is: its home, else its slot.
    pub(crate) fn xm(&mut self, reg: Reg) -> Xm {
        let Some(bit) = self.analysis.homes.bit(reg) else { return Xm::Mem(self.slot(reg)) };
        if self.valid & 1 << bit == 0 {
            self.load_home(bit);
        }
        match home_of_bit(bit) {
            Home::Xmm(xmm) => Xm::Reg(xmm),
            Home::Gpr(_) => unreachable!("r{} is no float", reg.0),
        }
    }

    /// `dst = ` a float.
    pub(crate) fn load_float(&mut self, dst: Xmm, reg: Reg) {
        match self.xm(reg) {
            Xm::Reg(xmm) => self.masm.mov_float(dst, xmm),
            Xm::Mem(slot) => self.masm.load_float(dst, slot),
        }
    }

    /// Where to compute a float for `reg`: its home, else `scratch`.
    pub(crate) fn float_dst(&self, reg: Reg, scratch: Xmm) -> Xmm {
        match self.analysis.homes.bit(reg).map(home_of_bit) {
            Some(Home::Xmm(xmm)) => xmm,
            _ => scratch,
        }
    }

    /// `reg` is now in `xmm`, which [`Self::float_dst`] has named or which is moved there.
    pub(crate) fn wrote_float(&mut self, reg: Reg, xmm: Xmm) {
        match self.analysis.homes.bit(reg) {
            None => self.masm.store_float(self.slot(reg), xmm),
            Some(bit) => {
                self.masm.mov_float(self.float_dst(reg, xmm), xmm);
                self.valid |= 1 << bit;
                self.dirty |= 1 << bit;
            }
        }
    }

    /// `reg`, of any kind, `= ` a word in memory.
    pub(crate) fn load_register(&mut self, reg: Reg, place: Mem) {
        if self.is_float(reg) {
            let into = self.float_dst(reg, Xmm(0));
            self.masm.load_float(into, place);
            return self.wrote_float(reg, into);
        }
        let into = self.int_dst(reg, RAX);
        self.masm.load(into, place);
        self.wrote_int(reg, into);
    }

    /// `reg`, of any kind, is the word in `gpr`.
    pub(crate) fn wrote_word(&mut self, reg: Reg, gpr: Gpr) {
        if self.is_float(reg) && self.analysis.homes.bit(reg).is_some() {
            let xmm = self.float_dst(reg, Xmm(0));
            self.masm.float_from_bits(xmm, gpr);
            self.wrote_float(reg, xmm);
        } else {
            self.wrote_int(reg, gpr);
        }
    }

    // ---- ways in besides the entry

    /// Where each handler's exception arrives: everything is in its slot.
    fn handler_entries(&mut self) -> Vec<u32> {
        let mut entries = Vec::with_capacity(self.function.handlers.len());
        for handler in &self.function.handlers {
            entries.push(self.masm.offset());
            self.valid = 0;
            self.dirty = 0;
            let register = Reg(handler.register);
            let exception = Mem::at(crate::masm::R15, self.machine.context.exception);
            self.masm.load(RAX, exception);
            self.masm.store_imm(exception, 0);
            self.wrote_int(register, RAX);
            let target = self.analysis.index_at(handler.target);
            self.reconcile(target);
            self.masm.jump(self.label_of(target));
        }
        entries
    }

    /// Where on-stack replacement enters at each loop's header: RDI points at a copy of the window.
    fn osr_entries(&mut self) -> Vec<u32> {
        let mut entries = Vec::with_capacity(self.function.loops.len());
        for info in &self.function.loops {
            entries.push(self.masm.offset());
            self.open_frame();
            self.begin_counting(Tier::Osr);
            self.copy_window();
            self.valid = 0;
            self.dirty = 0;
            let target = self.analysis.index_at(info.header);
            self.reconcile(target);
            self.masm.jump(self.label_of(target));
        }
        entries
    }

    /// Copies the words at RDI to the slots. All homes are free.
    fn copy_window(&mut self) {
        let count = self.function.registers.len();
        self.masm.mov(RSI, RDI);
        self.masm.lea(RDI, Mem::at(RBP, slot_offset(0, count)));
        self.masm.mov_imm(RCX, count.saturating_sub(usize::from(seeded(Fault::OsrSlot))) as i64);
        self.masm.copy_words();
    }
}

/// Calls `see` with each bit of a set, lowest first.
pub(crate) fn each_bit(mut set: HomeSet, mut see: impl FnMut(u8)) {
    while set != 0 {
        see(set.trailing_zeros() as u8);
        set &= set - 1;
    }
}
