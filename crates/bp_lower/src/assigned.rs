//! Which variables a block assigns, so that a loop variable can share the loop's index register.

use bp_check::hir::{Block, LocalId, Place, PlaceKind, Stmt, StmtKind};

/// Whether the statements assign `local` (its declaration does not count). Nested functions do
/// not matter: a variable that they assign is captured, which callers test.
pub(crate) fn assigns(block: &Block, local: LocalId) -> bool {
    block.iter().any(|stmt| stmt_assigns(stmt, local))
}

fn stmt_assigns(stmt: &Stmt, local: LocalId) -> bool {
    match &stmt.kind {
        StmtKind::Assign(place, _) | StmtKind::AugAssign(place, ..) => place_is(place, local),
        StmtKind::If(branches, otherwise) => {
            branches.iter().any(|(_, block)| assigns(block, local)) || assigns(otherwise, local)
        }
        StmtKind::While(_, body, otherwise) | StmtKind::For(_, _, body, otherwise) => {
            assigns(body, local) || assigns(otherwise, local)
        }
        StmtKind::Match { cases, .. } => cases.iter().any(|case| assigns(&case.body, local)),
        StmtKind::Try { body, catches, finally } => {
            assigns(body, local)
                || catches.iter().any(|catch| assigns(&catch.body, local))
                || finally.as_ref().is_some_and(|block| assigns(block, local))
        }
        StmtKind::Let(..)
        | StmtKind::Expr(_)
        | StmtKind::Throw(_)
        | StmtKind::Rethrow
        | StmtKind::Return(_)
        | StmtKind::Break
        | StmtKind::Continue
        | StmtKind::Assert(..) => false,
    }
}

fn place_is(place: &Place, local: LocalId) -> bool {
    match &place.kind {
        PlaceKind::Local(assigned) => *assigned == local,
        PlaceKind::Tuple(parts) => parts.iter().any(|part| place_is(part, local)),
        PlaceKind::Discard
        | PlaceKind::Global(_)
        | PlaceKind::Field(..)
        | PlaceKind::Index(..)
        | PlaceKind::Slice(..) => false,
    }
}
