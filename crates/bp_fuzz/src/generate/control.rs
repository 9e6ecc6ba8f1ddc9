//! Statements with blocks: conditions, loops, exceptions, `match`.

use super::Generator;
use super::types::Ty;

impl Generator {
    pub(super) fn control(&mut self, depth: usize) {
        match self.rng.below(16) {
            0..=2 => self.condition(depth),
            3..=6 => self.for_range(depth),
            7..=8 => self.for_in(depth),
            9..=10 => self.while_loop(depth),
            11..=13 => self.try_statement(depth),
            14 if self.loops == 0 && self.rng.chance(20) => self.large_array(),
            14 => self.hot_loop(),
            _ => self.match_statement(depth),
        }
    }

    fn condition(&mut self, depth: usize) {
        let condition = self.expr(&Ty::Bool, 3);
        self.block(format!("if {condition}:"), |it| it.body(depth - 1));
        if self.rng.chance(25) {
            let condition = self.expr(&Ty::Bool, 2);
            self.block(format!("elif {condition}:"), |it| it.body(depth - 1));
        }
        if self.rng.chance(50) {
            self.block("else:", |it| it.body(depth - 1));
        }
    }

    /// The body of a loop that takes at most `turns` turns, or any number if there is no bound.
    fn loop_body(&mut self, depth: usize, turns: Option<usize>) {
        if turns.is_none() || self.rng.chance(60) {
            self.line("budget -= 1");
            self.line("if budget < 0: break");
        }
        self.loops += 1;
        let may_leave = std::mem::replace(&mut self.may_leave, true);
        self.body(depth - 1);
        self.may_leave = may_leave;
        self.loops -= 1;
    }

    fn loop_else(&mut self, depth: usize) {
        if self.rng.chance(15) {
            self.block("else:", |it| it.body(depth - 1));
        }
    }

    /// Loop bodies may `return`, but not out of a `finally`.
    fn for_range(&mut self, depth: usize) {
        let name = self.fresh("i");
        let turns = self.rng.between(0, 6);
        let (range, bounded) = match self.rng.below(10) {
            0..=2 => (format!("{turns}"), true),
            3..=4 => {
                let low = self.rng.below(9) as i64 - 4;
                (format!("{low}, {}", low + turns as i64), true)
            }
            5 => (format!("{turns}, -1, -1"), true),
            6 => {
                let step = *self.rng.pick(&["2", "-2", "3", "INT_MAX", "INT_MIN"]);
                let (low, high) = (self.int_literal(), self.int_literal());
                (format!("{low}, {high}, {step}"), false)
            }
            7 => (self.rng.pick(&["INT_MAX - 2, INT_MAX", "INT_MIN, INT_MIN + 3", "3, INT_MIN"]).to_string(), true),
            8 => (format!("{}, {}", self.expr(&Ty::Int, 2), self.expr(&Ty::Int, 2)), false),
            _ => (self.expr(&Ty::Int, 2), false),
        };
        self.block(format!("for {name} in range({range}):"), |it| {
            it.declare(&name, Ty::Int, true);
            it.loop_body(depth, bounded.then_some(turns));
        });
        self.loop_else(depth);
    }

    fn for_in(&mut self, depth: usize) {
        let name = self.fresh("x");
        let Some(var) = self.some_var(|var| matches!(var.ty, Ty::Array(_) | Ty::Narrow(_) | Ty::Str | Ty::Map(..)))
        else {
            return self.for_range(depth);
        };
        let source = var.name;
        let (header, declared) = match var.ty {
            Ty::Str => (format!("for {name} in {source}:"), vec![(name, Ty::Str)]),
            Ty::Narrow(element) => (format!("for {name} in {source}:"), vec![(name, Ty::of_narrow(element))]),
            Ty::Array(element) => {
                let other = self.fresh("x");
                match self.rng.below(6) {
                    0 => (
                        format!("for {other}, {name} in enumerate({source}):"),
                        vec![(other, Ty::Int), (name, *element)],
                    ),
                    1 => (
                        format!("for {name}, {other} in zip({source}, {source}):"),
                        vec![(name, (*element).clone()), (other, *element)],
                    ),
                    2 => (format!("for {name} in reversed({source}):"), vec![(name, *element)]),
                    _ => (format!("for {name} in {source}:"), vec![(name, *element)]),
                }
            }
            Ty::Map(key, value) if self.rng.chance(50) => {
                let other = self.fresh("x");
                let header = format!("for {name}, {other} in {source}.items():");
                (header, vec![(name, *key), (other, *value)])
            }
            Ty::Map(key, _) => (format!("for {name} in {source}:"), vec![(name, *key)]),
            _ => return,
        };
        self.block(header, |it| {
            declared.iter().for_each(|(name, ty)| it.declare(name, ty.clone(), true));
            it.loop_body(depth, None);
        });
        self.loop_else(depth);
    }

    fn while_loop(&mut self, depth: usize) {
        let name = self.fresh("w");
        let turns = self.rng.between(1, 7);
        self.line(format!("let {name} = {turns}"));
        let condition = self.expr(&Ty::Bool, 2);
        let header = match self.rng.below(3) {
            0 => format!("while {name} > 0 and {condition}:"),
            1 => format!("while {name} != 0:"),
            _ => format!("while {name} > 0:"),
        };
        self.block(header, |it| {
            it.line(format!("{name} -= 1"));
            it.declare(&name, Ty::Int, false);
            it.loop_body(depth, Some(turns));
        });
        self.loop_else(depth);
    }

    /// Many turns of pure arithmetic: what makes a loop hot at the thresholds that users have.
    fn hot_loop(&mut self) {
        if self.loops > 0 {
            return self.assignment_in_place();
        }
        let (name, sum, float) = (self.fresh("i"), self.fresh("v"), self.fresh("v"));
        let turns = *self.rng.pick(&[40, 300, 1100]);
        self.line("budget -= 40");
        self.line(format!("let {sum} = 1"));
        self.line(format!("let {float}: float = 1.0"));
        self.block(format!("for {name} in range({turns}):"), |it| {
            it.declare(&name, Ty::Int, false);
            it.declare(&sum, Ty::Int, true);
            it.declare(&float, Ty::Float, true);
            let globals = std::mem::take(&mut it.globals);
            let (functions, this) = (std::mem::take(&mut it.functions), it.this.take());
            let outer = std::mem::take(&mut it.scopes);
            it.scopes.push(outer.last().cloned().unwrap_or_default());
            let (int, real) = (it.expr(&Ty::Int, 3), it.expr(&Ty::Float, 2));
            (it.scopes, it.functions, it.this, it.globals) = (outer, functions, this, globals);
            it.line(format!("{sum} = ({sum} * 31) ^ {int}"));
            it.line(format!("{float} = {float} * 0.5 + {real}"));
        });
        self.declare(&sum, Ty::Int, true);
        self.declare(&float, Ty::Float, true);
    }

    /// References stored into an array that is too large for the collector to look at as a whole.
    fn large_array(&mut self) {
        let (array, turn) = (self.fresh("v"), self.fresh("i"));
        // Just too large: a collection at every step checks all of it every time.
        let count = 1100;
        self.line("budget -= 30");
        self.line(format!("let {array}: [str] = array_fill({count}, \"\")"));
        self.block(format!("for {turn} in range(6):"), |it| {
            it.declare(&turn, Ty::Int, false);
            let (index, value) = (it.expr(&Ty::Int, 2), it.stored(&Ty::Str, 2));
            it.line(format!("{array}[({turn} * 331 + {index}) % {count}] = {value} + str({turn})"));
        });
        self.line(format!("print(\"\".join({array}), {array}.count(\"\"))"));
    }

    fn assignment_in_place(&mut self) {
        let value = self.expr(&Ty::Int, 3);
        let name = self.fresh("v");
        self.line(format!("let {name} = {value}"));
        self.declare(&name, Ty::Int, true);
    }

    fn try_statement(&mut self, depth: usize) {
        const CLASSES: &[&str] =
            &["IndexError", "ZeroDivisionError", "ValueError", "KeyError", "RuntimeError", "OverflowError", "Error"];
        self.block("try:", |it| {
            it.body(depth - 1);
            it.body(depth - 1);
        });
        let handler = std::mem::replace(&mut self.in_handler, true);
        let with_finally = self.rng.chance(40);
        let handlers = self.rng.below(3);
        for _ in 0..handlers {
            let class = self.rng.pick(CLASSES).to_string();
            if self.rng.chance(50) {
                let name = self.fresh("e");
                self.block(format!("catch {class} as {name}:"), |it| {
                    it.line(format!("print({name}.message)"));
                    it.body(depth - 1);
                });
            } else {
                self.block(format!("catch {class}:"), |it| it.body(depth - 1));
            }
        }
        if handlers == 0 || self.rng.chance(40) {
            let name = self.fresh("e");
            self.block(format!("catch {name}:"), |it| {
                it.declare(&name, Ty::Str, true);
                it.body(depth - 1);
            });
        }
        self.in_handler = handler;
        if with_finally {
            let leave = std::mem::replace(&mut self.may_leave, false);
            let handler = std::mem::replace(&mut self.in_handler, false);
            self.block("finally:", |it| it.body(depth - 1));
            self.in_handler = handler;
            self.may_leave = leave;
        }
    }

    fn match_statement(&mut self, depth: usize) {
        let ty = self.rng.pick(&[Ty::Int, Ty::Int, Ty::Str, Ty::Float, Ty::Tuple(vec![Ty::Int, Ty::Int])]).clone();
        let subject = if matches!(ty, Ty::Tuple(_)) {
            format!("({}, {})", self.expr(&Ty::Int, 2), self.expr(&Ty::Int, 2))
        } else {
            self.expr(&ty, 2)
        };
        self.block(format!("match {subject}:"), |it| {
            for _ in 0..it.rng.between(1, 4) {
                it.case(&ty, depth);
            }
            if it.rng.chance(60) {
                it.block("default:", |it| it.body(depth - 1));
            }
        });
    }

    fn case(&mut self, ty: &Ty, depth: usize) {
        let name = self.fresh("m");
        let mut bound = vec![];
        let pattern = match ty {
            Ty::Int => match self.rng.below(5) {
                0..=1 => self.rng.pick(&["0", "1", "-1", "7", "9223372036854775807"]).to_string(),
                2 => self.rng.pick(&["-5..0", "1..=5", "0..9223372036854775807", "3 | 5 | 7"]).to_string(),
                _ => {
                    bound.push((name.clone(), Ty::Int));
                    format!("{name} if {}", self.guard(&name))
                }
            },
            Ty::Str => self.rng.pick(&["\"\"", "\"a\" | \"b\"", "\"abc\"", "\"a\"..=\"z\""]).to_string(),
            Ty::Float => self.rng.pick(&["0.0", "1.0 | 2.0", "-1.0", "0.5"]).to_string(),
            _ => match self.rng.below(3) {
                0 => "(0, _)".to_owned(),
                1 => {
                    bound.push((name.clone(), Ty::Int));
                    format!("({name}, 1)")
                }
                _ => format!("(1..5, {})", self.rng.below(4)),
            },
        };
        self.block(format!("case {pattern}:"), |it| {
            bound.into_iter().for_each(|(name, ty)| it.declare(&name, ty, true));
            it.body(depth - 1);
        });
    }

    fn guard(&mut self, name: &str) -> String {
        self.scopes.push(vec![]);
        self.declare(name, Ty::Int, false);
        let guard = self.expr(&Ty::Bool, 2);
        self.scopes.pop();
        guard
    }
}
