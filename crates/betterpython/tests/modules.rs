//! Programs of several files: what is wrong with them, in which order they run, and where their files
//! come from.
//!
//! Every folder of `tests/modules/` is a program whose `main.bp` is compiled; its files say on their lines
//! which diagnostics they hold, as in `tests/check/`, and `main.stderr` has what users see. `BLESS=1`
//! rewrites that.

use betterpython::{
    Captured, Compilation, End, Executable, FileSystem, Files, Loader, Options, Output, Style, Until, compile_with,
    emit,
};
use std::io;
use std::path::{Path, PathBuf};

/// The files of a folder, by their names there.
struct Folder(PathBuf);

impl Loader for Folder {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        FileSystem::default().read(&self.0.join(path))
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        FileSystem::default().list(&self.0.join(folder))
    }
}

/// File, line and code of every diagnostic that the files promise.
fn promised(compilation: &Compilation) -> Vec<(String, u32, String)> {
    let mut promised = vec![];
    for (_, file) in compilation.sources.files() {
        for (line, text) in (1..).zip(file.text().lines()) {
            let Some((_, codes)) = text.split_once("# error: [") else { continue };
            let codes = codes.trim_end().trim_end_matches(']').split_whitespace();
            promised.extend(codes.map(|code| (file.name().to_owned(), line, code.to_owned())));
        }
    }
    promised.sort();
    promised
}

fn found(compilation: &Compilation) -> Vec<(String, u32, String)> {
    let mut found: Vec<_> = compilation
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let at = compilation.sources.locate(diagnostic.span().start).expect("a diagnostic has a place");
            let file = compilation.sources.file(at.file).name().to_owned();
            (file, at.line, diagnostic.code.number().to_owned())
        })
        .collect();
    found.sort();
    found
}

/// Compiles the program in a folder and returns what is wrong with what is found wrong with it.
fn check(folder: &Path) -> Result<(), String> {
    let main = std::fs::read(folder.join("main.bp")).map_err(|error| error.to_string())?;
    let compilation = compile_with("main.bp", main, Until::Compiled, &Folder(folder.to_owned()));
    let rendered = emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 100);
    if found(&compilation) != promised(&compilation) {
        return Err(format!("promised {:?}\nfound    {:?}\n{rendered}", promised(&compilation), found(&compilation)));
    }
    assert_eq!(compilation.program.is_none(), compilation.has_errors(), "a program is there if nothing is wrong");
    let snapshot = folder.join("main.stderr");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&snapshot, &rendered).map_err(|error| error.to_string())?;
    }
    let expected = std::fs::read_to_string(&snapshot).unwrap_or_default();
    if rendered == expected { Ok(()) } else { Err(format!("rendered otherwise than in the snapshot:\n{rendered}")) }
}

#[test]
fn every_program_reports_what_its_files_promise() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/modules");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root).expect("the folder").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    assert!(folders.len() >= 6, "only {} programs", folders.len());
    let failed = |folder: &PathBuf| check(folder).err().map(|error| format!("== {}\n{error}", folder.display()));
    let failures: Vec<String> = folders.iter().filter_map(failed).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A compilation without errors.
fn sound(main: &str, loader: &dyn Loader) -> Compilation {
    let compilation = compile_with("main.bp", main, Until::Compiled, loader);
    assert!(!compilation.has_errors(), "{}", emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 100));
    compilation
}

/// What a program prints, and how it ends.
fn run(executable: &Executable) -> (String, End, String) {
    let captured = Captured::default();
    let options = Options { output: Output::captured(captured.clone()), ..Options::default() };
    let mut instance = executable.start(options).expect("enough memory");
    let end = instance.run();
    let traceback = match &end {
        End::Uncaught(error) => instance.traceback(error, Style::Plain),
        _ => String::new(),
    };
    (String::from_utf8(captured.stdout()).expect("text"), end, traceback)
}

fn files(texts: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in texts {
        files.insert(*path, *text);
    }
    files
}

#[test]
fn a_compiled_file_holds_all_modules() {
    let modules = files(&[
        ("lib/mod.bp", "import part\nexport def twice(n: int) -> int: return n * part.two\n"),
        ("lib/part.bp", "export let two = 2\n"),
    ]);
    let main = "import lib\n\ndef main() -> int:\n    print(lib.twice(21))\n    return lib.twice(2)\n";
    let file = Executable::from_compilation(&sound(main, &modules)).expect("no errors").to_bpc();
    let (stdout, end, _) = run(&Executable::from_bpc(&file).expect("a sound file"));
    assert_eq!((stdout.as_str(), end.status()), ("42\n", 4));
}

#[test]
fn a_traceback_names_the_file_of_each_frame() {
    let modules = files(&[("deep/low.bp", "export def fail(n: int) -> int:\n    return [1, 2][n]\n")]);
    let main = "import deep.low as low\n\ndef main():\n    print(low.fail(5))\n";
    let (_, _, traceback) = run(&Executable::from_compilation(&sound(main, &modules)).expect("no errors"));
    let expected = "Traceback (innermost last):\n  \
        File \"main.bp\", line 4, column 11, in main\n    print(low.fail(5))\n          ^\n  \
        File \"deep/low.bp\", line 2, column 12, in fail\n    return [1, 2][n]\n           ^\n\
        IndexError: index 5 out of range for length 2\n";
    assert_eq!(traceback, expected);
}

#[test]
fn functions_of_the_main_file_go_first_by_name() {
    let modules = files(&[("other.bp", "export def f() -> int: return 1\nexport def g() -> int: return 2\n")]);
    let main = "import other\n\ndef f() -> int: return other.f() + 10\n";
    let executable = Executable::from_compilation(&sound(main, &modules)).expect("no errors");
    let mut instance = executable.start(Options::default()).expect("enough memory");
    instance.run_modules();
    assert_eq!(instance.call("f", &[]), Ok(11.into()));
    assert_eq!(instance.call("g", &[]), Ok(2.into()));
}

/// Has modules in folders only.
struct Searched(Files, Vec<PathBuf>);

impl Loader for Searched {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        self.0.read(path)
    }

    fn folders(&self) -> &[PathBuf] {
        &self.1
    }
}

#[test]
fn folders_are_searched_in_order_behind_the_importing_file() {
    let texts = files(&[
        ("one/a.bp", "import b\nexport let name = \"one/a \" + b.name\n"),
        ("two/a.bp", "export let name = \"two/a\"\n"),
        ("two/b.bp", "export let name = \"two/b\"\n"),
        ("two/c/mod.bp", "import a\nexport let name = \"two/c \" + a.name\n"),
        ("two/c/a.bp", "export let name = \"two/c/a\"\n"),
        ("b.bp", "export let name = \"b\"\n"),
    ]);
    let loader = Searched(texts, vec!["one".into(), "two".into()]);
    let main = "import a\nimport b\nimport c\nprint(a.name, b.name, c.name, sep=\"; \")\n";
    let (stdout, ..) = run(&Executable::from_compilation(&sound(main, &loader)).expect("no errors"));
    assert_eq!(stdout, "one/a two/b; b; two/c two/c/a\n");
}

/// Has a file that cannot be read.
struct Refusing;

impl Loader for Refusing {
    fn read(&self, _: &Path) -> io::Result<Option<Vec<u8>>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

#[test]
fn a_file_that_cannot_be_read_is_reported_at_the_import() {
    let compilation = compile_with("main.bp", "import secret\nsecret.f()\n", Until::Compiled, &Refusing);
    assert_eq!(found(&compilation), [("main.bp".to_owned(), 1, "E0606".to_owned())]);
    assert_eq!(compilation.diagnostics[0].message, "cannot read `secret.bp`: permission denied");
}

#[test]
fn a_long_chain_of_modules_needs_no_stack() {
    const LENGTH: usize = 3_000;
    let mut modules = Files::default();
    for n in 0..LENGTH {
        modules.insert(format!("m{n}.bp"), format!("import m{}\nexport let n = m{}.n + 1\n", n + 1, n + 1));
    }
    modules.insert(format!("m{LENGTH}.bp"), "export let n = 0\n");
    let (stdout, ..) =
        run(&Executable::from_compilation(&sound("import m0\nprint(m0.n)\n", &modules)).expect("no errors"));
    assert_eq!(stdout, "3000\n");
}
