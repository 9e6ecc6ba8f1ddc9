//! `bp build`: source to `.bpc`.

use crate::args::BuildArgs;
use crate::console::Console;
use crate::{Failure, input};
use betterpython::{Executable, Until};
use std::path::{Path, PathBuf};

/// Compiles a file. The file written is never the one read.
pub(crate) fn build(args: &BuildArgs) -> Result<(), Failure> {
    let compilation = input::compile(input::read(&args.file)?, Until::Compiled, &args.messages)?;
    let executable = Executable::from_compilation(&compilation).expect("it has no errors");
    let refuse = |failure: Failure, reason: String| {
        Console::stderr().error(&reason);
        Err(failure)
    };
    let Some(output) = output_path(args) else {
        let reason = "the program comes from standard input: name the file to write with `--output`";
        return refuse(Failure::Usage, reason.to_owned());
    };
    if is_same_file(&args.file, &output) {
        let reason = format!("writing `{}` would overwrite the source: choose `--output`", output.display());
        return refuse(Failure::Usage, reason);
    }
    match std::fs::write(&output, executable.to_bpc()) {
        Ok(()) => Ok(()),
        Err(error) => {
            let reason = format!("cannot write `{}`: {}", output.display(), input::reason(&error));
            refuse(Failure::Environment, reason)
        }
    }
}

fn output_path(args: &BuildArgs) -> Option<PathBuf> {
    if args.output.is_some() {
        return args.output.clone();
    }
    (args.file != Path::new("-")).then(|| args.file.with_extension("bpc"))
}

/// Whether two paths lead to one file, by whatever links.
fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
