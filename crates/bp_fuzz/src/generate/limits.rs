//! Programs at their limits: the stack's, the heap's, and their patience.

use super::Generator;
use super::types::Ty;
use crate::marks;

/// Functions that use up the memory.
const HOGS: usize = 6;

impl Generator {
    /// Declares what some programs do at their end.
    pub(super) fn declare_limits(&mut self) {
        self.line("def endless(n: int) -> int: return endless(n + 1) + n");
        if let Some(number) = self.hogs {
            self.hogs(number);
        }
        if let Some(number) = self.waits {
            self.waiting(number);
        }
    }

    /// Near the end of `main`: what the program does at its limits.
    pub(super) fn reach_limits(&mut self) {
        if self.rng.chance(35) {
            let lines = self.throwing();
            self.block("try:", |it| lines.iter().for_each(|line| it.line(line)));
            self.block("finally:", |it| it.line("print(\"thrown\")"));
        }
        if self.rng.chance(4) {
            self.block("try:", |it| it.line("print(endless(1))"));
            self.block("catch StackOverflowError:", |it| it.line("print(\"too deep\")"));
        }
        if self.hogs.is_some() {
            for number in 0..HOGS {
                let name = if number == 0 { "hog".to_owned() } else { format!("hog{number}") };
                // The first call may make the second one compiled.
                self.line(format!("{name}(-1)"));
                self.block("try:", |it| it.line(format!("{name}(0)")));
                self.block("catch OutOfMemoryError as e:", |it| it.line("print(typeof(e), e.message)"));
            }
        }
        if self.waits.is_some() {
            self.line("wait(-1)");
            self.block("try:", |it| it.line("wait(7)"));
            self.block("catch InterruptError as e:", |it| it.line("print(typeof(e))"));
        }
    }

    /// Functions that keep what they make until there is no memory.
    fn hogs(&mut self, program: usize) {
        // One object that grows.
        const GROWING: &[(&str, &str)] = &[
            ("let kept: [int] = []", "kept.push(n)"),
            ("let kept: [float] = []", "kept.push(0.5)"),
            ("let kept: [bool] = []", "kept.push(n > 3)"),
            ("let kept: [str] = []", "kept.push(\"a\")"),
            ("let kept = Nu8([])", "kept.v.push(n)"),
            ("let kept = Ni32([])", "kept.v.push(n)"),
            ("let kept = Nf32([])", "kept.v.push(0.5)"),
            ("let kept: {int: int} = {}", "kept[n] = n"),
            ("let kept: {str: int} = {}", "kept[str(n)] = n"),
            ("let kept: {(int, int): int} = {}", "kept[(n, 1)] = n"),
            ("let kept = \"abcdefgh\"", "kept = kept + kept"),
            ("let kept = \"abcdefgh\"", "kept = f\"{kept}{n}{kept}\""),
            ("let kept: [str] = [\"\"]", "kept.push(str(kept)[-500:])"),
            ("let kept: [{int: int}] = []", "kept.push({})"),
            ("let kept: fn() -> int = fn() -> int: 1", "let old = kept; kept = fn() -> int: old() + n"),
        ];
        // By turns, so that no kind is left to chance; every third function makes small objects instead.
        let mut kinds = GROWING.iter().cycle().skip(program * (HOGS - HOGS / 3) % GROWING.len());
        // Many objects, so that any of those that are made may be the last straw.
        const SMALL: &[&str] = &["{n: n}", "{str(n): n}", "{(n, n): n}"];
        self.block("struct Hoard:", |it| {
            it.line("text: str");
            it.line("pair: (int, float)");
            it.line("more: [Hoard]");
        });
        for number in 0..HOGS {
            let name = if number == 0 { marks::SCARCE.to_owned() } else { format!("def hog{number}(") };
            let (kept, grow) = if number % 3 != 2 {
                let (kept, grow) = kinds.next().expect("there is no end of them");
                (*kept, (*grow).to_owned())
            } else {
                let text = *self.rng.pick(&["\"\"", "str(n)", "kept.text[:9] + \"tail of it\"", "f\"{n}, {n}\""]);
                let more = *self.rng.pick(&["[kept]", "[kept, kept, kept]"]);
                let noise = *self.rng.pick(SMALL);
                let noise = if self.rng.chance(50) { format!("; let noise = {noise}") } else { String::new() };
                ("let kept = Hoard(\"\", (0, 0.0), [])", format!("kept = Hoard({text}, (n, 1.5), {more}){noise}"))
            };
            let looped = self.rng.chance(70);
            self.block(format!("{name}n: int):"), |it| {
                it.line("if n < 0: return");
                it.line(kept);
                let header = if looped { "while true:" } else { "for turn in range(INT_MAX):" };
                it.block(header, |it| {
                    it.line("n += 1");
                    grow.split("; ").for_each(|line| it.line(line));
                });
            });
        }
    }

    /// A function that loops until it is interrupted, in one of the ways there are.
    fn waiting(&mut self, program: usize) {
        const HEADERS: &[&str] = &[
            "while true:",
            "while n != 0 or true:",
            "for i in range(INT_MAX):",
            "for i in range(INT_MIN, INT_MAX, 3):",
            "for i in range(INT_MAX, INT_MIN, -1):",
            "for i in range(0, INT_MAX, by):",
        ];
        self.line("def step(n: int) -> int: return n * 31 + 1");
        let header = HEADERS[program % HEADERS.len()];
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
                    format!("n = n ^ {value}").replace("//", "|").replace(['/', '%'], "|")
                }
            });
        }
        self.block("def wait(n: int):", |it| {
            it.line("if n < 0: return");
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
