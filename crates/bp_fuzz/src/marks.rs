//! What in a program's text or output tells the one who runs it how to.

/// In front of functions that are lowered in place, and what stands there for the reference.
pub(crate) const IN_PLACE: &str = "@inline";
pub(crate) const CALLED: &str = "@noinline";
/// In the text of programs that use up their memory: they get little of it.
pub(crate) const SCARCE: &str = "def hog(";
/// On standard error of programs that loop from then on until they are interrupted.
pub(crate) const WAITING: &str = "waits\n";
/// In the output of programs that reach the end of the stack.
pub(crate) const STACK_OVERFLOW: &str = "stack overflow: recursion too deep";
