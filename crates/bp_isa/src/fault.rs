//! Seeded faults: errors of the machine that can be switched on, to see whether its tests find them.
//!
//! One table. Where a fault would be, the code asks [`seeded`]. Without the feature `seeded-faults` that
//! is the constant `false`, and nothing is left of the question. With it, the environment variable
//! [`VARIABLE`] names the one fault that is on, for the whole life of the process.

/// Names the fault that is on.
pub const VARIABLE: &str = "BETTERPYTHON_FAULT";

macro_rules! define_faults {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal;)*) => {
        /// A seeded fault; the text of each says what goes wrong.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Fault { $($(#[doc = $doc])* $variant),* }

        impl Fault {
            /// All of them.
            pub const ALL: &[Fault] = &[$(Fault::$variant),*];

            /// What it is called on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Fault::$variant => $name),* }
            }

            /// What goes wrong.
            pub const fn breaks(self) -> &'static str {
                match self { $(Fault::$variant => concat!($($doc),*)),* }
            }
        }
    };
}

define_faults! {
    /// `<` with a constant also jumps when both are equal.
    WrongCondition = "wrong-condition";
    /// `<` of ints as a value compares without sign.
    UnsignedCompare = "unsigned-compare";
    /// `a - b` into `b` gives `b - a`.
    SwappedSub = "swapped-sub";
    /// A constant shift to the left loses bit 5 of its count.
    ShiftCount = "shift-count";
    /// `==` of floats as a value is true for nan.
    NanParity = "nan-parity";
    /// A branch on `!=` of floats does not jump for nan.
    BranchNan = "branch-nan";
    /// A branch on `<` of floats compares the other way round.
    FloatDirection = "float-direction";
    /// The remainder of a division by -1 is whatever was in the register.
    MinusOne = "minus-one";
    /// `MIN / -1` is left to the processor.
    MinByMinusOne = "min-by-minus-one";
    /// Floor division of ints rounds toward zero.
    FloorSign = "floor-sign";
    /// An element of `[i32]` is loaded without its sign.
    SignExtension = "sign-extension";
    /// A store to `[i32]` writes eight bytes.
    NarrowWidth = "narrow-width";
    /// The bounds check of an array lets the length itself pass.
    BoundsCheck = "bounds-check";
    /// A push does not notice that the storage is full.
    PushCapacity = "push-capacity";
    /// A byte of a string is taken as inline without a look.
    InlineString = "inline-string";
    /// A loop with a step above 1 goes on across the largest int.
    LoopOverflow = "loop-overflow";
    /// Back edges in compiled code do not poll.
    NoPoll = "no-poll";
    /// A call with more than two values to spill forgets the last.
    LostSpill = "lost-spill";
    /// A call does not spill what only its handler needs.
    HandlerSpill = "handler-spill";
    /// An error exit does not spill.
    ThrowSpill = "throw-spill";
    /// One home counts as valid behind a call.
    HomeAfterCall = "home-after-call";
    /// Homes count as clean where control flow joins.
    DirtyAtJoin = "dirty-at-join";
    /// The callee reads its second stack argument where the first is.
    StackArgument = "stack-argument";
    /// Arguments that change places overwrite each other.
    ParallelMove = "parallel-move";
    /// On-stack replacement does not copy the last register.
    OsrSlot = "osr-slot";
    /// On-stack replacement enters at the loop before.
    OsrLoop = "osr-loop";
    /// Stores into fields have no write barrier.
    FieldBarrier = "field-barrier";
    /// Stores into elements have no write barrier.
    ElementBarrier = "element-barrier";
    /// Pushes have no write barrier.
    PushBarrier = "push-barrier";
    /// The write barrier clobbers the index of its element.
    BarrierIndex = "barrier-index";
    /// The card before the right one is dirtied.
    WrongCard = "wrong-card";
    /// Allocation tests the cursor and not the end: one object too many fits the nursery.
    NurseryLimit = "nursery-limit";
    /// The map of references in a compiled frame lacks its last entry.
    StaleMap = "stale-map";
    /// Only the first argument of a built-in that compiled code calls is a root.
    ArgumentRoots = "argument-roots";
    /// The last global reference is no root.
    GlobalRoot = "global-root";
    /// A handler in compiled code does not protect the last instruction of its range.
    HandlerRange = "handler-range";
    /// Exceptions in compiled code go to the outer of two handlers.
    OuterHandler = "outer-handler";
    /// Traces give compiled frames the position of the instruction before.
    Traceback = "traceback";
    /// Code is evicted while frames are in it.
    EvictActive = "evict-active";
    /// `finally` is skipped when an exception passes, in all tiers.
    FinallySkipped = "finally-skipped";
}

/// Whether a fault is on.
#[cfg(not(feature = "seeded-faults"))]
#[inline(always)]
pub const fn seeded(_: Fault) -> bool {
    false
}

/// Whether a fault is on.
///
/// # Panics
/// If the variable names none: a hunt for it would find nothing and prove nothing.
#[cfg(feature = "seeded-faults")]
pub fn seeded(fault: Fault) -> bool {
    static SELECTED: std::sync::OnceLock<Option<Fault>> = std::sync::OnceLock::new();
    let selected = SELECTED.get_or_init(|| {
        let name = std::env::var(VARIABLE).ok()?;
        let known = Fault::ALL.iter().copied().find(|fault| fault.name() == name);
        Some(known.unwrap_or_else(|| panic!("{VARIABLE} names no fault: {name}")))
    });
    *selected == Some(fault)
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn names_differ() {
        let mut names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Fault::ALL.len());
    }
}
