//! What the front end accepts at most. Later stages rely on these bounds: a walker over the tree
//! recurses at most [`MAX_TREE_DEPTH`] levels and must use `stacker` (or an explicit stack) for it.

/// Nesting of blocks, brackets, prefix operators, lambdas, types and patterns, all together.
pub const MAX_NESTING: u32 = 256;

/// Height of an expression's tree. Chains such as `a + b + …` or `x.f().g()…` nest to the left
/// and are common in generated programs, so this is much higher than [`MAX_NESTING`].
pub const MAX_EXPR_HEIGHT: u32 = 4_000;

/// Upper bound of the depth of a [`Module`](crate::ast::Module) tree, in nodes.
pub const MAX_TREE_DEPTH: u32 = MAX_EXPR_HEIGHT + 2 * MAX_NESTING;

/// Errors reported per file; what follows is counted and not shown.
pub const MAX_ERRORS: usize = 100;

/// Bytes of source text that one compilation can address.
pub const MAX_SOURCE_BYTES: usize = 1 << 31;
