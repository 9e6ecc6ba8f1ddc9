//! The table of built-in error classes. All but `Error` derive directly from `Error`.

/// Calls `$with!` with every built-in class.
#[macro_export]
macro_rules! for_each_error_class {
    ($with:ident) => {
        $with! {
            /// The root of everything that can be thrown.
            Error;
            /// A value no conversion or operation can take.
            ValueError;
            /// A cast to a class the object is not of.
            TypeError;
            /// An index outside an array, string or tuple.
            IndexError;
            /// A key a map does not hold.
            KeyError;
            /// `x!` of null.
            NullError;
            /// A zero divisor.
            ZeroDivisionError;
            /// A failed `assert`.
            AssertionError;
            /// What fits no other class.
            RuntimeError;
            /// A file or process operation that failed.
            IOError;
            /// Recursion beyond the stack limit.
            StackOverflowError;
            /// An allocation beyond the heap limit.
            OutOfMemoryError;
            /// Ctrl-C or the embedder's interrupt handle.
            InterruptError;
            /// A checked operation whose result does not fit.
            OverflowError;
        }
    };
}

macro_rules! define_error_classes {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        /// A built-in error class; its number is also its position among a program's records.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u8)]
        pub enum ErrorClass { $($(#[doc = $doc])* $name,)* }

        impl ErrorClass {
            /// Every class in table order.
            pub const ALL: &[ErrorClass] = &[$(ErrorClass::$name),*];

            /// The class's name.
            pub const fn name(self) -> &'static str {
                match self { $(ErrorClass::$name => stringify!($name),)* }
            }

            /// What it stands for.
            pub const fn doc(self) -> &'static str {
                match self { $(ErrorClass::$name => concat!($($doc),*),)* }
            }
        }
    };
}
for_each_error_class!(define_error_classes);

/// Number of the field `message: str` of `Error`.
pub const MESSAGE_FIELD: u32 = 0;
/// Number of the field `trace` of `Error`; reading it calls `ErrorTrace`, nothing assigns it.
pub const TRACE_FIELD: u32 = 1;
