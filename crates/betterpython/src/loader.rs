//! Where the texts of modules come from: the file system, or memory.
//!
//! Absence: nothing here knows what an `import` means. Which files are asked for, and in which order,
//! is decided by `modules`.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The environment variable that lists folders of modules.
const SEARCH_PATH: &str = "BETTERPYTHON_PATH";
/// How the files of modules end.
const EXTENSION: &str = "bp";

/// Finds the files of modules.
///
/// Paths begin as the name of the main file does, or as one of [`folders`](Self::folders).
pub trait Loader {
    /// The text of a file; none if there is no such file.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;

    /// The same path for whatever path leads to a file: a module is loaded once.
    fn identity(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }

    /// Folders in which modules are looked for that are not beside the importing file.
    fn folders(&self) -> &[PathBuf] {
        &[]
    }

    /// Names of files and folders in a folder, for suggestions.
    fn list(&self, folder: &Path) -> Vec<String> {
        let _ = folder;
        Vec::new()
    }
}

/// Modules from the file system: what `bp` uses.
#[derive(Clone, Default, Debug)]
pub struct FileSystem {
    folders: Vec<PathBuf>,
}

impl FileSystem {
    /// Modules beside the importing file, then in `folders`.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// Modules beside the importing file, then in the folders that `BETTERPYTHON_PATH` lists, separated as
    /// in `PATH`.
    pub fn from_environment() -> Self {
        let folders = std::env::var_os(SEARCH_PATH).unwrap_or_default();
        Self::new(std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()).collect())
    }
}

impl Loader for FileSystem {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        // Opening a pipe or a device could block.
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => std::fs::read(path).map(Some),
            Ok(_) => Ok(None),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }

    fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }
}

/// Modules from memory: texts by path.
///
/// ```
/// use betterpython::{Files, Until};
///
/// let mut files = Files::default();
/// files.insert("rules/price.bp", "export def price(n: int) -> int: return n * 3\n");
/// let main = "import rules.price\n\nprint(rules.price.price(14))\n";
/// let compilation = betterpython::compile_with("main.bp", main, Until::Compiled, &files);
/// assert!(!compilation.has_errors());
/// ```
#[derive(Clone, Default, Debug)]
pub struct Files {
    texts: BTreeMap<PathBuf, Vec<u8>>,
}

impl Files {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<Vec<u8>>) {
        self.texts.insert(path.into(), text.into());
    }
}

impl Loader for Files {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        Ok(self.texts.get(path).cloned())
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let inside = self.texts.keys().filter_map(|path| path.strip_prefix(folder).ok());
        let first = inside.filter_map(|path| path.components().next());
        first.filter_map(|name| name.as_os_str().to_str().map(str::to_owned)).collect()
    }
}

/// The files that a module in `folder` with this path may be in.
pub(crate) fn candidates(folder: &Path, path: &[&str]) -> [PathBuf; 2] {
    let base = path.iter().fold(folder.to_owned(), |base, part| base.join(part));
    [base.with_added_extension(EXTENSION), base.join("mod").with_added_extension(EXTENSION)]
}

/// The name of the module in a file or folder of this name.
pub(crate) fn module_name(file: &str) -> Option<&str> {
    let name = file.strip_suffix(".bp").unwrap_or(file);
    (!name.is_empty() && !name.contains('.') && name != "mod").then_some(name)
}
