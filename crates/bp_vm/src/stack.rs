//! The thread's register stack and its frames.
//!
//! Registers of all active interpreted calls lie in one block of words, windows overlapping where a
//! call passes its arguments. Frames lie in a block of their own. Both are reserved once and never
//! move; pages are taken from the system when they are first touched.
//!
//! Invariant: every frame up to [`Stack::depth`] has a window inside the block and a `pc` that
//! points at the instruction it is executing. The interpreter keeps both in locals and writes them
//! back before anything that may look.
#![allow(unsafe_code, reason = "reserves memory and hands out its addresses")]

#[cfg(not(miri))]
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};
use std::ptr::NonNull;
#[cfg(not(miri))]
use std::ptr::null_mut;

/// What the interpreter needs of a function at every call; the addresses are into the program and
/// the counters of the same engine.
#[repr(C)]
pub(crate) struct FunctionState {
    /// First instruction word.
    pub(crate) code: *const u64,
    /// Number of registers.
    pub(crate) registers: u32,
    /// Number of parameters.
    pub(crate) params: u16,
    /// Whether the closure follows the parameters.
    pub(crate) takes_closure: bool,
    /// How often it was called.
    pub(crate) calls: u32,
    /// The count at which calls get attention: 0 once it is compiled.
    pub(crate) hot_calls: u32,
    /// The count at which its loops get attention.
    pub(crate) hot_loops: u32,
    /// Number of loops.
    pub(crate) loop_count: u32,
    /// Its own number.
    pub(crate) index: u32,
    /// How often each loop's back edge was taken.
    pub(crate) loops: *mut u32,
}

// SAFETY: the addresses are into the program and the counters that the machine owns; nothing else
// reads or writes them, and a machine moves to another thread as a whole.
unsafe impl Send for FunctionState {}

/// An active call.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Frame {
    /// The instruction being executed: of all but the innermost frame a call.
    pub(crate) pc: *const u64,
    /// Register r0.
    pub(crate) window: *mut u64,
    /// What runs.
    pub(crate) function: *const FunctionState,
}

/// Register words that are reserved: 256 MiB of addresses.
const WORDS: usize = if cfg!(miri) { LEAST_WORDS } else { 32 << 20 };
/// The least to go on with where addresses are limited.
const LEAST_WORDS: usize = 64 << 10;

/// A block of zeroed memory that is touched lazily. It comes from the system and not from the
/// allocator, which would clear reused memory at once.
struct Block<T> {
    start: NonNull<T>,
    count: usize,
}

impl<T> Block<T> {
    /// `count` items, or fewer if the system refuses, but not below `least`. Where addresses are limited,
    /// at least as many are left to others.
    fn reserve(mut count: usize, least: usize) -> Option<Block<T>> {
        while count / 2 >= least && Block::<T>::map(2 * count).is_none() {
            count /= 2;
        }
        Block::map(count)
    }

    /// `count` items; none if the system refuses.
    #[cfg(not(miri))]
    fn map(count: usize) -> Option<Block<T>> {
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: an anonymous mapping at an address of the system's choice.
        let start = unsafe { mmap_anonymous(null_mut(), count * size_of::<T>(), access, flags) };
        NonNull::new(start.ok()?.cast()).map(|start| Block { start, count })
    }

    /// The same from the allocator: Miri knows no system.
    #[cfg(miri)]
    fn map(count: usize) -> Option<Block<T>> {
        let layout = std::alloc::Layout::array::<T>(count).ok()?;
        // SAFETY: the layout is not empty.
        let start = unsafe { std::alloc::alloc_zeroed(layout) };
        NonNull::new(start.cast()).map(|start| Block { start, count })
    }

    fn at(&self, index: usize) -> *mut T {
        self.start.as_ptr().wrapping_add(index)
    }
}

#[cfg(miri)]
impl<T> Drop for Block<T> {
    fn drop(&mut self) {
        let layout = std::alloc::Layout::array::<T>(self.count).expect("it was allocated");
        // SAFETY: allocated by `map` with this layout.
        unsafe { std::alloc::dealloc(self.start.as_ptr().cast(), layout) }
    }
}

#[cfg(not(miri))]
impl<T> Drop for Block<T> {
    fn drop(&mut self) {
        // SAFETY: the mapping made by `map`, to which nothing refers any more.
        let unmapped = unsafe { munmap(self.start.as_ptr().cast(), self.count * size_of::<T>()) };
        // Nothing can be done about a failure.
        let _ = unmapped;
    }
}

/// Registers and frames.
pub(crate) struct Stack {
    words: Block<u64>,
    frames: Block<Frame>,
    /// The innermost frame; the first one is a sentinel below all.
    top: *mut Frame,
    /// The last frame that a call may push.
    last_frame: *mut Frame,
    /// One past the last register.
    end: *mut u64,
}

// SAFETY: the blocks belong to the stack alone; addresses in frames are into the same engine, which
// moves to another thread as a whole.
unsafe impl Send for Stack {}

impl Stack {
    /// A stack of at most `max_frames` calls; `None` if the system has no addresses left.
    pub(crate) fn new(max_frames: usize) -> Option<Stack> {
        let words = Block::reserve(WORDS, LEAST_WORDS)?;
        // One for the sentinel, one to spare for the frame that finds the limit.
        let frames: Block<Frame> = Block::reserve(max_frames.max(16) + 2, 16)?;
        let top = frames.at(0);
        let sentinel = Frame { pc: std::ptr::null(), window: words.at(0), function: std::ptr::null() };
        // SAFETY: the block holds at least 16 frames.
        unsafe { top.write(sentinel) };
        let (last_frame, end) = (frames.at(frames.count - 1), words.at(words.count));
        Some(Stack { words, frames, top, last_frame, end })
    }

    /// The innermost frame.
    #[inline(always)]
    pub(crate) fn top(&self) -> *mut Frame {
        self.top
    }

    /// Tells which frame is the innermost.
    #[inline(always)]
    pub(crate) fn set_top(&mut self, top: *mut Frame) {
        debug_assert!((self.frames.at(0)..=self.last_frame).contains(&top));
        self.top = top;
    }

    /// The last frame that a call may push.
    #[inline(always)]
    pub(crate) fn last_frame(&self) -> *mut Frame {
        self.last_frame
    }

    /// One past the last register.
    #[inline(always)]
    pub(crate) fn end(&self) -> *mut u64 {
        self.end
    }

    /// Number of active frames.
    pub(crate) fn depth(&self) -> usize {
        (self.top.addr() - self.frames.at(0).addr()) / size_of::<Frame>()
    }

    /// Frame number `index`, 1 being the outermost.
    pub(crate) fn frame(&self, index: usize) -> Frame {
        assert!(index <= self.depth());
        // SAFETY: frames up to the depth are initialised.
        unsafe { self.frames.at(index).read() }
    }

    /// Sets where frame `index` goes on.
    pub(crate) fn set_pc(&mut self, index: usize, pc: *const u64) {
        assert!(index <= self.depth());
        let frame = self.frames.at(index);
        // SAFETY: frames up to the depth are initialised.
        unsafe { (*frame).pc = pc }
    }

    /// Whether `count` registers fit behind a position.
    pub(crate) fn has_room(&self, index: usize, count: usize) -> bool {
        index + count <= self.words.count
    }

    /// Drops all frames above number `depth`.
    pub(crate) fn pop_to(&mut self, depth: usize) {
        assert!(depth <= self.depth());
        self.top = self.frames.at(depth);
    }

    /// Position of a register among all words.
    #[inline(always)]
    pub(crate) fn index_of(&self, register: *mut u64) -> usize {
        (register.addr() - self.words.at(0).addr()) / size_of::<u64>()
    }

    /// The register at a position.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> u64 {
        assert!(index < self.words.count);
        // SAFETY: inside the block, which was zeroed when it was reserved.
        unsafe { self.words.at(index).read() }
    }

    /// Writes the register at a position.
    #[inline]
    pub(crate) fn set(&mut self, index: usize, word: u64) {
        assert!(index < self.words.count);
        // SAFETY: inside the block.
        unsafe { self.words.at(index).write(word) }
    }

    /// The register at a position, to be rewritten.
    #[inline]
    pub(crate) fn slot(&mut self, index: usize) -> &mut u64 {
        assert!(index < self.words.count);
        let slot = self.words.at(index);
        // SAFETY: inside the block, initialised, and borrowed from the stack as a whole.
        unsafe { &mut *slot }
    }

    /// The address of the register at a position.
    pub(crate) fn address(&self, index: usize) -> *mut u64 {
        self.words.at(index)
    }
}

impl FunctionState {
    /// The highest count of its loops.
    pub(crate) fn most_iterations(&self) -> u32 {
        let count = |id: u32| {
            let place = self.loops.wrapping_add(id as usize);
            // SAFETY: each loop has a counter, in memory that lives as long as the function.
            unsafe { place.read() }
        };
        (0..self.loop_count).map(count).max().unwrap_or(0)
    }

    /// How much was seen of it before it was compiled.
    pub(crate) fn weight(&self) -> u64 {
        u64::from(self.calls) + u64::from(self.most_iterations())
    }
}

impl Frame {
    /// The function that runs.
    pub(crate) fn function(&self) -> &FunctionState {
        // SAFETY: every frame but the sentinel points at a function of the engine that owns the
        // stack, and the engine's functions live as long as its stack.
        unsafe { &*self.function }
    }

    /// Word position of the instruction it executes.
    pub(crate) fn offset(&self) -> usize {
        (self.pc.addr() - self.function().code.addr()) / size_of::<u64>()
    }
}
