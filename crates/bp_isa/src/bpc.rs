//! `.bpc` files: a compiled program on disk.
//!
//! Layout: magic, format version, length and CRC-32 of the payload (little endian), then the
//! [`Program`] in the postcard encoding. The checksum guards against damage, not against malice:
//! a `.bpc` is trusted like a native executable. Readers verify the bytecode all the same.

use crate::Program;
use std::fmt;

/// First bytes of every file.
pub const MAGIC: [u8; 4] = *b"\x7fBPC";
/// Changes whenever instructions, types or this layout do.
pub const VERSION: u32 = 4;
const HEADER_BYTES: usize = 20;

/// Why a file cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BpcError {
    /// It does not begin like a `.bpc` file.
    Foreign,
    /// It was written by another version of the format.
    Version {
        /// The file's version.
        found: u32,
    },
    /// It ends too early or has something appended.
    Length {
        /// Bytes that the header promises behind itself.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// Its content does not match its checksum.
    Checksum,
    /// Its content is no program.
    Content,
}

impl fmt::Display for BpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BpcError::Foreign => f.write_str("this is not a compiled BetterPython program"),
            BpcError::Version { found } => write!(
                f,
                "compiled for bytecode version {found}, this `bp` runs version {VERSION}; build it again with `bp build`"
            ),
            BpcError::Length { expected, found } => {
                write!(f, "the file is damaged: {found} bytes of content instead of {expected}; build it again")
            }
            BpcError::Checksum => f.write_str("the file is damaged: its checksum does not match; build it again"),
            BpcError::Content => f.write_str("the file is damaged: its content is no program; build it again"),
        }
    }
}

impl std::error::Error for BpcError {}

/// Whether `bytes` begin like a `.bpc` file.
pub fn is_bpc(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The file of a program.
pub fn write(program: &Program) -> Vec<u8> {
    seal(&postcard::to_stdvec(program).expect("every program has an encoding"))
}

/// The file with this content, which need not be a program: for tests of what reads files.
pub fn seal(payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER_BYTES + payload.len());
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    file.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    file.extend_from_slice(payload);
    file
}

/// The program in a file; its bytecode is still to be verified.
///
/// # Errors
/// Says what is wrong with the file.
pub fn read(file: &[u8]) -> Result<Program, BpcError> {
    let (header, payload) = file.split_at_checked(HEADER_BYTES).ok_or(BpcError::Foreign)?;
    if !is_bpc(header) {
        return Err(BpcError::Foreign);
    }
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if word(4) != VERSION {
        return Err(BpcError::Version { found: word(4) });
    }
    let expected = u64::from(word(8)) | u64::from(word(12)) << 32;
    if expected != payload.len() as u64 {
        return Err(BpcError::Length { expected, found: payload.len() as u64 });
    }
    if word(16) != crc32fast::hash(payload) {
        return Err(BpcError::Checksum);
    }
    match postcard::take_from_bytes(payload) {
        Ok((program, [])) => Ok(program),
        _ => Err(BpcError::Content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Instr;
    use crate::program::Function;

    fn sample() -> Program {
        let (words, count) = Instr::RetVoid {}.encode();
        let function = Function { name: "f".into(), code: words[..count].to_vec(), ..Function::default() };
        Program { functions: vec![function], module_bodies: vec![0], files: vec!["a.bp".into()], ..Program::default() }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(&write(&sample())), Ok(sample()));
    }

    #[test]
    fn every_damage_is_noticed() {
        let file = write(&sample());
        for index in 0..file.len() {
            let mut damaged = file.clone();
            damaged[index] ^= 0x10;
            assert!(read(&damaged).is_err(), "byte {index}");
            assert!(read(&file[..index]).is_err(), "cut at {index}");
        }
        assert_eq!(read(b"import foo"), Err(BpcError::Foreign));
        assert_eq!(
            read(&[file.as_slice(), b"x"].concat()).map_err(|e| matches!(e, BpcError::Length { .. })),
            Err(true)
        );
    }
}
