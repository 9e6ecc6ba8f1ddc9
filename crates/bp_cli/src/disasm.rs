//! `bp disasm`: bytecode beside the source lines it came from.

use crate::args::DisasmArgs;
use crate::console::{self, Console};
use crate::{Failure, input};

/// Prints one function, or all of them.
pub(crate) fn disasm(args: &DisasmArgs) -> Result<(), Failure> {
    let executable = input::executable(&args.file, &args.messages)?;
    let functions = &executable.program().functions;
    let wanted = |name: &str| args.function.as_deref().is_none_or(|function| function == name);
    let numbers: Vec<u32> = (0..).zip(functions).filter(|(_, f)| wanted(&f.name)).map(|(number, _)| number).collect();
    if let (Some(name), true) = (&args.function, numbers.is_empty()) {
        let mut known: Vec<&str> = functions.iter().map(|function| &*function.name).collect();
        known.dedup();
        Console::stderr().error(&format!("no function `{name}` in `{}`", args.file.display()));
        Console::stderr().write(&format!("help: there are {}\n", known.join(", ")));
        return Err(Failure::Environment);
    }
    let listings: Vec<String> = numbers.into_iter().map(|number| executable.disassemble(number)).collect();
    console::print(listings.join("\n").as_bytes())
}
