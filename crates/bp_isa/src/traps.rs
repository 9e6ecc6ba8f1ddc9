//! The table of traps: built-in errors that instructions throw, with their class and text.

use bp_builtins::errors::ErrorClass;

/// Calls `$with!` with every row.
#[macro_export]
macro_rules! for_each_trap {
    ($with:ident) => {
        $with! {
            /// Index outside; the text names index and length.
            Index IndexError "index out of range";
            /// `pop` of an empty array.
            EmptyPop IndexError "pop from an empty array";
            /// Key not in the map; the text names the key.
            Key KeyError "key not found";
            /// `x!` of null.
            Null NullError "value is null";
            /// Division by zero.
            ZeroDivision ZeroDivisionError "division by zero";
            /// `2 ** -1`.
            NegativeExponent ValueError "negative exponent";
            /// `int(nan)`, `int(1e300)`.
            FloatToInt ValueError "float does not fit an int";
            /// Checked arithmetic.
            Overflow OverflowError "integer overflow";
            /// `range(a, b, 0)`.
            RangeStep ValueError "range() step must not be zero";
            /// `xs[::0]`.
            SliceStep ValueError "slice step must not be zero";
            /// Keys added or removed while iterating.
            MapChanged RuntimeError "map changed size during iteration";
            /// A cast to a class the object is not of.
            Cast TypeError "object is of another class";
            /// Recursion too deep.
            StackOverflow StackOverflowError "stack overflow: recursion too deep";
            /// Heap limit reached.
            OutOfMemory OutOfMemoryError "out of memory: the heap limit is reached";
            /// Ctrl-C or interrupt handle.
            Interrupt InterruptError "interrupted";
            /// A cycle met while comparing by content.
            CyclicCompare RuntimeError "comparison of a structure that contains itself";
        }
    };
}

macro_rules! define_traps {
    ($($(#[doc = $doc:literal])* $name:ident $class:ident $text:literal;)*) => {
        /// A trap.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u32)]
        pub enum Trap { $($(#[doc = $doc])* $name,)* }

        impl Trap {
            /// Every trap by number.
            pub const ALL: &[Trap] = &[$(Trap::$name),*];

            /// The class of the thrown object.
            pub const fn class(self) -> ErrorClass {
                match self { $(Trap::$name => ErrorClass::$class,)* }
            }

            /// The message where nothing more precise is known.
            pub const fn text(self) -> &'static str {
                match self { $(Trap::$name => $text,)* }
            }

            /// The trap of a number.
            pub fn from_number(number: u32) -> Option<Trap> {
                Self::ALL.get(number as usize).copied()
            }
        }
    };
}
for_each_trap!(define_traps);
