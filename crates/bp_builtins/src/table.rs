//! The rows.

/// Calls `$with!` with every row of the table.
#[macro_export]
macro_rules! for_each_builtin {
    ($with:ident) => {
        $with! {
            /// Writes the texts of the values to standard output, `sep` between and `end` behind them.
            Print ["print"] [] "(values: any..., sep: str = \" \", end: str = \"\\n\")" io;
            /// The number of elements.
            ArrayLen ["len", "array_len"] ["len"] "[T](xs: [T]) -> int" reads, inline;
            /// Appends `value`.
            ArrayPush ["array_push"] ["push", "append"] "[T](xs: [T], value: T)" writes, alloc, inline;
            /// The magnitude of `x`; `abs(INT_MIN)` is `INT_MIN`.
            AbsInt ["abs"] ["abs"] "(x: int) -> int" pure, inline;
            /// The magnitude of `x`.
            AbsFloat ["abs"] ["abs"] "(x: float) -> float" pure, inline;
        }
    };
}
pub use for_each_builtin;
