//! Type descriptors: what text, equality, hashing and the collector need to know at run time.
//!
//! One numbering serves all: a [`TypeId`] stands in instructions (`to_str`, `new_record` …), in
//! object headers and in descriptors. Numbers below [`FIRST_PROGRAM_TYPE`] are the same in every program.

use bp_builtins::errors::ErrorClass;

/// Number of a type; fits 20 bits.
pub type TypeId = u32;

macro_rules! fixed_types {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        /// Types that every program has, by number.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u32)]
        pub enum FixedType { $($(#[doc = $doc])* $name,)* }

        impl FixedType {
            /// Every fixed type by number.
            pub const ALL: &[FixedType] = &[$(FixedType::$name),*];

            /// Its number.
            pub const fn id(self) -> TypeId { self as TypeId }
        }
    };
}

fixed_types! {
    /// No type; never in a header.
    None;
    /// int
    Int;
    /// float
    Float;
    /// bool
    Bool;
    /// ptr
    Ptr;
    /// No value.
    Void;
    /// Element type: 8 bits, reads as int.
    U8;
    /// Element type: 32 bits, reads as int.
    I32;
    /// Element type: 32-bit float, reads as float.
    F32;
    /// A string with its bytes inline: length, hash, bytes.
    Str;
    /// A string in an append buffer: length, hash, buffer reference, offset of its first byte.
    StrView;
    /// An append buffer: used bytes, then bytes.
    StrBuffer;
    /// Array storage of 8-byte words that are no references: length, elements.
    WordStorage;
    /// Array storage of references: length, elements.
    RefStorage;
    /// Array storage of bytes (bool, u8): length, elements.
    ByteStorage;
    /// Array storage of 4-byte elements (i32, f32): length, elements.
    HalfStorage;
    /// A map's index table: 32-bit entry numbers.
    MapIndex;
    /// A map's entries with word keys and word values: used count, then (hash, key, value) records.
    EntriesWordWord;
    /// Word keys, reference values.
    EntriesWordRef;
    /// Reference keys, word values.
    EntriesRefWord;
    /// Reference keys, reference values.
    EntriesRefRef;
    /// A closure: function number, 0, captured cells.
    Closure;
    /// A captured variable that is a word.
    WordCell;
    /// A captured variable that is a reference.
    RefCell;
    /// An int, bool or enum in an optional that was stored.
    BoxedWord;
    /// A float in an optional that was stored.
    BoxedFloat;
}

/// Number of the first built-in error class; they follow in [`ErrorClass`] order.
pub const FIRST_ERROR_CLASS: TypeId = 32;
/// Number of the first type that a program declares.
pub const FIRST_PROGRAM_TYPE: TypeId = 64;
const _: () = assert!(FixedType::ALL.len() <= FIRST_ERROR_CLASS as usize);
const _: () = assert!(ErrorClass::ALL.len() <= (FIRST_PROGRAM_TYPE - FIRST_ERROR_CLASS) as usize);

/// The type number of a built-in error class.
pub const fn error_class_type(class: ErrorClass) -> TypeId {
    FIRST_ERROR_CLASS + class as TypeId
}

/// How an array stores its elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ElementKind {
    /// 8-byte ints (also enums, ptrs).
    Int,
    /// 8-byte floats.
    Float,
    /// References.
    Ref,
    /// Bytes: bool and u8.
    Byte,
    /// 4-byte ints.
    I32,
    /// 4-byte floats.
    F32,
}

/// A type of a program.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub enum TypeDesc {
    /// An enum with its members.
    Enum {
        /// Its name.
        name: Box<str>,
        /// Member names and values.
        members: Vec<(Box<str>, i64)>,
    },
    /// `[element]`: an object whose one word is its storage.
    Array {
        /// Element type.
        element: TypeId,
    },
    /// `{key: value}`
    Map {
        /// Key type.
        key: TypeId,
        /// Value type.
        value: TypeId,
    },
    /// `{key}`
    Set {
        /// Element type.
        key: TypeId,
    },
    /// `(members…)`: an object with a word per member.
    Tuple {
        /// Member types.
        members: Vec<TypeId>,
    },
    /// A struct or class: an object with a word per field.
    Record {
        /// Its name.
        name: Box<str>,
        /// Whether a class.
        is_class: bool,
        /// The superclass.
        base: Option<TypeId>,
        /// Field names and types, inherited ones first.
        fields: Vec<(Box<str>, TypeId)>,
        /// Functions of virtual methods by slot.
        vtable: Vec<u32>,
        /// `__str__`.
        to_str: Option<u32>,
        /// `__eq__`.
        equals: Option<u32>,
        /// `__lt__`.
        less: Option<u32>,
    },
    /// `fn(params…) -> result`: a closure.
    Function {
        /// Parameter types.
        params: Vec<TypeId>,
        /// Result type.
        result: TypeId,
    },
    /// `inner?`
    Optional {
        /// What it may hold.
        inner: TypeId,
    },
}
