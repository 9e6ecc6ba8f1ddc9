//! Types, interned: equal types have equal [`Ty`]s.
//!
//! Programs can build types of types without end (`let b = (a, a)`, `let c = (b, b)`, …). Whoever
//! walks types recurses and visits shared parts again, so the checker refuses what
//! [`Types::is_too_large`]: walks stay short and shallow.

use crate::hir::{EnumId, RecordId};
use rustc_hash::FxHashMap;

/// Nesting of a type that the checker accepts, in levels.
pub const MAX_TYPE_DEPTH: u32 = bp_syntax::limits::MAX_NESTING;

/// Parts of a type that the checker accepts, shared ones counted wherever they occur.
pub const MAX_TYPE_SIZE: u32 = 1_000;

/// How large a type is, written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// Levels of nesting; 1 for a plain type.
    pub depth: u32,
    /// Number of parts, itself included.
    pub size: u32,
}

/// An interned type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ty(u32);

impl Ty {
    /// Position in the table, for dense side tables.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a type is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TyKind {
    /// The type of an erroneous expression: assignable to and from everything, so that one
    /// mistake gives one report. Never reaches lowering.
    Error,
    /// The type of an expression that never yields a value (a call of `exit`).
    Never,
    /// No value.
    Void,
    /// The type of `null` before the context decides.
    Null,
    /// 64-bit two's complement.
    Int,
    /// IEEE 754 double.
    Float,
    /// `true`, `false`.
    Bool,
    /// Immutable bytes.
    Str,
    /// Opaque handle.
    Ptr,
    /// Element type of arrays only: reads as int.
    U8,
    /// Element type of arrays only: reads as int.
    I32,
    /// Element type of arrays only: reads as float.
    F32,
    /// `[T]`
    Array(Ty),
    /// `{K: V}`
    Map(Ty, Ty),
    /// `{T}`
    Set(Ty),
    /// `(A, B)`
    Tuple(Box<[Ty]>),
    /// A struct or class, instantiated.
    Record(RecordId),
    /// An enum.
    Enum(EnumId),
    /// `fn(A, B) -> R`
    Function(Box<[Ty]>, Ty),
    /// `T?`
    Optional(Ty),
    /// A type parameter inside a generic declaration that is being checked; never reaches lowering.
    Param(u32),
    /// A generic struct or class, by its number, with arguments of which some are still to be inferred. With all
    /// inferred it is a [`TyKind::Record`]; never reaches lowering.
    Apply(u32, Box<[Ty]>),
    /// A type still to be inferred; never reaches lowering.
    Var(u32),
}

/// The types of one compilation.
#[derive(Debug)]
pub struct Types {
    by_kind: FxHashMap<TyKind, Ty>,
    kinds: Vec<TyKind>,
    /// For each type whether it holds a [`TyKind::Var`] somewhere.
    open: Vec<bool>,
    /// How large each type is.
    extents: Vec<Extent>,
    /// Instances of generic structs and classes by number and arguments, and the reverse.
    instances: FxHashMap<(u32, Box<[Ty]>), Ty>,
    applications: FxHashMap<RecordId, (u32, Box<[Ty]>)>,
}

macro_rules! predefined {
    ($($constant:ident = $index:literal $kind:ident;)*) => {
        impl Ty {
            $(#[doc = concat!("`TyKind::", stringify!($kind), "`")] pub const $constant: Ty = Ty($index);)*
        }
        const PREDEFINED: &[TyKind] = &[$(TyKind::$kind),*];
    };
}
predefined! {
    ERROR = 0 Error; NEVER = 1 Never; VOID = 2 Void; NULL = 3 Null; INT = 4 Int; FLOAT = 5 Float;
    BOOL = 6 Bool; STR = 7 Str; PTR = 8 Ptr; U8 = 9 U8; I32 = 10 I32; F32 = 11 F32;
}

impl Default for Types {
    fn default() -> Self {
        let mut types = Self {
            by_kind: FxHashMap::default(),
            kinds: Vec::new(),
            open: Vec::new(),
            extents: Vec::new(),
            instances: FxHashMap::default(),
            applications: FxHashMap::default(),
        };
        for (index, kind) in PREDEFINED.iter().enumerate() {
            assert_eq!(types.intern(kind.clone()).index(), index, "the predefined rows count up");
        }
        types
    }
}

impl Types {
    /// A table that holds the predefined types.
    pub fn new() -> Self {
        Self::default()
    }

    /// The type of a kind, made on first use.
    pub fn intern(&mut self, kind: TyKind) -> Ty {
        if let Some(&ty) = self.by_kind.get(&kind) {
            return ty;
        }
        let ty = Ty(u32::try_from(self.kinds.len()).expect("fewer than 2^32 types"));
        self.open.push(self.kind_is_open(&kind));
        self.extents.push(self.kind_extent(&kind));
        self.kinds.push(kind.clone());
        self.by_kind.insert(kind, ty);
        ty
    }

    /// The type of a kind, if it was ever made.
    pub fn find(&self, kind: &TyKind) -> Option<Ty> {
        self.by_kind.get(kind).copied()
    }

    /// What `ty` is.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        &self.kinds[ty.index()]
    }

    /// Whether `ty` holds a type that is still to be inferred.
    pub fn is_open(&self, ty: Ty) -> bool {
        self.open[ty.index()]
    }

    fn kind_is_open(&self, kind: &TyKind) -> bool {
        match kind {
            TyKind::Var(_) => true,
            TyKind::Array(t) | TyKind::Set(t) | TyKind::Optional(t) => self.is_open(*t),
            TyKind::Map(k, v) => self.is_open(*k) || self.is_open(*v),
            TyKind::Tuple(members) | TyKind::Apply(_, members) => members.iter().any(|&t| self.is_open(t)),
            TyKind::Function(params, r) => self.is_open(*r) || params.iter().any(|&t| self.is_open(t)),
            _ => false,
        }
    }

    /// How large `ty` is, its undecided parts counted as plain.
    pub fn extent(&self, ty: Ty) -> Extent {
        self.extents[ty.index()]
    }

    /// Whether no value may have this type.
    pub fn is_too_large(&self, ty: Ty) -> bool {
        let extent = self.extent(ty);
        extent.depth > MAX_TYPE_DEPTH || extent.size > MAX_TYPE_SIZE
    }

    /// The numbers of the variables in `ty`, with repetitions.
    pub fn variables(&self, ty: Ty, numbers: &mut Vec<u32>) {
        if !self.is_open(ty) {
            return;
        }
        match self.kind(ty) {
            TyKind::Var(number) => numbers.push(*number),
            TyKind::Array(t) | TyKind::Set(t) | TyKind::Optional(t) => self.variables(*t, numbers),
            TyKind::Map(k, v) => {
                self.variables(*k, numbers);
                self.variables(*v, numbers);
            }
            TyKind::Tuple(members) | TyKind::Apply(_, members) => {
                members.iter().for_each(|&t| self.variables(t, numbers));
            }
            TyKind::Function(params, r) => {
                params.iter().for_each(|&t| self.variables(t, numbers));
                self.variables(*r, numbers);
            }
            _ => {}
        }
    }

    fn kind_extent(&self, kind: &TyKind) -> Extent {
        let around = |parts: &mut dyn Iterator<Item = Ty>| {
            let mut sum = Extent { depth: 1, size: 1 };
            for part in parts {
                let extent = self.extent(part);
                sum.depth = sum.depth.max(extent.depth.saturating_add(1));
                sum.size = sum.size.saturating_add(extent.size);
            }
            sum
        };
        match kind {
            TyKind::Array(t) | TyKind::Set(t) | TyKind::Optional(t) => around(&mut std::iter::once(*t)),
            TyKind::Map(k, v) => around(&mut [*k, *v].into_iter()),
            TyKind::Tuple(members) | TyKind::Apply(_, members) => around(&mut members.iter().copied()),
            TyKind::Record(record) if let Some((_, args)) = self.applications.get(record) => {
                around(&mut args.iter().copied())
            }
            TyKind::Function(params, r) => around(&mut params.iter().copied().chain([*r])),
            _ => Extent { depth: 1, size: 1 },
        }
    }

    /// Number of types made so far.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Never: the predefined types are always there.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// `[element]`
    pub fn array(&mut self, element: Ty) -> Ty {
        self.intern(TyKind::Array(element))
    }

    /// `{key: value}`
    pub fn map(&mut self, key: Ty, value: Ty) -> Ty {
        self.intern(TyKind::Map(key, value))
    }

    /// `(members…)`
    pub fn tuple(&mut self, members: &[Ty]) -> Ty {
        self.intern(TyKind::Tuple(members.into()))
    }

    /// `fn(params…) -> result`
    pub fn function(&mut self, params: &[Ty], result: Ty) -> Ty {
        self.intern(TyKind::Function(params.into(), result))
    }

    /// Notes that the record is the instance of a generic declaration.
    pub fn add_instance(&mut self, number: u32, args: &[Ty], record: RecordId) {
        self.applications.insert(record, (number, args.into()));
        let ty = self.intern(TyKind::Record(record));
        self.instances.insert((number, args.into()), ty);
    }

    /// The instance of a generic declaration with these arguments; a type with open parts if there is none yet.
    pub fn applied(&mut self, number: u32, args: &[Ty]) -> Ty {
        match self.known_instance(number, args) {
            Some(ty) => ty,
            None => self.intern(TyKind::Apply(number, args.into())),
        }
    }

    /// The instance of a generic declaration with these arguments, if it was made.
    pub fn known_instance(&self, number: u32, args: &[Ty]) -> Option<Ty> {
        self.instances.get(&(number, args.into())).copied()
    }

    /// The generic declaration and the arguments of an instance.
    pub fn application(&self, ty: Ty) -> Option<(u32, &[Ty])> {
        match self.kind(ty) {
            TyKind::Apply(number, args) => Some((*number, args)),
            TyKind::Record(record) => self.applications.get(record).map(|(number, args)| (*number, &**args)),
            _ => None,
        }
    }

    /// `{element}`
    pub fn set(&mut self, element: Ty) -> Ty {
        self.intern(TyKind::Set(element))
    }

    /// `T?`; an optional of an optional is the optional.
    pub fn optional(&mut self, inner: Ty) -> Ty {
        match self.kind(inner) {
            TyKind::Optional(_) | TyKind::Error => inner,
            _ => self.intern(TyKind::Optional(inner)),
        }
    }
}
