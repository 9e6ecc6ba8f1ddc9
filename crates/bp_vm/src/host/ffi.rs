//! C libraries: loading them, and calls by the System V calling convention.
//!
//! Invariant: a library that was loaded stays loaded as long as the process runs, so an [`Entry`] never
//! dangles: libraries may have started threads or left callbacks behind.
//!
//! Nothing can check what a C function really takes. Whoever lets a program call foreign functions
//! trusts its declarations as it trusts the libraries: [`Host::foreign_functions`](super::Host::foreign_functions)
//! is where that is granted, and no call is reached without it.
#![allow(unsafe_code, reason = "loading libraries, calling their functions, reading the strings they answer")]

use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
use std::ffi::{CStr, OsStr, c_char};
use std::mem::ManuallyDrop;
use std::os::unix::ffi::OsStrExt;

/// Integer arguments in registers.
const WORD_REGISTERS: usize = 6;
/// Float arguments in registers.
const FLOAT_REGISTERS: usize = 8;
/// What of 16 arguments may be left for the stack: all but the registers of one class.
const MAX_ON_STACK: usize = 16 - WORD_REGISTERS;

/// A function of a library.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    address: usize,
}

/// The arguments of a call, where the convention wants them.
#[derive(Clone, Default, Debug)]
pub(crate) struct Arguments {
    words: [u64; WORD_REGISTERS],
    word_count: usize,
    floats: [u64; FLOAT_REGISTERS],
    float_count: usize,
    stack: [u64; MAX_ON_STACK],
    stack_count: usize,
}

/// What a call left in the two result registers.
#[repr(C)]
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Results {
    /// RAX.
    pub(crate) word: u64,
    /// The low half of XMM0.
    pub(crate) float: u64,
}

impl Arguments {
    /// Adds an integer or a pointer.
    ///
    /// # Panics
    /// At the 17th argument.
    pub(crate) fn word(&mut self, word: u64) {
        if self.word_count < WORD_REGISTERS {
            self.words[self.word_count] = word;
            self.word_count += 1;
        } else {
            self.on_stack(word);
        }
    }

    /// Adds the bits of a `double`.
    ///
    /// # Panics
    /// At the 17th argument.
    pub(crate) fn float(&mut self, bits: u64) {
        if self.float_count < FLOAT_REGISTERS {
            self.floats[self.float_count] = bits;
            self.float_count += 1;
        } else {
            self.on_stack(bits);
        }
    }

    fn on_stack(&mut self, word: u64) {
        self.stack[self.stack_count] = word;
        self.stack_count += 1;
    }
}

/// Finds a function; `library` is a name or path for the system's loader, none is the process itself.
/// The error says what is missing.
pub(crate) fn load(library: Option<&[u8]>, symbol: &[u8]) -> Result<Entry, String> {
    if !cfg!(target_arch = "x86_64") {
        return Err("foreign functions are not available on this machine".to_owned());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (loaded, what) = match library {
        None => (Library::this(), "the process".to_owned()),
        Some(name) => (open(name)?, format!("the library `{}`", text(name))),
    };
    let loaded = ManuallyDrop::new(loaded);
    // SAFETY: the type asked for is that of any function, and it is only called by `call`, which says
    // what that takes.
    let found = unsafe { loaded.get::<unsafe extern "C" fn()>(symbol) };
    match found {
        Ok(function) => Ok(Entry { address: *function as usize }),
        Err(_) => Err(format!("{what} has no function `{}`", text(symbol))),
    }
}

/// Loads a library by the names that `name` may be short for.
fn open(name: &[u8]) -> Result<Library, String> {
    let given = String::from_utf8_lossy(name);
    let mut first = None;
    for name in spellings(name) {
        // SAFETY: runs the library's initialisers, which whoever allowed foreign functions trusts.
        match unsafe { Library::open(Some(OsStr::from_bytes(&name)), RTLD_NOW | RTLD_LOCAL) } {
            Ok(library) => return Ok(library),
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    let reason = first.map(|error| error.to_string()).unwrap_or_default();
    Err(format!("cannot load the library `{given}`: {reason}"))
}

/// `m` and `libm` are short for `libm.so`, or `libm.so.6` where only that is installed.
fn spellings(name: &[u8]) -> Vec<Vec<u8>> {
    let mut spellings = vec![name.to_vec()];
    let is_plain = !name.contains(&b'/') && !name.windows(3).any(|part| part == b".so");
    if is_plain {
        for prefix in [&b""[..], b"lib"] {
            for suffix in [&b".so"[..], b".so.6"] {
                spellings.push([prefix, name, suffix].concat());
            }
        }
    }
    spellings
}

/// Calls a function with these arguments.
pub(crate) fn call(entry: Entry, arguments: &Arguments) -> Results {
    let mut results = Results::default();
    let Arguments { words, floats, stack, stack_count, .. } = arguments;
    // SAFETY: the arrays are as long as `enter` reads and outlive the call. That the function takes what
    // it is given is the program's promise, which whoever allowed foreign functions trusts.
    unsafe { enter(entry.address, words.as_ptr(), floats.as_ptr(), stack.as_ptr(), *stack_count, &raw mut results) };
    results
}

/// A copy of the string at an address; none at address 0.
pub(crate) fn text(address: u64) -> Option<Vec<u8>> {
    let start = address as *const c_char;
    if start.is_null() {
        return None;
    }
    // SAFETY: the function is declared to answer a string, so there is one that ends in NUL: the program's
    // promise, as in `call`.
    let text = unsafe { CStr::from_ptr(start) };
    Some(text.to_bytes().to_vec())
}

/// Fills the argument registers and the stack, calls, and stores the two results.
///
/// # Safety
/// `words` has 6 elements, `floats` 8, `stack` as many as `count` says; `results` can be written; `entry`
/// is a function that takes arguments like these.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "sysv64" fn enter(
    entry: usize,
    words: *const u64,
    floats: *const u64,
    stack: *const u64,
    count: usize,
    results: *mut Results,
) {
    std::arch::naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        // Two pushes: the stack stays aligned to 16 bytes.
        "push rbx",
        "push r12",
        "mov rbx, r9",
        "mov r11, rdi",
        "mov r10, rsi",
        // Room for the arguments, an even number of words.
        "lea rax, [r8 + 1]",
        "and rax, -2",
        "shl rax, 3",
        "sub rsp, rax",
        "xor eax, eax",
        "2:",
        "cmp rax, r8",
        "jae 3f",
        "mov r12, [rcx + 8*rax]",
        "mov [rsp + 8*rax], r12",
        "inc rax",
        "jmp 2b",
        "3:",
        "movsd xmm0, [rdx]",
        "movsd xmm1, [rdx + 8]",
        "movsd xmm2, [rdx + 16]",
        "movsd xmm3, [rdx + 24]",
        "movsd xmm4, [rdx + 32]",
        "movsd xmm5, [rdx + 40]",
        "movsd xmm6, [rdx + 48]",
        "movsd xmm7, [rdx + 56]",
        "mov rdi, [r10]",
        "mov rsi, [r10 + 8]",
        "mov rdx, [r10 + 16]",
        "mov rcx, [r10 + 24]",
        "mov r8, [r10 + 32]",
        "mov r9, [r10 + 40]",
        // Variadic functions read here how many float registers may be in use.
        "mov eax, 8",
        "call r11",
        "mov [rbx], rax",
        "movsd [rbx + 8], xmm0",
        "lea rsp, [rbp - 16]",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// See the other one: no function is found on this machine, so none is called.
///
/// # Safety
/// None is needed.
#[cfg(not(target_arch = "x86_64"))]
unsafe fn enter(_: usize, _: *const u64, _: *const u64, _: *const u64, _: usize, _: *mut Results) {
    unreachable!("`load` finds no function on this machine");
}
