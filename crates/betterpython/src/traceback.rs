//! Tracebacks as text: where an uncaught exception came from, innermost frame last.
//!
//! Absence: nothing is printed here, and nothing of the machine is touched: the frames are data.

use crate::executable::SourceLines;
use crate::{Executable, Style, TraceFrame, Uncaught};
use bp_syntax::emit::visible;

/// Frames that repeat are shown this many times.
const SHOWN_REPETITIONS: usize = 3;
/// The longest cycle of functions calling each other that counts as repetition.
const LONGEST_CYCLE: usize = 8;
/// Characters of a source line that are shown.
const LINE_WIDTH: usize = 120;
/// What some editors put in front of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of an uncaught exception.
pub(crate) fn render(error: &Uncaught, executable: &Executable, style: Style) -> String {
    let paint = Paint { style };
    let mut lines = executable.source_lines();
    let mut out = String::new();
    if !error.frames.is_empty() {
        out.push_str("Traceback (innermost last):\n");
    }
    for piece in pieces(&error.frames) {
        match piece {
            Piece::Frame(frame) => push_frame(&mut out, frame, executable, &mut lines, paint),
            Piece::Repeated { frames, times } => push_repeated(&mut out, frames, times, paint),
        }
    }
    let class = paint.error(&error.class);
    let message = String::from_utf8_lossy(&error.message);
    let separator = if message.is_empty() { "" } else { ": " };
    out.push_str(&format!("{class}{separator}{message}\n"));
    out
}

/// A part of the traceback.
#[derive(PartialEq, Debug)]
enum Piece<'a, F> {
    Frame(&'a F),
    /// The `frames` frames before this were there `times` more times.
    Repeated {
        frames: usize,
        times: usize,
    },
}

/// Splits frames into those shown and repetitions of what was just shown.
fn pieces<F: Row>(frames: &[F]) -> Vec<Piece<'_, F>> {
    let mut pieces = vec![];
    let mut at = 0;
    while at < frames.len() {
        let rest = &frames[at..];
        let counted = rest.get(1).and_then(Row::repetitions);
        let (cycle, times, rows) = match (counted, repetition(rest)) {
            (Some(more), _) => (1, more + 1, 2),
            (None, Some((cycle, times))) => (cycle, times, cycle * times),
            (None, None) => (1, 1, 1),
        };
        for _ in 0..times.min(SHOWN_REPETITIONS) {
            pieces.extend(rest[..cycle].iter().map(Piece::Frame));
        }
        if times > SHOWN_REPETITIONS {
            pieces.push(Piece::Repeated { frames: cycle, times: times - SHOWN_REPETITIONS });
        }
        at += rows;
    }
    pieces
}

/// Length of the shortest cycle that `frames` begins with more often than is shown, and how often.
fn repetition<F: Row>(frames: &[F]) -> Option<(usize, usize)> {
    (1..=LONGEST_CYCLE).find_map(|cycle| {
        let (head, mut tail) = frames.split_at_checked(cycle)?;
        let mut times = 1;
        while tail.len() >= cycle && head.iter().zip(tail).all(|(one, other)| one.same_as(other)) {
            times += 1;
            tail = &tail[cycle..];
        }
        (times > SHOWN_REPETITIONS).then_some((cycle, times))
    })
}

/// A row of a trace, as far as repetition matters.
trait Row {
    /// Whether two frames look the same in a traceback.
    fn same_as(&self, other: &Self) -> bool;

    /// How often the frame before repeats, if the row says that and is no frame itself.
    fn repetitions(&self) -> Option<usize>;
}

impl Row for TraceFrame {
    fn same_as(&self, other: &Self) -> bool {
        // Counts stand for frames of their own.
        matches!(self, TraceFrame::Call { .. }) && self == other
    }

    fn repetitions(&self) -> Option<usize> {
        match self {
            TraceFrame::Repeated(times) => Some(*times),
            TraceFrame::Call { .. } | TraceFrame::Omitted(_) => None,
        }
    }
}

fn push_frame(
    out: &mut String,
    frame: &TraceFrame,
    executable: &Executable,
    lines: &mut SourceLines<'_>,
    paint: Paint,
) {
    let (function, file, line, column) = match frame {
        TraceFrame::Omitted(count) | TraceFrame::Repeated(count) => {
            let text = format!("[{count} {} not shown]", plural(*count, "frame"));
            out.push_str(&format!("  {}\n", paint.dim(&text)));
            return;
        }
        TraceFrame::Call { function, file, line, column } => (function, *file, *line, *column),
    };
    let name = executable.program().files.get(file as usize).map_or("?", |name| name);
    let name = paint.bold(&visible(name));
    out.push_str(&format!("  File \"{name}\", line {line}, column {column}, in {}\n", paint.bold(&visible(function))));
    if let Some(text) = lines.line(file, line) {
        let (shown, caret_at) = cut(&text, column);
        let caret = paint.error("^");
        out.push_str(&format!("    {shown}\n    {}{caret}\n", " ".repeat(caret_at)));
    }
}

fn push_repeated(out: &mut String, frames: usize, times: usize, paint: Paint) {
    let what = if frames == 1 { "frame".to_owned() } else { format!("{frames} frames") };
    let text = format!("[previous {what} repeated {times} more {}]", plural(times, "time"));
    out.push_str(&format!("  {}\n", paint.dim(&text)));
}

fn plural(count: usize, noun: &str) -> String {
    format!("{noun}{}", if count == 1 { "" } else { "s" })
}

/// A source line without its indentation and with only the part around `column` (in characters,
/// from 1) if it is long; and the column of the caret in that, from 0.
fn cut(line: &str, column: u32) -> (String, usize) {
    let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
    let indent = line.chars().count() - trimmed.chars().count();
    let line = visible(trimmed.trim_end());
    let at = (column.max(1) as usize - 1).saturating_sub(indent);
    let start = if line.chars().count() <= LINE_WIDTH { 0 } else { at.saturating_sub(LINE_WIDTH / 2) };
    let mut shown: String = line.chars().skip(start).take(LINE_WIDTH).collect();
    let is_cut_behind = line.chars().count() > start + LINE_WIDTH;
    let lead = if start > 0 { "…" } else { "" };
    shown.insert_str(0, lead);
    if is_cut_behind {
        shown.push('…');
    }
    let caret_at = (at - start.min(at) + usize::from(start > 0)).min(shown.chars().count());
    (shown, caret_at)
}

/// Puts colour on parts of the text.
#[derive(Clone, Copy)]
struct Paint {
    style: Style,
}

impl Paint {
    fn error(self, text: &str) -> String {
        self.with("\x1b[1;31m", text)
    }

    fn bold(self, text: &str) -> String {
        self.with("\x1b[1m", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("\x1b[2m", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self.style {
            Style::Plain => text.to_owned(),
            Style::Colour => format!("{code}{text}\x1b[0m"),
        }
    }
}

#[cfg(test)]
mod tests;
