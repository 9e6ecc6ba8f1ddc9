//! Classes, closures, optional values, sets and comprehensions: declared once, used in snippets.

use super::Generator;
use super::types::Ty;

/// Classes of a program, the first one the others' ancestor.
const CLASSES: usize = 4;

impl Generator {
    /// The classes and helpers that [`Generator::feature`] uses.
    pub(super) fn declare_features(&mut self) {
        for number in 0..CLASSES {
            self.class(number);
        }
        self.block("def maybe(n: int) -> int?:", |it| {
            it.line("if n % 3 == 0: return null");
            it.line("return n");
        });
        self.block("def perhaps(n: int) -> str?:", |it| {
            it.line("if n % 2 == 0: return null");
            it.line("return str(n)");
        });
        self.block("def made(n: int) -> C0?:", |it| {
            it.line("if n % 3 == 0: return null");
            it.line("return C1(n, \"made\") if n % 3 == 1 else C0(n, \"plain\")");
        });
    }

    /// An expression of ints over nothing but some names.
    pub(super) fn closed(&mut self, names: &[&str], depth: usize) -> String {
        let scopes = std::mem::take(&mut self.scopes);
        let globals = std::mem::take(&mut self.globals);
        let (functions, this) = (std::mem::take(&mut self.functions), self.this.take());
        let in_lambda = std::mem::replace(&mut self.in_lambda, true);
        self.scopes.push(vec![]);
        names.iter().for_each(|name| self.declare(name, Ty::Int, false));
        let value = self.expr(&Ty::Int, depth);
        (self.scopes, self.globals, self.functions, self.this) = (scopes, globals, functions, this);
        self.in_lambda = in_lambda;
        value
    }

    fn class(&mut self, number: usize) {
        let header = match number {
            0 => "class C0:".to_owned(),
            _ => format!("class C{number}(C{}):", self.rng.below(number)),
        };
        self.block(header, |it| {
            if number == 0 {
                it.line("x: int");
                it.line("name: str");
                it.line("f: float");
                it.line("other: C0?");
                it.block("def __init__(self, x: int, name: str):", |it| {
                    for line in ["self.x = x", "self.name = name", "self.f = 0.5", "self.other = null"] {
                        it.line(line);
                    }
                });
            } else {
                // Without a constructor of its own it has its parent's.
                it.line(format!("y{number}: [str] = [\"y\"]"));
            }
            if number == 0 || it.rng.chance(70) {
                let value = it.closed(&["self.x", "k"], 3);
                let inherited = if number > 0 && it.rng.chance(50) { "super.work(k) ^ " } else { "" };
                it.line(format!("def work(self, k: int) -> int: return {inherited}{value}"));
            }
            if number == 0 || it.rng.chance(50) {
                it.line(format!("def label(self) -> str: return self.name + \"{number}\""));
            }
            if number == 0 || it.rng.chance(50) {
                let factor = it.float_literal();
                it.line(format!("def measure(self, a: float, b: int) -> float: return self.f * a + {factor}"));
            }
            if number == 0 || it.rng.chance(30) {
                it.line("def __str__(self) -> str: return f\"<{self.label()} {100 / self.x}>\"");
            }
            if number == 0 {
                it.line("def __eq__(self, other: C0) -> bool: return 12 / (self.x - other.x) != 3");
                it.line("def __lt__(self, other: C0) -> bool: return 7 / self.x < other.x");
                it.line("def __len__(self) -> int: return self.x & 15");
                it.line("def __getitem__(self, i: int) -> int: return i / self.x");
                it.line("def __add__(self, other: C0) -> C0: return C0(self.x + other.x, self.name)");
            }
        });
    }

    /// Some lines that use a feature, in a `try` that tells what came out.
    pub(super) fn feature(&mut self) {
        let lines = match self.rng.below(9) {
            0..=2 => self.objects(),
            3 => self.counter(),
            4 => self.loop_closures(),
            5..=6 => self.optional(),
            7 => self.set(),
            _ => self.comprehension(),
        };
        self.block("try:", |it| lines.iter().for_each(|line| it.line(line)));
        self.block("catch Error as odd:", |it| it.line("print(typeof(odd), odd.message)"));
    }

    fn object(&mut self) -> String {
        format!("C{}({}, {})", self.rng.below(CLASSES), self.expr(&Ty::Int, 1), self.stored(&Ty::Str, 1))
    }

    fn objects(&mut self) -> Vec<String> {
        let (all, one) = (self.fresh("o"), self.fresh("o"));
        let count = self.rng.between(1, 4);
        let objects: Vec<String> = (0..count).map(|_| self.object()).collect();
        let mut lines = vec![format!("let {all}: [C0] = [{}]", objects.join(", ")), format!("for {one} in {all}:")];
        for _ in 0..self.rng.between(1, 4) {
            let class = self.rng.below(CLASSES);
            let line = match self.rng.below(16) {
                0..=2 => format!("print({one}.work({}))", self.expr(&Ty::Int, 1)),
                3 => format!("print({one}.label(), {one}.measure({}, 3))", self.expr(&Ty::Float, 1)),
                4 => format!("{one}.x = {one}.x + {}", self.expr(&Ty::Int, 1)),
                5 => format!("{one}.name = {}", self.stored(&Ty::Str, 1)),
                6 => format!("{one}.f = {}", self.expr(&Ty::Float, 1)),
                7 => format!("{one}.other = {all}[0]"),
                8 => format!("print({one} is C{class}, len({one}), {one} is {all}[-1])"),
                9 if class > 0 => format!("print(({one} as C{class}).y{class})"),
                9..=10 => format!("print({one}, {all} == {all})"),
                11 => format!("print({one} == {all}[0], {one} < {all}[-1])"),
                12 => format!("print(({one} + {all}[0]).x, {one}[{}])", self.expr(&Ty::Int, 1)),
                13 => format!("print(({one}, 1) < ({all}[0], 2), [{one}, {one}] <= {all})"),
                14 => format!("print(sorted({all})[0].x, max({all}).x, {all}.binary_search({one}))"),
                _ => format!("print({one}.other?.x ?? {})", self.int_literal()),
            };
            lines.push(format!("    {line}"));
        }
        if self.rng.chance(30) {
            let method = self.fresh("o");
            lines.push(format!("let {method} = {all}[0].work"));
            lines.push(format!("print({method}({}))", self.expr(&Ty::Int, 1)));
        }
        lines
    }

    /// Nested functions that share a variable.
    fn counter(&mut self) -> Vec<String> {
        let (sum, add, text) = (self.fresh("v"), self.fresh("inner"), self.fresh("v"));
        let first = self.expr(&Ty::Int, 1);
        let outer = self.some_var(|var| var.ty == Ty::Int).map_or("3".to_owned(), |var| var.name);
        let step = self.closed(&["k"], 2);
        vec![
            format!("let {sum} = {first}"),
            format!("let {text} = {}", self.stored(&Ty::Str, 1)),
            format!("def {add}(k: int) -> int:"),
            format!("    {sum} += {step}"),
            format!("    {text} = ({text} + str(k))[-9:]"),
            format!("    if k <= 0: return {sum} ^ {outer}"),
            format!("    return {add}(k - 1) + {sum}"),
            format!("print({add}({}), {sum}, {text})", self.rng.below(5)),
            format!("print([1, 2].map({add}), {sum}, {text})"),
        ]
    }

    fn loop_closures(&mut self) -> Vec<String> {
        let (all, turn, fresh) = (self.fresh("v"), self.fresh("i"), self.fresh("v"));
        let value = self.closed(&["k", &turn, &fresh], 2);
        let outer = self.some_var(|var| var.ty == Ty::Int).map_or("3".to_owned(), |var| var.name);
        vec![
            format!("let {all}: [fn(int) -> int] = []"),
            format!("for {turn} in range({}):", self.rng.between(1, 5)),
            format!("    let {fresh} = {turn} * {outer}"),
            format!("    {all}.push(fn(k: int) -> int: {value} + {fresh})"),
            format!("    {fresh} += 1"),
            format!("print([h({}) for h in {all}])", self.int_literal()),
        ]
    }

    fn optional(&mut self) -> Vec<String> {
        let (one, word, object) = (self.fresh("q"), self.fresh("q"), self.fresh("q"));
        let (number, other) = (self.expr(&Ty::Int, 1), self.expr(&Ty::Int, 1));
        let mut lines = vec![
            format!("let {one} = maybe({number})"),
            format!("let {word} = perhaps({other})"),
            format!("let {object} = made({number})"),
        ];
        for _ in 0..self.rng.between(2, 4) {
            let fresh = self.fresh("q");
            lines.push(match self.rng.below(8) {
                0 => format!("if let {fresh} = {one}: print({fresh} + 1)"),
                1 => format!("print({one} ?? {}, {word} ?? \"none\")", self.int_literal()),
                2 => format!("print({word}! + \"!\")"),
                3 => format!("if {object} != null: print({object}.work(3))"),
                4 => format!("print({object}?.label() ?? \"null\", {object} is null, {word} == null)"),
                5 => format!("print({word}?.len(), {one}!)"),
                6 => format!("print({one}, {word}, [{one}, null], {one} == maybe({other}))"),
                _ => format!("print({object}!.name)"),
            });
        }
        lines
    }

    fn set(&mut self) -> Vec<String> {
        let (set, ty) = (self.fresh("s"), self.rng.pick(&[Ty::Int, Ty::Str]).clone());
        let (one, other, third) = (self.key(&ty, 1), self.key(&ty, 1), self.key(&ty, 1));
        let turn = self.fresh("x");
        vec![
            format!("let {set}: {{{ty}}} = {{{one}, {other}}}"),
            format!("{set}.add({third})"),
            format!("{set}.remove({one})"),
            format!("print({other} in {set}, len({set}), {set})"),
            format!("for {turn} in {set}: print({turn}, {turn} in {set})"),
            format!("print({set}.union({{{one}}}), {set}.intersect({{{other}}}), {set} == {set}.copy())"),
        ]
    }

    fn comprehension(&mut self) -> Vec<String> {
        let Some(source) = self.some_var(|var| matches!(&var.ty, Ty::Array(element) if **element == Ty::Int)) else {
            return self.set();
        };
        let source = source.name;
        let value = self.closed(&["c"], 2);
        let condition = self.closed(&["c"], 1);
        match self.rng.below(4) {
            0 => vec![format!("print([{value} for c in {source} if {condition} != 0])")],
            1 => vec![format!("print({{c: {value} for c in {source}}})")],
            2 => vec![format!("print({{({value}) & 7 for c in {source} if c > {condition}}})")],
            _ => vec![format!("print([[c + d for d in {source}[:3]] for c in {source}[:3] if c != {condition}])")],
        }
    }
}
