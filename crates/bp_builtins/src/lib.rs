//! The one table of built-in functions: names, method spellings, signatures, effects, docs.
//!
//! It drives the checker, the interpreter, the compilers and the reference page. A row is
//!
//! ```text
//! /// What it does: the reference text.
//! Ident ["free", "names"] ["method", "names"] "(name: Type = default, …) -> Type" effect, effect;
//! ```
//!
//! Signatures are written in the language itself: `"[T: Ordered](xs: [T], reverse: bool = false)"`.
//! `any` accepts every type, `name: any...` any number of such values; a missing result is `void`.
//! A method's receiver is the first parameter. Rows that share a name are overloads: the first
//! row that fits the arguments is meant.
//!
//! Calling convention of a body: the arguments in order (defaults filled in), then one hidden
//! type number for each type parameter in order of appearance (each `any` counts as one), then that
//! of the result if that is a built-in class. For
//! `any...` the values are turned into `str` by the caller, which then passes them all.
//!
//! Absence: no bodies, no machine, nothing from other crates.
#![forbid(unsafe_code)]

pub mod classes;
pub mod errors;
pub mod examples;
pub mod format_spec;
mod reference;
pub mod signature;
mod table;

pub use reference::reference;

/// What a built-in may do, for the optimizer and for the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Effects {
    /// Depends on its arguments only and changes nothing: may be folded, hoisted, removed.
    pub pure: bool,
    /// Reads the heap.
    pub reads: bool,
    /// Changes the heap.
    pub writes: bool,
    /// Allocates: a safepoint.
    pub alloc: bool,
    /// Reaches outside the process, or reads clocks or generators.
    pub io: bool,
    /// May throw.
    pub throws: bool,
    /// Calls functions of the program.
    pub calls: bool,
    /// Expected as machine code in the compiled tiers: lowering emits an instruction for it.
    pub inline: bool,
}

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// Free spellings.
    pub names: &'static [&'static str],
    /// Method spellings.
    pub methods: &'static [&'static str],
    /// The signature, in the language's own syntax.
    pub signature: &'static str,
    /// Effects.
    pub effects: Effects,
    /// The reference text.
    pub doc: &'static str,
}

macro_rules! define_builtins {
    ($($(#[doc = $doc:literal])* $ident:ident [$($name:literal),*] [$($method:literal),*] $signature:literal $($effect:ident),+;)*) => {
        /// A built-in function: an index into the table.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        pub enum Builtin { $($(#[doc = $doc])* $ident,)* }

        impl Builtin {
            /// Every built-in in table order.
            pub const ALL: &[Builtin] = &[$(Builtin::$ident),*];
            const ROWS: &[Row] = &[$(Row {
                names: &[$($name),*],
                methods: &[$($method),*],
                signature: $signature,
                effects: Effects { $($effect: true,)+ ..NO_EFFECTS },
                doc: concat!($($doc, "\n"),*),
            }),*];
        }
    };
}

const NO_EFFECTS: Effects = Effects {
    pure: false,
    reads: false,
    writes: false,
    alloc: false,
    io: false,
    throws: false,
    calls: false,
    inline: false,
};

table::for_each_builtin!(define_builtins);

impl Builtin {
    /// The built-in's row.
    pub const fn row(self) -> &'static Row {
        &Self::ROWS[self as usize]
    }

    /// Position in the table.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The built-in at a position of the table.
    pub fn from_index(index: usize) -> Option<Builtin> {
        Self::ALL.get(index).copied()
    }
}
