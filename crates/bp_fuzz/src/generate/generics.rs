//! Generic functions, structs and classes: declared once, used with several types each.

use super::Generator;
use super::types::Ty;

/// The generic functions; a name behind `@` stands for a part that differs between programs.
const FUNCTIONS: &str = "\
def g_pick[T](xs: [T], i: int) -> T:
    if i > 40: return xs[-1]
    return xs[@index]
def g_best[T: Ordered](xs: [T], up: bool) -> T:
    let best = xs[0]
    for x in xs:
        if (x @order best) == up: best = x
    return best
def g_sorted[T: Ordered](xs: [T]) -> [T]:
    let out = xs[:20]
    for i in range(1, len(out)):
        let j = i
        while j > 0 and out[j] @order out[j - 1]:
            let kept = out[j]
            out[j] = out[j - 1]
            out[j - 1] = kept
            j -= 1
    return out
def g_count[K: Hashable](xs: [K]) -> {K: int}:
    let out: {K: int} = {}
    for x in xs: out[x] = out.get(x, 0) + 1
    return out
def g_group[K: Hashable, V](xs: [V], key: fn(V) -> K) -> {K: [V]}:
    let out: {K: [V]} = {}
    for x in xs:
        let k = key(x)
        if k not in out: out[k] = []
        out[k].push(x)
    return out
def g_fold[A, B](xs: [A], first: B, f: fn(B, A) -> B) -> B:
    let sum = first
    for x in xs[:9]: sum = f(sum, x)
    return sum
def g_map[A, B](xs: [A], f: fn(A) -> B) -> [B]: return [f(x) for x in xs]
def g_zip[A, B](xs: [A], ys: [B]) -> [(A, B)]: return [(xs[i], ys[i]) for i in range(len(xs))]
def g_last[T](xs: [T]) -> T?: return null if len(xs) == 0 else xs[-1]
def g_try[T](f: fn() -> T, other: T) -> T:
    let out = other
    try: out = f()
    catch Error as e: print(typeof(e), e.message)
    finally: print(\"tried\")
    return out
def g_deep[T](x: T, depth: int) -> [T]:
    if depth <= 0: return [x]
    let xs = g_deep(x, depth - 1)
    xs.push(g_pick(xs, @depth))
    return xs[-9:]
def g_keep[T](x: T) -> fn(int) -> T:
    let kept = [x, x]
    return fn(i: int) -> T: kept[@kept]
def g_work[T: C0](xs: [T], k: int) -> int:
    let sum = 0
    for x in xs: sum = sum ^ x.work(k) + len(x.label())
    return sum
";

/// The generic structs and classes.
const TYPES: &str = "\
struct P[A, B]:
    a: A
    b: B
    def swap(self) -> P[B, A]: return P(self.b, self.a)
    def with_b[C](self, c: C) -> P[A, C]: return P(self.a, c)
class St[T]:
    items: [T]
    def __init__(self, items: [T]): self.items = items[:9]
    def push(self, x: T) -> St[T]:
        if len(self.items) > 9: throw Error(\"full\")
        self.items.push(x)
        return self
    def pop(self) -> T?: return null if len(self.items) == 0 else self.items.pop()
    def top(self, i: int) -> T: return self.items[@top]
    def map[U](self, f: fn(T) -> U) -> St[U]: return St(g_map(self.items, f))
    def fold[U](self, first: U, f: fn(U, T) -> U) -> U:
        let sum = first
        for x in self.items: sum = f(sum, x)
        return sum
    def __len__(self) -> int: return len(self.items)
    def __getitem__(self, i: int) -> T: return self.items[i]
class Sub[T](St[T]):
    tag: str = \"sub\"
    def top(self, i: int) -> T:
        try: return super.top(i + 1)
        catch Error as e: throw Error(self.tag + e.message)
class Ints(St[int]):
    def top(self, i: int) -> int: return super.top(i) @operator self[i]
type SubInt = Sub[int]
type SubStr = Sub[str]
class Nd[T]:
    value: T
    next: Nd[T]? = null
    def far(self, steps: int) -> T:
        let at = self
        for i in range(steps): at = at.next!
        return at.value
";

impl Generator {
    /// The declarations that [`Generator::generic`] uses.
    pub(super) fn declare_generics(&mut self) {
        let parts = [
            ("@index", self.closed(&["i", "len(xs)"], 2)),
            ("@order", self.rng.pick(&["<", "<=", ">"]).to_string()),
            ("@depth", self.closed(&["depth"], 1)),
            ("@kept", self.closed(&["i"], 1)),
            ("@top", self.closed(&["i", "len(self.items)"], 2)),
            ("@operator", self.rng.pick(&["+", "-", "/", "%", "^", "*"]).to_string()),
        ];
        for line in FUNCTIONS.lines().chain(TYPES.lines()) {
            let text = parts.iter().fold(line.to_owned(), |text, (name, part)| text.replace(name, part));
            self.line(text);
        }
    }

    /// Some lines that use what is generic, in a `try` that tells what came out.
    pub(super) fn generic(&mut self) {
        let lines = match self.rng.below(10) {
            0 => self.generic_pick(),
            1..=2 => self.generic_order(),
            3 => self.generic_keys(),
            4 => self.generic_fold(),
            5 => self.generic_closures(),
            6 => self.generic_work(),
            7 => self.generic_pair(),
            8 => self.generic_stack(),
            _ => self.generic_list(),
        };
        self.block("try:", |it| lines.iter().for_each(|line| it.line(line)));
        self.block("catch Error as odd:", |it| it.line("print(typeof(odd), odd.message)"));
    }

    /// A type whose values can be printed and compared.
    fn argument_ty(&mut self) -> Ty {
        loop {
            let ty = self.ty(1);
            if ty.is_comparable() && !matches!(ty, Ty::Narrow(_)) {
                return ty;
            }
        }
    }

    /// A type whose values have one size: what is folded again and again would grow without bounds otherwise.
    fn flat_ty(&mut self) -> Ty {
        let flat = [Ty::Int, Ty::Int, Ty::Float, Ty::Bool, Ty::Tuple(vec![Ty::Float, Ty::Int])];
        self.rng.pick(&flat).clone()
    }

    /// A type with an order.
    fn ordered_ty(&mut self) -> Ty {
        let plain = self.rng.pick(&[Ty::Int, Ty::Float, Ty::Str, Ty::Bool]).clone();
        match self.rng.below(6) {
            0 => Ty::Tuple(vec![plain, Ty::Float]),
            1 => Ty::Array(plain.into()),
            _ => plain,
        }
    }

    /// A declaration of a name with a value of a type.
    fn local(&mut self, ty: &Ty) -> (String, String) {
        let name = self.fresh("y");
        let line = format!("let {name}: {ty} = {}", self.stored(ty, 2));
        (name, line)
    }

    fn array_local(&mut self, element: &Ty) -> (String, String) {
        self.local(&Ty::Array(element.clone().into()))
    }

    /// Type arguments, or nothing: then they are inferred.
    fn type_arguments(&mut self, types: &[&Ty]) -> String {
        if self.rng.chance(60) {
            return String::new();
        }
        let types: Vec<String> = types.iter().map(|ty| ty.to_string()).collect();
        format!("[{}]", types.join(", "))
    }

    fn generic_pick(&mut self) -> Vec<String> {
        let ty = self.argument_ty();
        let ((xs, xs_line), (x, x_line)) = (self.array_local(&ty), self.local(&ty));
        let narrow = *self.rng.pick(&["u8", "i32", "f32"]);
        let (bytes, bytes_line) = self.local(&Ty::Narrow(narrow));
        let (index, arguments) = (self.index(1), self.type_arguments(&[&ty]));
        vec![
            xs_line,
            x_line,
            bytes_line,
            format!("print(g_deep({x}, {}))", self.rng.below(12)),
            format!("print(g_last({xs}), g_last({bytes}))"),
            format!("print(g_pick({bytes}, {index}))"),
            format!("print(g_pick{arguments}({xs}, {index}))"),
        ]
    }

    fn generic_order(&mut self) -> Vec<String> {
        let ty = self.ordered_ty();
        let (xs, line) = self.array_local(&ty);
        let narrow = *self.rng.pick(&["u8", "i32", "f32"]);
        let (bytes, bytes_line) = self.local(&Ty::Narrow(narrow));
        let (up, arguments) = (self.expr(&Ty::Bool, 1), self.type_arguments(&[&ty]));
        vec![
            line,
            bytes_line,
            format!("print(g_sorted{arguments}({xs}), g_sorted({bytes}))"),
            format!("print(g_best({xs}, {up}))"),
            format!("print(g_best({bytes}, {up}))"),
        ]
    }

    fn generic_keys(&mut self) -> Vec<String> {
        let (key, value) = (self.key_ty(), self.argument_ty());
        let ((keys, keys_line), (values, values_line)) = (self.array_local(&key), self.array_local(&value));
        let f = self.lambda(std::slice::from_ref(&value), &key, 1);
        vec![
            keys_line,
            values_line,
            format!("print(g_count{}({keys}))", self.type_arguments(&[&key])),
            format!("print(g_group{}({values}, {f}))", self.type_arguments(&[&key, &value])),
            format!("print(g_zip({keys}, {values}))"),
        ]
    }

    fn generic_fold(&mut self) -> Vec<String> {
        let (from, to) = (self.argument_ty(), self.flat_ty());
        let ((xs, xs_line), (first, first_line)) = (self.array_local(&from), self.local(&to));
        let f = self.lambda(&[to.clone(), from.clone()], &to, 2);
        let g = self.lambda(std::slice::from_ref(&from), &to, 2);
        vec![
            xs_line,
            first_line,
            format!("print(g_map{}({xs}, {g}))", self.type_arguments(&[&from, &to])),
            format!("print(g_fold{}({xs}, {first}, {f}))", self.type_arguments(&[&from, &to])),
        ]
    }

    fn generic_closures(&mut self) -> Vec<String> {
        let ty = self.argument_ty();
        let ((x, line), keep) = (self.local(&ty), self.fresh("h"));
        let f = self.lambda(&[], &ty, 2);
        vec![
            line,
            format!("let {keep} = g_keep{}({x})", self.type_arguments(&[&ty])),
            format!("print(g_try{}({f}, {x}))", self.type_arguments(&[&ty])),
            format!("print(g_try(fn() -> {ty}: {keep}({}), {x}))", self.expr(&Ty::Int, 1)),
            format!("print({keep}({}))", self.rng.below(3)),
        ]
    }

    fn generic_work(&mut self) -> Vec<String> {
        let (class, all) = (self.rng.below(4), self.fresh("o"));
        let objects: Vec<String> = (0..self.rng.between(1, 4))
            .map(|_| format!("C{class}({}, {})", self.expr(&Ty::Int, 1), self.stored(&Ty::Str, 1)))
            .collect();
        vec![
            format!("let {all}: [C{class}] = [{}]", objects.join(", ")),
            format!("print(g_work({all}, {}))", self.expr(&Ty::Int, 1)),
            format!("print(g_map({all}, fn(one: C{class}) -> str: one.label()), g_pick({all}, 1).x)"),
        ]
    }

    fn generic_pair(&mut self) -> Vec<String> {
        let (left, right, third) = (self.argument_ty(), self.argument_ty(), self.argument_ty());
        let ((a, a_line), (b, b_line), (c, c_line)) = (self.local(&left), self.local(&right), self.local(&third));
        let (pair, other) = (self.fresh("p"), self.fresh("p"));
        let arguments = self.type_arguments(&[&left, &right]);
        vec![
            a_line,
            b_line,
            c_line,
            format!("let {pair} = P{arguments}({a}, {b})"),
            format!("let {other} = {pair}.with_b({c}).swap()"),
            format!("print({pair}, {other}, {pair}.swap().swap() == {pair}, {other}.a == {c})"),
            format!("{pair}.b = {b}"),
            format!("print(g_deep({pair}, {}), {pair}.swap().a)", self.rng.below(4)),
        ]
    }

    fn generic_stack(&mut self) -> Vec<String> {
        let (from, to) = (self.argument_ty(), self.flat_ty());
        let ((xs, xs_line), (x, x_line), (first, first_line)) =
            (self.array_local(&from), self.local(&from), self.local(&to));
        let f = self.lambda(std::slice::from_ref(&from), &to, 1);
        let g = self.lambda(&[to.clone(), from.clone()], &to, 1);
        let (stack, other) = (self.fresh("o"), self.fresh("o"));
        let class = *self.rng.pick(&["St", "Sub"]);
        let mut lines = vec![
            xs_line,
            x_line,
            first_line,
            format!("let {stack}: St[{from}] = {class}{}({xs})", self.type_arguments(&[&from])),
            format!("let {other} = {stack}.map({f})"),
        ];
        for _ in 0..self.rng.between(2, 5) {
            lines.push(match self.rng.below(7) {
                0 => format!("{stack}.push({x}).push({stack}[0])"),
                1 => format!("print({stack}.pop(), {other}.pop())"),
                2 => format!("print({stack}.fold({first}, {g}))"),
                3 if from == Ty::Int => format!("print({stack} is SubInt, {other}.items)"),
                3 if from == Ty::Str => format!("print({stack} is SubStr, ({stack} as SubStr).tag)"),
                3 => format!("print(len({other}), {other}.items)"),
                4 => format!("print({stack}.map(fn(t: {from}) -> int: len({stack})).items)"),
                5 => format!("print(Ints([3, 4, {}]).top({}))", self.int_literal(), self.rng.below(3)),
                _ => format!("print({stack}.top({}), {other}.top(0))", self.expr(&Ty::Int, 1)),
            });
        }
        lines
    }

    fn generic_list(&mut self) -> Vec<String> {
        let ty = self.argument_ty();
        let ((x, x_line), (xs, xs_line)) = (self.local(&ty), self.array_local(&ty));
        let (head, turn) = (self.fresh("o"), self.fresh("x"));
        vec![
            x_line,
            xs_line,
            format!("let {head}: Nd[{ty}] = Nd({x})"),
            format!("for {turn} in {xs}: {head} = Nd({turn}, {head})"),
            format!("print({head}.value, {head}.next?.value)"),
            format!("{head}.next = {head} if {} else null", self.expr(&Ty::Bool, 1)),
            format!("print({head}.far({}))", self.rng.below(6)),
        ]
    }
}
