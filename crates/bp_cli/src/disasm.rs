//! `bp disasm`: bytecode or machine code beside the source lines it came from.

use crate::args::{DisasmArgs, Shown};
use crate::console::{self, Console};
use crate::{Failure, input};
use betterpython::{Executable, Host, Options};

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
    let listings = match args.tier {
        Shown::Bytecode => numbers.into_iter().map(|number| executable.disassemble(number)).collect(),
        Shown::Baseline => machine_code(&executable, &numbers)?,
    };
    console::print(listings.join("\n").as_bytes())
}

/// Listings of the machine code of functions.
fn machine_code(executable: &Executable, numbers: &[u32]) -> Result<Vec<String>, Failure> {
    // The program is not run: its machine tells the compiler where things are.
    let instance =
        executable.start(Options { host: Host::new().foreign_functions(), ..Options::default() }).map_err(|error| {
            Console::stderr().error(&format!("cannot start the program: {error}"));
            Failure::Environment
        })?;
    let listing = |number: &u32| {
        let name = &executable.program().functions[*number as usize].name;
        instance.machine_code(*number).unwrap_or_else(|| format!("{name}: too large to compile\n"))
    };
    Ok(numbers.iter().map(listing).collect())
}
