//! The table of diagnostic codes: one row each, never renumbered, never reused.
//!
//! `E01xx` text and layout, `E02xx` syntax, `E03xx` names and types, `E04xx` declarations,
//! `E05xx` control flow, `E06xx` modules, `E07xx` limits; `W` for warnings.

/// Calls `$with!` with every row: number, identifier, title.
#[macro_export]
macro_rules! for_each_code {
    ($with:ident) => {
        $with! {
            E0301 Mismatch "a value of another type was promised";
            E0302 UnknownName "no such name in scope";
        }
    };
}

macro_rules! define_codes {
    ($($number:ident $ident:ident $title:literal;)*) => {
        /// The code of a diagnostic.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code { $(#[doc = $title] $ident,)* }

        impl Code {
            /// Every code in table order.
            pub const ALL: &[Code] = &[$(Code::$ident),*];

            /// The stable number as shown to users: `E0301`.
            pub const fn number(self) -> &'static str {
                match self { $(Code::$ident => stringify!($number),)* }
            }

            /// What the code stands for, one line.
            pub const fn title(self) -> &'static str {
                match self { $(Code::$ident => $title,)* }
            }
        }
    };
}
for_each_code!(define_codes);
