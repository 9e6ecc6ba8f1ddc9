//! `bp check`: errors and warnings without running.

use crate::args::CheckArgs;
use crate::{Failure, input};
use betterpython::Until;

/// Checks every file, also those after one with errors.
pub(crate) fn check(args: &CheckArgs) -> Result<(), Failure> {
    let mut result = Ok(());
    for path in &args.files {
        let checked = input::read(path).and_then(|input| input::compile(input, Until::Checked, &args.messages));
        if let Err(failure) = checked {
            result = Err(failure);
        }
    }
    result
}
