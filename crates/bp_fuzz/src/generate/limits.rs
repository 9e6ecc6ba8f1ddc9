//! Programs at their limits: the stack's, the heap's, and their patience.

use super::Generator;
use super::types::Ty;
use crate::marks;

impl Generator {
    /// Declares what some programs do at their end.
    pub(super) fn declare_limits(&mut self) {
        self.line("def endless(n: int) -> int: return endless(n + 1) + n");
        if self.hogs {
            self.hog();
        }
        if self.waits {
            self.waiting();
        }
    }

    /// The end of `main`: what the program does at its limits.
    pub(super) fn reach_limits(&mut self) {
        if self.rng.chance(4) {
            self.block("try:", |it| it.line("print(endless(1))"));
            self.block("catch StackOverflowError:", |it| it.line("print(\"too deep\")"));
        }
        if self.hogs {
            for _ in 0..2 {
                self.block("try:", |it| it.line("hog(0)"));
                self.block("catch OutOfMemoryError as e:", |it| it.line("print(typeof(e), e.message)"));
            }
        }
        if self.waits {
            self.block("try:", |it| it.line("wait(7)"));
            self.block("catch InterruptError as e:", |it| it.line("print(typeof(e))"));
        }
    }

    /// A function that keeps what it makes until there is no memory.
    fn hog(&mut self) {
        // Element, what is pushed, and whether that alone is much.
        const KINDS: &[(&str, &str)] = &[
            ("[int]", "[n, n]"),
            ("str", "str(n) + \"tail\""),
            ("str", "\"x\" * 500 + str(n)"),
            ("{int: int}", "{n: 1, 2: n}"),
            ("{str: int}", "{str(n): n}"),
            ("(int, str)", "(n, \"a\")"),
            ("Nu8", "Nu8([1, 2])"),
            ("[str]", "str(n).split(\"1\")"),
            ("[float]", "[1.0] * 300"),
        ];
        let (element, value) = *self.rng.pick(KINDS);
        // One object that grows, of each kind there is.
        const GROWING: &[(&str, &str)] = &[
            ("let kept: [int] = []", "kept.push(n)"),
            ("let kept: [float] = []", "kept.push(0.5)"),
            ("let kept: [bool] = []", "kept.push(n > 3)"),
            ("let kept = Nu8([])", "kept.v.push(n)"),
            ("let kept = Ni32([])", "kept.v.push(n)"),
            ("let kept = Nf32([])", "kept.v.push(0.5)"),
            ("let kept: {int: int} = {}", "kept[n] = n"),
            ("let kept: {str: int} = {}", "kept[str(n)] = n"),
            ("let kept: {(int, int): int} = {}", "kept[(n, 1)] = n"),
            ("let kept = \"abcdefgh\"", "kept = kept + kept"),
            ("let kept = \"abcdefgh\"", "kept = f\"{kept}{n}{kept}\""),
            ("let kept: [str] = [\"\"]", "kept.push(str(kept)[-500:])"),
        ];
        let kept = format!("let kept: [{element}] = []");
        let push = format!("kept.push({value})");
        let (kept, grow) = if self.rng.chance(50) { (kept.as_str(), push.as_str()) } else { *self.rng.pick(GROWING) };
        let looped = self.rng.chance(70);
        self.block(format!("{}n: int):", marks::SCARCE), |it| {
            it.line(kept);
            let header = if looped { "while true:" } else { "for turn in range(INT_MAX):" };
            it.block(header, |it| {
                it.line("n += 1");
                it.line(grow);
            });
        });
    }

    /// A function that loops until it is interrupted, in one of the ways there are.
    fn waiting(&mut self) {
        self.line("def step(n: int) -> int: return n * 31 + 1");
        let header = *self.rng.pick(&[
            "while true:",
            "while n != 0 or true:",
            "for i in range(INT_MAX):",
            "for i in range(INT_MIN, INT_MAX, 3):",
            "for i in range(INT_MAX, INT_MIN, -1):",
            "for i in range(0, INT_MAX, by):",
        ]);
        let mut inner = vec![];
        for _ in 0..self.rng.between(1, 2) {
            inner.push(match self.rng.below(5) {
                0 => "n = step(n)".to_owned(),
                1 => "for j in range(3): n += j".to_owned(),
                2 => "if n > 0: continue".to_owned(),
                3 => "words[0] = n".to_owned(),
                _ => {
                    self.scopes.push(vec![]);
                    self.declare("n", Ty::Int, false);
                    let (globals, functions) = (std::mem::take(&mut self.globals), std::mem::take(&mut self.functions));
                    let value = self.expr(&Ty::Int, 1);
                    (self.globals, self.functions) = (globals, functions);
                    self.scopes.pop();
                    // What divides by zero ends nothing.
                    format!("n = n ^ {value}").replace(['/', '%'], "|")
                }
            });
        }
        self.block("def wait(n: int):", |it| {
            it.line("let words = [1]");
            it.line("let by = 5");
            it.line(format!("eprint(\"{}\")", marks::WAITING.trim_end()));
            it.block(header, |it| {
                it.line("n = n * 3 + by");
                inner.iter().for_each(|line| it.line(line));
            });
        });
    }
}
