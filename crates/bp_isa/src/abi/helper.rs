//! The table of helpers: what compiled code asks the runtime to do.
//!
//! Calling convention of all: up to three argument words in RSI, RDX, RCX, one result word in RAX
//! (floats by their bits), the helper's number in EAX, through the exit stub whose address the
//! context holds. Every helper is a safepoint and may throw; the stub returns only if none did.

/// Calls `$with!` with every row.
#[macro_export]
macro_rules! for_each_helper {
    ($with:ident) => {
        $with! {
            /// A new object with that header; payload uninitialised. `(header) -> ref`
            Alloc = alloc(header);
            /// A new array. `(type, capacity) -> ref`
            NewArray = new_array(ty, capacity);
            /// A new map or set. `(type) -> ref`
            NewMap = new_map(ty);
            /// Makes room for another element. `(array)`
            ArrayGrow = array_grow(array);
            /// Removes the last element of any kind. `(array) -> word`
            ArrayPop = array_pop(array);
            /// The element of an array of any kind at an index that is inside. `(array, index) -> word`
            ArrayElement = array_element(array, index);
            /// A byte of a string. `(string, index) -> byte`
            StrByte = str_byte(string, index);
            /// Two strings joined. `(lhs, rhs) -> ref`
            StrConcat = str_concat(lhs, rhs);
            /// Strings at an address joined. `(address, count) -> ref`
            StrConcatAll = str_concat_all(address, count);
            /// Whether two strings are equal. `(lhs, rhs) -> bool`
            EqStr = eq_str(lhs, rhs);
            /// Whether two values are equal by content. `(lhs, rhs, type) -> bool`
            EqValue = eq_value(lhs, rhs, ty);
            /// The order of two values. `(lhs, rhs, type) -> -1, 0, 1, 2`
            CompareValue = compare_value(lhs, rhs, ty);
            /// The text of a value. `(word, type) -> ref`
            ToStr = to_str(word, ty);
            /// The value of a key. `(map, key) -> word`
            MapGetInt = map_get_int(map, key);
            /// The value of a key. `(map, key) -> word`
            MapGetStr = map_get_str(map, key);
            /// The value of a key. `(map, key) -> word`
            MapGetAny = map_get_any(map, key);
            /// Sets the value of a key. `(map, key, word)`
            MapSetInt = map_set_int(map, key, word);
            /// Sets the value of a key. `(map, key, word)`
            MapSetStr = map_set_str(map, key, word);
            /// Sets the value of a key. `(map, key, word)`
            MapSetAny = map_set_any(map, key, word);
            /// Whether there is a key. `(map, key) -> bool`
            MapHasInt = map_has_int(map, key);
            /// Whether there is a key. `(map, key) -> bool`
            MapHasStr = map_has_str(map, key);
            /// Whether there is a key. `(map, key) -> bool`
            MapHasAny = map_has_any(map, key);
            /// The first entry from `index` on that was not removed, or -1. `(map, index) -> int`
            MapNext = map_next(map, index);
            /// A library function with arguments at an address. The second word holds their count in its
            /// high half and the function's number in its low half, the third a bit for each of the
            /// first 64 that is a reference; all behind are. `(address, count_and_number, refs) -> word`
            Builtin = builtin(address, count_and_number, refs);
            /// The write barrier for a reference that was stored in a payload word. `(object, value, word)`
            Barrier = barrier(object, value, word);
            /// `base ** exponent` of ints. `(base, exponent) -> int`
            PowInt = pow_int(base, exponent);
            /// A float operation by its number. `(operation, lhs, rhs) -> float`
            Math = math(operation, lhs, rhs);
            /// What a poll that wants attention does. `()`
            Attention = attention();
            /// The same at a function's entry, which may also find the stack full. `()`
            Enter = enter();
            /// Throws an object with a fresh trace. `(object)`
            Throw = throw(object);
            /// Throws an object with the trace it has. `(object)`
            Rethrow = rethrow(object);
            /// Throws the error of a trap. `(trap)`
            Trap = trap(trap);
            /// Throws the error of an index. `(index, length)`
            TrapIndex = trap_index(index, length);
        }
    };
}

macro_rules! define_helpers {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:ident($($arg:ident),*);)*) => {
        /// A helper.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u32)]
        pub enum Helper { $($(#[doc = $doc])* $variant,)* }

        impl Helper {
            /// Every helper by number.
            pub const ALL: &[Helper] = &[$(Helper::$variant),*];

            /// Its name in listings.
            pub const fn name(self) -> &'static str {
                match self { $(Helper::$variant => stringify!($name),)* }
            }
        }
    };
}
for_each_helper!(define_helpers);

/// The operations of [`Helper::Math`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum MathOp {
    /// `fmod(lhs, rhs)`
    Rem,
    /// `pow(lhs, rhs)`
    Pow,
    /// `floor(lhs)`
    Floor,
    /// `ceil(lhs)`
    Ceil,
    /// `trunc(lhs)`
    Trunc,
    /// `lhs` rounded, halves away from zero.
    Round,
}

impl MathOp {
    /// Every operation by number.
    pub const ALL: &[MathOp] = &[MathOp::Rem, MathOp::Pow, MathOp::Floor, MathOp::Ceil, MathOp::Trunc, MathOp::Round];
}
