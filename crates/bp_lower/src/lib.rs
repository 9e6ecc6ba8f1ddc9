//! Typed HIR to register bytecode.
//!
//! One pass per function: expressions leave their value in a register, conditions become fused
//! compare-and-branch instructions, `finally` blocks are copied for every way out. Lowering cannot
//! fail on a checked program except by size ([`LowerError`]).
//!
//! Absence: no type checking, no machine registers, no optimisation that needs data flow; small functions are
//! lowered where they are called ([`inline`]).
#![forbid(unsafe_code)]

mod access;
mod assembler;
mod assign;
mod assigned;
mod builtins;
mod call;
mod closure;
mod compare;
mod condition;
mod constants;
mod containers;
mod cursor;
mod exceptions;
mod expr;
mod function;
mod inline;
mod iterate;
mod matching;
mod operators;
mod optional;
mod peephole;
mod registers;
mod stmt;
mod targets;
mod types;

use bp_check::hir;
use bp_isa::program::{Constant, Extern, Main, Program, Signature};
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::source::SourceMap;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;
use targets::Targets;
use types::TypeNumbers;

/// A program that is too large for the bytecode.
#[derive(Debug)]
pub enum LowerError {
    /// A function needs more than 61 440 registers.
    TooManyRegisters(Span),
    /// A function has too many instructions.
    FunctionTooLarge(Span),
}

impl LowerError {
    /// The error as a message for the user.
    pub fn diagnostic(&self) -> Diagnostic {
        use bp_syntax::codes::Code;
        match *self {
            LowerError::TooManyRegisters(span) => Diagnostic::error(
                Code::TooManyVariables,
                span,
                "this function needs more than 61440 variables and temporaries",
            )
            .help("split it into smaller functions"),
            LowerError::FunctionTooLarge(span) => {
                Diagnostic::error(Code::FunctionTooLarge, span, "this function is too large to compile")
                    .help("split it into smaller functions; `finally` blocks inside `finally` blocks multiply its size")
            }
        }
    }
}

/// Compiles a checked program.
///
/// # Errors
/// One error for each function that exceeds the limits of the bytecode.
pub fn lower(program: &hir::Program, sources: &SourceMap) -> Result<Program, Vec<LowerError>> {
    let mut unit = Unit::new(program, sources);
    let mut functions = Vec::with_capacity(program.functions.len());
    let mut errors = Vec::new();
    for function in &program.functions {
        match function::lower_function(&mut unit, function) {
            Ok(lowered) => functions.push(lowered),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let main = program.main.map(|id| unit.describe_main(id));
    // Behind everything that code refers to, so that the numbers in code do not depend on it.
    for (function, lowered) in program.functions.iter().zip(&mut functions) {
        lowered.signature = function.exported.then(|| unit.signature(function));
    }
    let externs = program.externs.iter().map(|declared| unit.describe_extern(declared)).collect();
    Ok(Program {
        externs,
        functions,
        main,
        constants: unit.constants,
        word_globals: unit.globals.word_names,
        ref_globals: unit.globals.ref_names,
        module_bodies: program.module_bodies.iter().map(|f| f.0).collect(),
        files: sources.files().map(|(_, file)| file.name().into()).collect(),
        types: unit.types.into_rows(),
    })
}

/// What all functions of a program share while they are lowered.
struct Unit<'p> {
    program: &'p hir::Program,
    types: TypeNumbers<'p>,
    globals: Globals,
    constants: Vec<Constant>,
    strings: FxHashMap<Box<[u8]>, u32>,
    closures: FxHashMap<u32, u32>,
    targets: Targets,
    inlining: inline::Inlining,
    positions: Positions<'p>,
}

impl<'p> Unit<'p> {
    fn new(program: &'p hir::Program, sources: &'p SourceMap) -> Self {
        let types = TypeNumbers::new(program);
        let globals = Globals::new(program, &types);
        Self {
            program,
            types,
            globals,
            constants: Vec::new(),
            strings: FxHashMap::default(),
            closures: FxHashMap::default(),
            targets: Targets::new(program),
            inlining: inline::Inlining::default(),
            positions: Positions { sources, file: 0, base: 0, end: 0, line: 0, line_start: 0, line_end: 0 },
        }
    }

    /// The number of a string constant.
    fn string_constant(&mut self, bytes: &[u8]) -> u32 {
        if let Some(&index) = self.strings.get(bytes) {
            return index;
        }
        let index = self.constants.len() as u32;
        self.constants.push(Constant::Str(bytes.into()));
        self.strings.insert(bytes.into(), index);
        index
    }

    /// The number of the constant closure of a function that captures nothing.
    fn function_constant(&mut self, function: hir::FuncId) -> u32 {
        *self.closures.entry(function.0).or_insert_with(|| {
            self.constants.push(Constant::Function(function.0));
            self.constants.len() as u32 - 1
        })
    }

    /// The method that a virtual call on a value of type `ty` always reaches, if there is one.
    fn only_target(&mut self, ty: bp_check::types::Ty, slot: u32) -> Option<hir::FuncId> {
        let bp_check::types::TyKind::Record(record) = *self.types.kind(ty) else { return None };
        self.targets.only(self.program, record, slot)
    }

    fn signature(&mut self, function: &hir::Function) -> Signature {
        let params = &function.locals[..function.param_count as usize];
        let params = params.iter().map(|param| self.types.number(param.ty)).collect();
        Signature { params, result: self.types.number(function.result) }
    }

    fn describe_extern(&mut self, declared: &hir::Extern) -> Extern {
        let params = declared.params.iter().map(|ty| self.types.number(*ty)).collect();
        let signature = Signature { params, result: self.types.number(declared.result) };
        let (library, symbol) = (declared.library.clone(), declared.symbol.clone());
        Extern { name: declared.name.clone(), signature, library, symbol }
    }

    fn describe_main(&mut self, id: hir::FuncId) -> Main {
        let function = &self.program.functions[id.index()];
        let takes_args = function.param_count == 1;
        let args_type = if takes_args { self.types.number(function.locals[0].ty) } else { 0 };
        let returns_status = self.types.register_kind(function.result).is_some();
        Main { function: id.0, takes_args, args_type, returns_status }
    }
}

/// Where each global lives.
struct Globals {
    slots: Vec<GlobalSlot>,
    word_names: Vec<Box<str>>,
    ref_names: Vec<Box<str>>,
}

/// A global's slot, and that of the word that says whether its `let` has run.
#[derive(Clone, Copy)]
struct GlobalSlot {
    slot: u32,
    initialised: Option<u32>,
}

impl Globals {
    fn new(program: &hir::Program, types: &TypeNumbers<'_>) -> Self {
        let mut globals = Self { slots: Vec::new(), word_names: Vec::new(), ref_names: Vec::new() };
        for global in &program.globals {
            let is_ref = types.register_kind(global.ty) == Some(bp_isa::Kind::Ref);
            let names = if is_ref { &mut globals.ref_names } else { &mut globals.word_names };
            let slot = names.len() as u32;
            names.push(global.name.clone());
            let initialised = global.may_be_read_early.then(|| {
                globals.word_names.push(format!("{} is set", global.name).into());
                globals.word_names.len() as u32 - 1
            });
            globals.slots.push(GlobalSlot { slot, initialised });
        }
        globals
    }
}

/// Lines and columns of spans; remembers the last file and line, since neighbours share them.
struct Positions<'p> {
    sources: &'p SourceMap,
    file: u32,
    base: u32,
    end: u32,
    line: u32,
    line_start: u32,
    line_end: u32,
}

impl Positions<'_> {
    /// The number of the file that holds `span`.
    fn file(&mut self, span: Span) -> u32 {
        self.enter(span);
        self.file
    }

    /// Line and column of the start of `span`.
    fn locate(&mut self, span: Span) -> (u32, u32) {
        self.enter(span);
        let Some((_, file)) = self.sources.files().nth(self.file as usize) else { return (0, 0) };
        if !(self.line_start..=self.line_end).contains(&span.start) || self.line == 0 {
            self.line = file.line_of(span.start);
            let line = file.line_span(self.line);
            (self.line_start, self.line_end) = (line.start, line.end);
        }
        (self.line, file.column_of(span.start))
    }

    fn enter(&mut self, span: Span) {
        if (self.base..=self.end).contains(&span.start) && self.end != 0 {
            return;
        }
        for (index, (_, file)) in self.sources.files().enumerate() {
            if (file.span().start..=file.span().end).contains(&span.start) {
                self.file = index as u32;
                (self.base, self.end) = (file.span().start, file.span().end);
                self.line = 0;
            }
        }
    }
}
