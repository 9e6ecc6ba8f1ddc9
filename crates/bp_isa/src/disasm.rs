//! Listings of functions for people: names instead of numbers, source lines beside.
//!
//! Works on any program, verified or not: what does not decode is shown as its word.

use crate::liveness::blocks::target;
use crate::operand::{Kind, Numbering, Operand};
use crate::program::{Constant, Function};
use crate::traps::Trap;
use crate::types::{FIRST_ERROR_CLASS, FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId};
use crate::{Instr, Program};
use bp_builtins::Builtin;
use bp_builtins::errors::ErrorClass;
use rustc_hash::FxHashMap;
use std::fmt::Write;

/// Column in which the source line stands.
const SOURCE_COLUMN: usize = 52;
/// Characters of a string constant that are shown.
const SHOWN_CHARACTERS: usize = 24;
/// Levels of a type that are written out.
const TYPE_DEPTH: u32 = 4;
/// Members of a tuple and parameters of a function type that are shown.
const SHOWN_MEMBERS: usize = 8;
/// Characters of a register list per line.
const HEAD_WIDTH: usize = 90;

/// The listing of function number `function`. `source` gives the text of a line of a file, both by
/// number. Empty if there is no such function.
pub fn disassemble(program: &Program, function: usize, source: &mut dyn FnMut(u32, u32) -> Option<String>) -> String {
    disassemble_with(program, function, source, &mut |_| String::new())
}

/// A place in a listing behind which something else may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The signature and the registers.
    Head,
    /// The instruction at a word position.
    Instruction(u32),
}

/// The same with lines of others between: `beneath` answers what stands behind a place.
pub fn disassemble_with(
    program: &Program,
    function: usize,
    source: &mut dyn FnMut(u32, u32) -> Option<String>,
    beneath: &mut dyn FnMut(Place) -> String,
) -> String {
    let Some(function) = program.functions.get(function) else { return String::new() };
    let mut listing = Listing { program, function, names: variable_names(function), out: String::new() };
    listing.head();
    listing.out += &beneath(Place::Head);
    let notes = listing.notes();
    let mut shown_line = 0;
    let mut pc = 0;
    while pc < function.code.len() {
        for note in notes.get(&(pc as u32)).into_iter().flatten() {
            let _ = writeln!(listing.out, "   {note}");
        }
        let decoded = Instr::decode(&function.code, pc);
        let (text, next) = match &decoded {
            Some((instr, next)) => (listing.instruction(pc as u32, instr), *next),
            None => (format!("? {:#018x}", function.code[pc]), pc + 1),
        };
        let line = function.line_at(pc).map_or(0, |entry| entry.line);
        let beside = if line != shown_line { source(function.file, line) } else { None };
        listing.line(pc, &text, beside.map(|text| (line, text)));
        listing.out += &beneath(Place::Instruction(pc as u32));
        shown_line = line;
        pc = next;
    }
    listing.out
}

/// Names of the variables that live in each register.
fn variable_names(function: &Function) -> FxHashMap<u16, Vec<&str>> {
    let mut names: FxHashMap<u16, Vec<&str>> = FxHashMap::default();
    for (register, name) in &function.variables {
        let row = names.entry(*register).or_default();
        if !row.contains(&&**name) {
            row.push(name);
        }
    }
    names
}

struct Listing<'p> {
    program: &'p Program,
    function: &'p Function,
    names: FxHashMap<u16, Vec<&'p str>>,
    out: String,
}

impl Listing<'_> {
    /// Signature and registers.
    fn head(&mut self) {
        let function = self.function;
        let params: Vec<String> = (0..function.params).map(|register| self.register(register)).collect();
        let result = function.result.map_or("nothing", kind_name);
        let closure = if function.takes_closure { ", a closure behind the parameters" } else { "" };
        let _ = writeln!(self.out, "{}({}) -> {result}{closure}", function.name, params.join(", "));
        let mut line = String::new();
        let mut register = function.params;
        while usize::from(register) < function.registers.len().min(usize::from(u16::MAX)) {
            let last = self.alike(register);
            let shown = match register {
                _ if last == register => self.register(register),
                _ => format!("r{register}..r{last}: {}", self.kind(register)),
            };
            register = last + 1;
            if line.len() + shown.len() > HEAD_WIDTH {
                let _ = writeln!(self.out, "   {}", std::mem::take(&mut line));
            }
            line += if line.is_empty() { "" } else { "  " };
            line += &shown;
        }
        if !line.is_empty() {
            let _ = writeln!(self.out, "   {line}");
        }
    }

    fn kind(&self, register: u16) -> &'static str {
        self.function.registers.get(usize::from(register)).map_or("?", |kind| kind_name(*kind))
    }

    /// The last register of a run without names and of one kind that begins with `first`.
    fn alike(&self, first: u16) -> u16 {
        let kinds = &self.function.registers;
        let plain = |register: u16| !self.names.contains_key(&register);
        let same =
            |register: &u16| plain(*register) && kinds.get(usize::from(*register)) == kinds.get(usize::from(first));
        let end = kinds.len().min(usize::from(u16::MAX)) as u16;
        if plain(first) { (first + 1..end).take_while(same).last().unwrap_or(first) } else { first }
    }

    /// A register with its kind and the variables in it.
    fn register(&self, register: u16) -> String {
        let kind = self.kind(register);
        match self.names.get(&register) {
            Some(names) => format!("r{register} {}: {kind}", names.join("/")),
            None => format!("r{register}: {kind}"),
        }
    }

    /// What begins and ends at which word.
    fn notes(&self) -> FxHashMap<u32, Vec<String>> {
        let mut notes: FxHashMap<u32, Vec<String>> = FxHashMap::default();
        let handlers = self.function.handlers.iter().enumerate();
        for (number, handler) in handlers.clone() {
            notes.entry(handler.end).or_default().push(format!("}} protected {number}"));
        }
        for (number, handler) in handlers.clone().rev() {
            let text = format!("{{ protected {number}: -> {}, exception in r{}", handler.target, handler.register);
            notes.entry(handler.start).or_default().push(text);
        }
        for (number, info) in self.function.loops.iter().enumerate() {
            notes.entry(info.header).or_default().push(format!("loop {number}:"));
        }
        let mut handled: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        handlers.for_each(|(number, handler)| handled.entry(handler.target).or_default().push(number));
        for (word, numbers) in handled {
            let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
            notes.entry(word).or_default().push(format!("handler of {}:", numbers.join(", ")));
        }
        notes
    }

    fn line(&mut self, pc: usize, text: &str, source: Option<(u32, String)>) {
        let start = self.out.len();
        let _ = write!(self.out, "{pc:5}  {text}");
        if let Some((number, source)) = source {
            let used = self.out[start..].chars().count();
            let gap = SOURCE_COLUMN.saturating_sub(used).max(2);
            let _ = write!(self.out, "{:gap$}; {number}: {}", "", source.trim());
        }
        self.out.push('\n');
    }

    /// Name and operands.
    fn instruction(&self, pc: u32, instr: &Instr) -> String {
        let mut shown = Vec::new();
        let mut window = 0;
        instr.operands(|operand| match operand {
            Operand::Args(first) => window = first.0,
            Operand::Count(count) => shown.push(window_text(window, count)),
            Operand::Rel(_) => shown.push(format!("-> {}", target(pc, instr).unwrap_or(0))),
            Operand::In(reg, _) | Operand::Out(reg, _) | Operand::InOut(reg) => shown.push(reg.to_string()),
            Operand::Imm(value) => shown.push(value.to_string()),
            Operand::Number(numbering, number) => shown.push(self.number(numbering, number, instr)),
        });
        if let Instr::ConstWord { dst, bits } = *instr
            && self.function.registers.get(dst.index()) == Some(&Kind::Float)
        {
            shown[1] = format!("{:?}", f64::from_bits(bits));
        }
        format!("{:<16} {}", instr.opcode().info().name, shown.join(", ")).trim_end().to_owned()
    }

    fn number(&self, numbering: Numbering, number: u32, instr: &Instr) -> String {
        let index = number as usize;
        let program = self.program;
        let name = match numbering {
            Numbering::Func => program.functions.get(index).map(|function| function.name.to_string()),
            Numbering::Const => program.constants.get(index).map(|constant| constant_text(program, constant)),
            Numbering::Type => Some(type_name(program, number, TYPE_DEPTH)),
            Numbering::Builtin => builtin_text(number),
            Numbering::Trap => Trap::from_number(number).map(|trap| format!("{:?}", trap.class())),
            Numbering::Loop => Some(format!("loop {number}")),
            Numbering::Field => Some(format!(".{number}")),
            Numbering::Global => {
                let is_ref = matches!(instr, Instr::GetGlobalRef { .. } | Instr::SetGlobalRef { .. });
                let names = if is_ref { &program.ref_globals } else { &program.word_globals };
                names.get(index).map(|name| name.to_string())
            }
        };
        name.unwrap_or_else(|| format!("?{number}"))
    }
}

/// A constant as listings show it.
pub fn constant_text(program: &Program, constant: &Constant) -> String {
    match constant {
        Constant::Str(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let mut shown: String = text.chars().take(SHOWN_CHARACTERS).flat_map(char::escape_debug).collect();
            if text.chars().nth(SHOWN_CHARACTERS).is_some() {
                shown.push('…');
            }
            format!("\"{shown}\"")
        }
        Constant::Function(number) => {
            let function = program.functions.get(*number as usize);
            format!("fn {}", function.map_or("?", |function| &function.name))
        }
    }
}

/// A library function as listings show it; none if there is none of this number.
pub fn builtin_text(number: u32) -> Option<String> {
    Builtin::from_index(number as usize).map(builtin_name)
}

/// A window as a range of registers.
fn window_text(first: u16, count: u16) -> String {
    let last = u32::from(first) + u32::from(count);
    match count {
        0 => "()".to_owned(),
        1 => format!("(r{first})"),
        2 => format!("(r{first}, r{})", last - 1),
        _ => format!("(r{first}..r{})", last - 1),
    }
}

fn builtin_name(builtin: Builtin) -> String {
    let row = builtin.row();
    match (row.names.first(), row.methods.first()) {
        (Some(name), _) => (*name).to_owned(),
        (None, Some(name)) => format!(".{name}"),
        (None, None) => format!("{builtin:?}"),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Ref => "ref",
    }
}

/// A type as the language spells it; `…` below `depth`.
pub fn type_name(program: &Program, ty: TypeId, depth: u32) -> String {
    if let Some(row) = ty.checked_sub(FIRST_PROGRAM_TYPE) {
        let row = program.types.get(row as usize);
        return row.map_or_else(|| format!("type {ty}"), |row| declared_name(program, row, depth));
    }
    if let Some(class) = ty.checked_sub(FIRST_ERROR_CLASS) {
        let class = ErrorClass::ALL.get(class as usize);
        return class.map_or_else(|| format!("type {ty}"), |class| class.name().to_owned());
    }
    let fixed = FixedType::ALL.get(ty as usize);
    fixed.map_or_else(|| format!("type {ty}"), |fixed| format!("{fixed:?}").to_lowercase())
}

fn declared_name(program: &Program, row: &TypeDesc, depth: u32) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
    let inner = |ty: &TypeId| type_name(program, *ty, depth);
    let list = |types: &[TypeId]| {
        let more = (types.len() > SHOWN_MEMBERS).then(|| "…".to_owned());
        types.iter().take(SHOWN_MEMBERS).map(inner).chain(more).collect::<Vec<_>>().join(", ")
    };
    match row {
        TypeDesc::Enum { name, .. } | TypeDesc::Record { name, .. } => name.to_string(),
        TypeDesc::Array { element } => format!("[{}]", inner(element)),
        TypeDesc::Map { key, value } => format!("{{{}: {}}}", inner(key), inner(value)),
        TypeDesc::Set { key } => format!("{{{}}}", inner(key)),
        TypeDesc::Tuple { members } => format!("({})", list(members)),
        TypeDesc::Function { params, result } => format!("fn({}) -> {}", list(params), inner(result)),
        TypeDesc::Optional { inner: held } => format!("{}?", inner(held)),
    }
}
