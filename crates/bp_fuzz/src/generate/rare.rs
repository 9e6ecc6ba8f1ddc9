//! What chance alone seldom brings together: errors of each kind, caches and forms of strings, keys of all
//! kinds, and objects that refer to themselves.

use super::Generator;
use super::types::Ty;

/// What throws for every `n` above 8, each in one instruction.
const THROWING: &[&str] = &[
    "add_checked(INT_MAX, n)",
    "sub_checked(INT_MIN, n)",
    "mul_checked(INT_MAX, n)",
    "2 ** (0 - n)",
    "n / (n - n)",
    "n % (n - n)",
    "n // (n - n)",
    "int(float(n) / 0.0)",
    "ints[n]",
    "floats[n]",
    "words[n]",
    "flags[n]",
    "longs.v[n]",
    "singles.v[n]",
    "words[0][n]",
    "words[0].byte(n)",
    "empty.pop()",
    "numbers[n]",
    "names[words[0]]",
    "pairs[(n, n)]",
    "ints[n] = n",
    "floats[n] = 1.5",
    "words[n] = words[0]",
    "flags[n] = true",
    "longs.v[n] = n",
    "singles.v[n] = 1.5",
    "(C0(0, \"a\"), n) < (C0(n, \"b\"), n)",
    "(C0(n, \"a\"), n) == (C0(n, \"b\"), n)",
];
/// Where all of them look.
const THROWN_AT: &[&str] = &[
    "let ints = [1, 2]",
    "let floats = [1.5]",
    "let words = [\"ab\"]",
    "let flags = [true]",
    "let longs = Ni32([3])",
    "let singles = Nf32([2.5])",
    "let empty: [int] = []",
    "let numbers = {1: 2}",
    "let names = {\"b\": 2}",
    "let pairs = {(1, 2): 3}",
];

impl Generator {
    /// Some lines that reach a rare place, in a `try` that tells what came out.
    pub(super) fn rarity(&mut self) {
        let lines = match self.rng.below(13) {
            0 => self.narrow_access(),
            1 => self.checked(),
            2 => self.throwing_lambda(),
            3 => self.odd_keys(),
            4 => self.cycle(),
            5 => self.grown_string(),
            6 => self.changed_map(),
            7 => self.odd_power(),
            8 => self.float_order(),
            9 => self.far_index(),
            10..=11 => self.throwing(),
            _ => self.long_steps(),
        };
        self.block("try:", |it| lines.iter().for_each(|line| it.line(line)));
        self.block("catch Error as odd:", |it| it.line("print(typeof(odd), odd.message)"));
    }

    /// Instructions that throw while a loop goes on, so that they do in every tier.
    pub(super) fn throwing(&mut self) -> Vec<String> {
        let mut lines: Vec<String> = THROWN_AT.iter().map(|line| (*line).to_owned()).collect();
        lines.push(format!("for turn in range({}):", self.rng.between(2, 4)));
        lines.push("    let n = turn + 9".to_owned());
        let first = self.rng.below(THROWING.len());
        for row in THROWING.iter().cycle().skip(first).take(self.rng.between(6, 12)) {
            let statement = if row.contains(" = ") { (*row).to_owned() } else { format!("print({row})") };
            lines.push(format!("    try: {statement}"));
            lines.push("    catch Error as thrown: print(typeof(thrown), thrown.message)".to_owned());
        }
        lines
    }

    fn narrow_access(&mut self) -> Vec<String> {
        let element = *self.rng.pick(&["u8", "i32", "f32"]);
        let (name, ty) = (self.fresh("n"), Ty::of_narrow(element));
        let values: Vec<String> = (0..self.rng.between(1, 4)).map(|_| self.literal(&ty)).collect();
        let index = *self.rng.pick(&["0", "1", "-1", "3", "4", "-5", "INT_MIN"]);
        let value = self.expr(&ty, 1);
        let array = self.typed_array(element, &values.join(", "));
        let mut lines = vec![format!("let {name} = {array}"), format!("{name}.push({value})")];
        lines.push(format!("{name}[{index}] = {value}"));
        lines.push(format!("print({name}, {name}[{index}])"));
        lines.push(format!("print({name}[{}])", self.index(1)));
        lines
    }

    fn checked(&mut self) -> Vec<String> {
        let name = *self.rng.pick(&["add_checked", "sub_checked", "mul_checked"]);
        let edge = *self.rng.pick(&["INT_MAX", "INT_MIN", "4611686018427387904"]);
        vec![format!("print({name}({edge}, {}))", self.expr(&Ty::Int, 1))]
    }

    fn throwing_lambda(&mut self) -> Vec<String> {
        let name = self.fresh("h");
        let divisor = *self.rng.pick(&["(p % 2)", "(p & 0)", "len(str(p)[9:])"]);
        vec![
            format!("let {name}: fn(int) -> int = fn(p: int) -> int: 100 / {divisor}"),
            format!("print({name}({}))", self.expr(&Ty::Int, 1)),
        ]
    }

    fn odd_keys(&mut self) -> Vec<String> {
        let (map, float) = (self.fresh("m"), self.fresh("m"));
        let (number, text) = (self.rng.below(3), *self.rng.pick(&["\"a\"", "\"b\""]));
        vec![
            format!("let {map}: {{(int, str): int}} = {{(1, \"a\"): 5, (2, \"b\"): 6}}"),
            format!("{map}[({number}, {text})] = {map}[(1, \"a\")] + 1"),
            format!("let {float}: {{float: str}} = {{0.5: \"half\", 0.0: \"zero\", NAN: \"nan\"}}"),
            format!("print({map}, {float}[0.5], {float}[-0.0], {float}.get(NAN, \"none\"))"),
            format!("print({map}[({}, {text})], {float}[{}])", self.rng.below(4), self.expr(&Ty::Float, 1)),
        ]
    }

    fn cycle(&mut self) -> Vec<String> {
        let (one, other) = (self.fresh("k"), self.fresh("k"));
        let mut lines =
            vec![format!("let {one} = Chain(1, [])"), format!("let {other} = Chain({}, [])", self.rng.below(2))];
        if self.rng.chance(60) {
            lines.push(format!("{one}.rest.push({one})"));
            lines.push(format!("{other}.rest.push({other})"));
        } else {
            lines.push(format!("{one}.rest.push({other})"));
        }
        lines.push(format!("print(str({one}))"));
        lines.push(format!("print({one} == {other}, {one}.rest == {other}.rest)"));
        lines
    }

    fn grown_string(&mut self) -> Vec<String> {
        let (text, turn) = (self.fresh("t"), self.fresh("i"));
        let piece = self.str_literal();
        let turns = self.rng.between(1, 9);
        let mut lines = vec![
            format!("let {text} = {}", self.expr(&Ty::Str, 1)),
            format!("for {turn} in range({turns}): {text} += {piece} + \"abcdefgh{turns}\""),
        ];
        if self.rng.chance(40) {
            lines.push(format!("{text} = {text}[{}:]", self.rng.below(4)));
        }
        let index = *self.rng.pick(&["0", "1", "-1", "7", "20", "70", "99"]);
        lines.push(format!("print(len({text}), {text}[{index}], {text}.byte({index}))"));
        lines.push(format!("for {turn} in {text}[:9]: print({turn}, end=\"\")"));
        lines
    }

    fn changed_map(&mut self) -> Vec<String> {
        let (map, key) = (self.fresh("m"), self.fresh("k"));
        let change = match self.rng.below(3) {
            0 => format!("{map}[{key} + 100] = 1"),
            1 => format!("{map}.remove({key})"),
            _ => format!("{map}[{key}] = {key}"),
        };
        vec![
            format!("let {map}: {{int: int}} = {{1: 2, 3: 4, 5: 6}}"),
            format!("for {key} in {map}: {change}"),
            format!("print({map})"),
        ]
    }

    fn odd_power(&mut self) -> Vec<String> {
        let exponent = self.rng.pick(&["-1", "-2", "0", "63", "64"]).to_string();
        vec![format!("print(({}) ** min({}, {exponent}))", self.expr(&Ty::Int, 1), self.expr(&Ty::Int, 1))]
    }

    fn float_order(&mut self) -> Vec<String> {
        let (one, other) = (self.fresh("x"), self.fresh("x"));
        let mut lines = vec![
            format!("let {one}: float = {}", self.expr(&Ty::Float, 1)),
            format!("let {other}: float = {}", self.rng.pick(&["NAN", "-0.0", "0.0", "INF", "1.0"])),
        ];
        lines.push("for turn in range(3):".to_owned());
        lines.push(format!("    if {other} < {one} or {one} <= {other}: print(turn)"));
        for operator in ["<", "<=", ">", ">=", "==", "!="] {
            lines.push(format!("let b{one}{} = {other} {operator} {one}", lines.len()));
            lines.push(format!("print(b{one}{}, {other} {operator} {other})", lines.len() - 1));
            let text = format!("if {other} {operator} {other}: print(\"{operator}\")");
            lines.push(text);
        }
        lines
    }

    fn far_index(&mut self) -> Vec<String> {
        let text = self.expr(&Ty::Str, 1);
        let index = self.rng.pick(&["0", "200", "-200", "INT_MIN", "INT_MAX"]).to_string();
        match self.rng.below(3) {
            0 => vec![format!("print(({text}).byte({index}))")],
            1 => vec![format!("print(({text})[{index}])")],
            _ => vec![
                format!("print(int({} * {index}.0))", self.expr(&Ty::Float, 0))
                    .replace("INT_MIN.0", "1e300")
                    .replace("INT_MAX.0", "NAN"),
            ],
        }
    }

    /// Loops that end beside the largest and smallest ints.
    fn long_steps(&mut self) -> Vec<String> {
        let (turn, count) = (self.fresh("i"), self.fresh("v"));
        let start = *self.rng.pick(&["INT_MAX - 7", "INT_MAX - 4611686018427387904", "-5", "INT_MAX - 1"]);
        let step = *self.rng.pick(&["2", "3", "4611686018427387904", "9000", "32767"]);
        vec![
            format!("let {count} = 0"),
            format!("for {turn} in range({start}, INT_MAX, {step}):"),
            format!("    {count} += 1"),
            format!("    if {count} > 20: break"),
            format!("print({count})"),
        ]
    }
}
