//! The source files of a compilation and the way from a position to file, line and column.
//!
//! Invariants: a file's text is valid UTF-8. Bytes that were not are replaced one by one by
//! [`REPLACED`] and their ranges kept, so that positions are byte positions in the file as it is
//! on disk. Every file owns `base ..= base + len` of the position space; position 0 belongs to no
//! file, so the default [`Span`] means "nowhere".
//!
//! Absence: no I/O. The caller reads files.

use crate::limits::MAX_SOURCE_BYTES;
use crate::span::Span;
use std::sync::Arc;

/// Stands for one byte that was not UTF-8.
pub const REPLACED: u8 = 0x1a;

/// How many ranges of invalid bytes are remembered per file.
const MAX_INVALID_RANGES: usize = 128;

/// Bytes between two entries of a file's table of characters: the most that are counted for one column.
const BLOCK_BYTES: usize = 512;

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(u32);

impl FileId {
    /// Position in the map, for dense side tables.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One source file.
#[derive(Debug)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    base: u32,
    /// Byte offset in `text` of each line's first byte.
    line_starts: Vec<u32>,
    /// Characters before each multiple of [`BLOCK_BYTES`] in `text`: a program may be one long line.
    chars_before: Vec<u32>,
    invalid: Vec<Span>,
    too_large: bool,
}

/// Where a position is, for people: both counts start at 1, columns are in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// All files of a compilation.
#[derive(Default, Debug)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// A map without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. `name` is what messages show.
    ///
    /// Text that is not UTF-8 or does not fit into the position space is not refused here:
    /// parsing the file reports it.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Vec<u8>>) -> FileId {
        let base = self.files.last().map_or(1, |last| last.base + last.len() + 1);
        let bytes = text.into();
        let too_large = bytes.len() > MAX_SOURCE_BYTES.saturating_sub(base as usize);
        let (text, invalid) = if too_large { (String::new(), vec![]) } else { repair(bytes, base) };
        let mut line_starts = vec![0];
        line_starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        let chars_before = chars_before(text.as_bytes());
        let text = text.into();
        self.files.push(SourceFile { name: name.into(), text, base, line_starts, chars_before, invalid, too_large });
        FileId(self.files.len() as u32 - 1)
    }

    /// A file by number.
    pub fn file(&self, file: FileId) -> &SourceFile {
        &self.files[file.index()]
    }

    /// All files in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file that owns a position; none for position 0 and beyond the last file.
    pub fn file_at(&self, position: u32) -> Option<FileId> {
        let after = self.files.partition_point(|file| file.base <= position);
        let index = after.checked_sub(1)?;
        let file = &self.files[index];
        (position - file.base <= file.len()).then_some(FileId(index as u32))
    }

    /// File, line and column of a position; none if no file owns it.
    pub fn locate(&self, position: u32) -> Option<Location> {
        let id = self.file_at(position)?;
        let file = self.file(id);
        let line = file.line_of(position);
        let column = file.column_of(position);
        Some(Location { file: id, line, column })
    }

    /// The text a span covers; empty if it lies in no file.
    pub fn text(&self, span: Span) -> &str {
        self.file_at(span.start).and_then(|file| self.file(file).slice(span)).unwrap_or("")
    }
}

impl SourceFile {
    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, with a shared owner.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Position of the first byte.
    pub fn base(&self) -> u32 {
        self.base
    }

    /// The whole file.
    pub fn span(&self) -> Span {
        Span::new(self.base, self.base + self.len())
    }

    /// Ranges of bytes that are not UTF-8 (the first few, if there are many).
    pub fn invalid(&self) -> &[Span] {
        &self.invalid
    }

    /// Whether the text was dropped because it did not fit.
    pub fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// Number of lines; a final newline does not start another one.
    pub fn line_count(&self) -> u32 {
        let last_is_empty = self.line_starts.len() > 1 && self.line_starts.last() == Some(&self.len());
        (self.line_starts.len() - usize::from(last_is_empty)) as u32
    }

    /// The line of a position in this file, from 1.
    pub fn line_of(&self, position: u32) -> u32 {
        let offset = position.saturating_sub(self.base);
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// The column of a position in this file, in characters from 1.
    pub fn column_of(&self, position: u32) -> u32 {
        let mut offset = (position.saturating_sub(self.base) as usize).min(self.text.len());
        let line = self.line_of(position);
        let start = self.line_starts[line as usize - 1] as usize;
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        if offset - start <= BLOCK_BYTES {
            return char_count(&self.text.as_bytes()[start..offset]) + 1;
        }
        self.chars_until(offset) - self.chars_until(start) + 1
    }

    fn chars_until(&self, offset: usize) -> u32 {
        let block = offset / BLOCK_BYTES;
        self.chars_before[block] + char_count(&self.text.as_bytes()[block * BLOCK_BYTES..offset])
    }

    /// The span of line `line` (from 1) without its line end; empty beyond the last line.
    pub fn line_span(&self, line: u32) -> Span {
        let index = (line.max(1) as usize - 1).min(self.line_starts.len() - 1);
        let start = self.line_starts[index];
        let end = self.line_starts.get(index + 1).map_or(self.len(), |&next| next - 1);
        let text = &self.text.as_bytes()[start as usize..end as usize];
        let end = end - u32::from(text.last() == Some(&b'\r'));
        Span::new(self.base + start, self.base + end)
    }

    /// The text of line `line` (from 1) without its line end.
    pub fn line_text(&self, line: u32) -> &str {
        self.slice(self.line_span(line)).unwrap_or("")
    }

    /// The text of a span; none if it is not within this file or cuts a character.
    pub fn slice(&self, span: Span) -> Option<&str> {
        let start = span.start.checked_sub(self.base)? as usize;
        let end = span.end.checked_sub(self.base)? as usize;
        self.text.get(start..end)
    }

    fn len(&self) -> u32 {
        self.text.len() as u32
    }
}

/// How many characters begin in these bytes of UTF-8.
fn char_count(bytes: &[u8]) -> u32 {
    const CONTINUATION: u8 = 0b1000_0000;
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != CONTINUATION).count() as u32
}

/// The table of [`SourceFile::chars_before`].
fn chars_before(text: &[u8]) -> Vec<u32> {
    let mut before = vec![0];
    let mut count = 0;
    for block in text.chunks_exact(BLOCK_BYTES) {
        count += char_count(block);
        before.push(count);
    }
    before
}

/// Makes valid UTF-8 of the same length, and says which ranges were not.
fn repair(bytes: Vec<u8>, base: u32) -> (String, Vec<Span>) {
    let mut bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, vec![]),
        Err(error) => error.into_bytes(),
    };
    let mut ranges: Vec<Span> = vec![];
    let mut at = 0;
    while let Err(error) = std::str::from_utf8(&bytes[at..]) {
        let start = at + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        bytes[start..end].fill(REPLACED);
        at = end;
        let (start, end) = (base + start as u32, base + end as u32);
        if let Some(last) = ranges.last_mut().filter(|last| last.end == start) {
            last.end = end;
        } else if ranges.len() < MAX_INVALID_RANGES {
            ranges.push(Span::new(start, end));
        }
    }
    let text = String::from_utf8(bytes).expect("every invalid range was replaced by ASCII");
    (text, ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let line = "aé😀".repeat(1000);
        let mut map = SourceMap::new();
        let id = map.add("long.bp", format!("x\n{line}\ny"));
        let file = map.file(id);
        for (column, (offset, _)) in line.char_indices().enumerate() {
            assert_eq!(file.column_of(file.base() + 2 + offset as u32), column as u32 + 1);
        }
        assert_eq!(file.column_of(file.base() + 3 + line.len() as u32), 1);
    }
}
