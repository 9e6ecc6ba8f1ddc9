//! Bodies: hashes and checksums.

use crate::encode::hexadecimal;
use crate::support::*;
use bp_vm::native::NativeCx;
use md5::Md5;
use sha2::{Digest, Sha256};
use std::hint::black_box;

pub(crate) fn sha256(cx: &mut NativeCx<'_>) -> Answer {
    let digest = Sha256::digest(cx.str_arg(0));
    answer_str(cx, &hexadecimal(&digest))
}

pub(crate) fn md5(cx: &mut NativeCx<'_>) -> Answer {
    let digest = Md5::digest(cx.str_arg(0));
    answer_str(cx, &hexadecimal(&digest))
}

pub(crate) fn crc32(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(i64::from(crc32fast::hash(cx.str_arg(0))))
}

/// Looks at every byte of the second string, whatever the first one is: a secret of the program
/// goes first or second, its length is told in either case.
pub(crate) fn secure_compare(cx: &mut NativeCx<'_>) -> Answer {
    let (a, b) = (cx.str_arg(0), cx.str_arg(1));
    let mut differences = usize::from(a.len() != b.len());
    for (at, &byte) in b.iter().enumerate() {
        let other = if a.is_empty() { 0 } else { a[at % a.len()] };
        differences |= black_box(usize::from(byte ^ other));
    }
    answer_bool(black_box(differences) == 0)
}
