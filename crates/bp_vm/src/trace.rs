//! Traces: where an exception was thrown.
//!
//! A trace is a list of rows, innermost call first, in a heap object of words ([`layout`]). A call
//! that repeats its caller's position is counted instead of stored, and of a very deep stack both
//! ends are kept.

use crate::heap::Ref;
use crate::jit::Site;
use crate::native::Thrown;
use crate::vm::Vm;
use bp_builtins::errors::TRACE_FIELD;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::trace as layout;
use bp_isa::fault::{Fault, seeded};
use bp_isa::types::FixedType;

/// Rows kept of each end of the stack.
const KEPT: usize = 100;

/// A row of a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TraceFrame {
    /// A call.
    Call {
        /// The function's name.
        function: String,
        /// Number of its source file in the program.
        file: u32,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// The call before was active so many more times.
    Repeated(usize),
    /// So many calls are left out.
    Omitted(usize),
}

/// A row as a word.
fn row(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

fn high(row: u64) -> u32 {
    (row >> 32) as u32
}

fn is_count(row: u64) -> bool {
    high(row) == layout::OMITTED || high(row) == layout::REPEATED
}

impl Vm {
    /// The rows of the stack as it is, innermost first.
    pub(crate) fn capture_trace(&self) -> Vec<u64> {
        let mut rows: Vec<u64> = Vec::new();
        // Rows of the outer end, in a ring once there are more than are kept.
        let mut outer = std::collections::VecDeque::new();
        let mut omitted = 0_usize;
        let mut last = None;
        self.state.each_frame(|site| {
            let here = match site {
                Site::Interpreted(index) => {
                    let frame = self.state.stack.frame(index);
                    row(frame.function().index, frame.offset() as u32)
                }
                Site::Compiled { function, pc, .. } => {
                    row(function, pc.saturating_sub(u32::from(seeded(Fault::Traceback))))
                }
            };
            let into_outer = rows.len() >= KEPT;
            if last == Some(here) {
                let previous = if into_outer { outer.back_mut() } else { rows.last_mut() };
                match previous {
                    Some(count) if high(*count) == layout::REPEATED => *count += 1,
                    Some(_) if into_outer => outer.push_back(row(layout::REPEATED, 1)),
                    Some(_) => rows.push(row(layout::REPEATED, 1)),
                    None => outer.push_back(row(layout::REPEATED, 1)),
                }
                return true;
            }
            last = Some(here);
            if into_outer {
                outer.push_back(here)
            } else {
                rows.push(here)
            }
            while outer.len() > KEPT {
                let gone: u64 = outer.pop_front().expect("more than none");
                omitted += if is_count(gone) { gone as u32 as usize } else { 1 };
            }
            true
        });
        if omitted > 0 {
            rows.push(row(layout::OMITTED, u32::try_from(omitted).unwrap_or(u32::MAX)));
        }
        rows.extend(outer);
        rows
    }

    /// The stack as it is, as an object.
    pub(crate) fn new_trace(&mut self) -> Result<Ref, Thrown> {
        let rows = self.capture_trace();
        let header = Header::new(FixedType::WordStorage.id(), RefKind::None, layout::FRAMES + rows.len());
        let object = self.alloc(header)?;
        self.heap.store(object, layout::LEN, rows.len() as u64);
        self.heap.words_mut(object, layout::FRAMES, rows.len()).copy_from_slice(&rows);
        Ok(object)
    }

    /// The trace of an error, outermost call first.
    pub(crate) fn trace_frames(&self, error: Ref) -> Vec<TraceFrame> {
        if error == self.state.spare_error {
            return self.described(&self.state.spare_trace);
        }
        let trace = Ref::from_word(self.heap.load(error, TRACE_FIELD as usize));
        if trace.is_null() {
            return Vec::new();
        }
        let count = self.heap.load(trace, layout::LEN) as usize;
        self.described(self.heap.words(trace, layout::FRAMES, count))
    }

    fn described(&self, rows: &[u64]) -> Vec<TraceFrame> {
        let mut frames = Vec::with_capacity(rows.len());
        let mut rows = rows.iter().rev().peekable();
        while let Some(&row) = rows.next() {
            // Innermost first a count follows its call; outermost first the call comes first.
            let repeated = if high(row) == layout::REPEATED { Some(row as u32 as usize) } else { None };
            match (repeated, high(row)) {
                (Some(count), _) => {
                    if let Some(&call) = rows.next() {
                        frames.push(self.described_call(call));
                    }
                    frames.push(TraceFrame::Repeated(count));
                }
                (None, layout::OMITTED) => frames.push(TraceFrame::Omitted(row as u32 as usize)),
                (None, _) => frames.push(self.described_call(row)),
            }
        }
        frames
    }

    fn described_call(&self, row: u64) -> TraceFrame {
        if is_count(row) {
            return TraceFrame::Omitted(row as u32 as usize);
        }
        let function = &self.state.program.functions[high(row) as usize];
        let place = function.line_at(row as u32 as usize);
        let (line, column) = place.map_or((0, 0), |entry| (entry.line, entry.column));
        TraceFrame::Call { function: function.name.to_string(), file: function.file, line, column }
    }

    /// The trace of an error as lines of text, outermost call first.
    pub(crate) fn trace_lines(&self, error: Ref) -> Vec<String> {
        let line = |frame: TraceFrame| match frame {
            TraceFrame::Call { function, file, line, column } => {
                let file = self.state.program.files.get(file as usize).map_or("?", |name| name);
                format!("{file}:{line}:{column} in {function}")
            }
            TraceFrame::Repeated(count) => format!("[previous call repeated {count} more times]"),
            TraceFrame::Omitted(count) => format!("[{count} calls left out]"),
        };
        self.trace_frames(error).into_iter().map(line).collect()
    }
}
