//! The same tree in either language.

use super::builtin::{fill, find};
use super::scope::assigned_from_around;
use super::tree::{Class, Expr, Form, Function, Program, Stmt, Ty};

/// A language to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Language {
    BetterPython,
    Python,
}

use Language::{BetterPython, Python};

/// A text that grows.
struct Printer<'a> {
    language: Language,
    globals: Vec<&'a str>,
    text: String,
    indent: usize,
}

/// The text of a program.
pub(super) fn print(program: &Program, language: Language) -> String {
    let globals = program.globals.iter().map(|(name, ..)| name.as_str()).collect();
    let mut printer = Printer { language, globals, text: String::new(), indent: 0 };
    program.classes.iter().for_each(|class| printer.class(class));
    program.upcasts.iter().for_each(|function| printer.function(function, &[]));
    for (name, ty, value) in &program.globals {
        let value = printer.expr(value);
        printer.declare(name, ty, &value);
    }
    for function in &program.functions {
        printer.function(function, &[]);
    }
    let main = Function { name: "main".to_owned(), params: vec![], result: Ty::Void, body: program.main.clone() };
    printer.function(&main, &[]);
    printer.text
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        self.text.push_str(&"    ".repeat(self.indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn block(&mut self, header: &str, body: &[Stmt]) {
        self.line(header);
        self.indent += 1;
        if body.is_empty() {
            self.line("pass");
        }
        body.iter().for_each(|stmt| self.stmt(stmt));
        self.indent -= 1;
    }

    /// A function; `first` are parameters without a type.
    fn function(&mut self, function: &Function, first: &[&str]) {
        let first = first.iter().map(|name| (*name).to_owned());
        let params: Vec<String> = first.chain(self.params(&function.params)).collect();
        let result = match function.result {
            Ty::Void => String::new(),
            _ if self.language == Python => String::new(),
            ref result => format!(" -> {result}"),
        };
        self.line(&format!("def {}({}){result}:", function.name, params.join(", ")));
        self.indent += 1;
        if self.language == Python {
            let (global, around): (Vec<&str>, Vec<&str>) =
                assigned_from_around(function).into_iter().partition(|name| self.globals.contains(name));
            for (word, names) in [("global", global), ("nonlocal", around)] {
                if !names.is_empty() {
                    self.line(&format!("{word} {}", names.join(", ")));
                }
            }
        }
        function.body.iter().for_each(|stmt| self.stmt(stmt));
        self.indent -= 1;
    }

    fn params(&self, params: &[(String, Ty)]) -> Vec<String> {
        let python = self.language == Python;
        params.iter().map(|(name, ty)| if python { name.clone() } else { format!("{name}: {ty}") }).collect()
    }

    fn class(&mut self, class: &Class) {
        let base = class.base.as_ref().map_or(String::new(), |base| format!("({base})"));
        self.line(&format!("class {}{base}:", class.name));
        self.indent += 1;
        if self.language == BetterPython {
            class.fields.iter().for_each(|(name, ty)| self.line(&format!("{name}: {ty}")));
        } else if class.compares && class.base.is_none() {
            self.line("__le__ = _le");
        }
        class.methods.iter().for_each(|method| self.function(method, &["self"]));
        self.indent -= 1;
    }

    fn declare(&mut self, name: &str, ty: &Ty, value: &str) {
        match self.language {
            BetterPython => self.line(&format!("let {name}: {ty} = {value}")),
            Python => self.line(&format!("{name} = {value}")),
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let python = self.language == Python;
        match stmt {
            Stmt::Let(name, ty, value) => {
                let value = self.expr(value);
                self.declare(name, ty, &value);
            }
            Stmt::Assign(name, value) => self.line(&format!("{name} = {}", self.expr(value))),
            Stmt::Augment(name, operator, _, value) if !python => {
                self.line(&format!("{name} {operator}= {}", self.expr(value)));
            }
            Stmt::Augment(name, operator, ty, value) => {
                let value = arithmetic(operator, ty, name, &self.expr(value));
                self.augment(name, &value);
            }
            Stmt::SetIndex(name, ty, index, value) => {
                let (index, value) = (self.expr(index), self.expr(value));
                if python && matches!(ty, Ty::Array(_)) {
                    self.line(&format!("_set({value}, {name}, {index})"));
                } else {
                    self.line(&format!("{name}[{index}] = {value}"));
                }
            }
            Stmt::Expr(value) => self.line(&self.expr(value)),
            Stmt::Print(values) => {
                let name = if python { "_print" } else { "print" };
                self.line(&format!("{name}({})", self.list(values)));
            }
            Stmt::If(condition, body, other) => {
                self.block(&format!("if {}:", self.expr(condition)), body);
                self.or_else(other);
            }
            Stmt::While(condition, body, other) => {
                self.block(&format!("while {}:", self.expr(condition)), body);
                self.or_else(other);
            }
            Stmt::Range(name, start, stop, step, body, other) => {
                let (start, stop) = (self.expr(start), self.expr(stop));
                self.block(&format!("for {name} in range({start}, {stop}, {step}):"), body);
                self.or_else(other);
            }
            Stmt::Each(name, source, body) => self.block(&format!("for {name} in {}:", self.expr(source)), body),
            Stmt::Try(body, handlers, last) => {
                self.block("try:", body);
                for (class, body) in handlers {
                    let header = match (python, *class) {
                        (false, _) => format!("catch {class} as e:"),
                        (true, "Error") => "except Exception as e:".to_owned(),
                        (true, _) => format!("except {class} as e:"),
                    };
                    self.block(&header, body);
                }
                if !last.is_empty() {
                    self.block("finally:", last);
                }
            }
            Stmt::Throw(text) => {
                let keyword = if python { "raise" } else { "throw" };
                self.line(&format!("{keyword} RuntimeError({})", self.expr(text)));
            }
            Stmt::Rethrow => self.line(if python { "raise" } else { "throw" }),
            Stmt::Assert(condition) => self.line(&format!("assert {}, \"no\"", self.expr(condition))),
            Stmt::Def(function) => self.function(function, &[]),
            Stmt::Return(value) => self.line(&format!("return {}", self.expr(value))),
            Stmt::Break => self.line("break"),
            Stmt::Continue => self.line("continue"),
        }
    }

    /// Python's augmented assignment to a variable or to a field, whose object comes before the value.
    fn augment(&mut self, name: &str, value: &str) {
        match name.rsplit_once('.') {
            Some((object, field)) => self.line(&format!("setattr({object}, \"{field}\", {value})")),
            None => self.line(&format!("{name} = {value}")),
        }
    }

    fn or_else(&mut self, body: &[Stmt]) {
        if !body.is_empty() {
            self.block("else:", body);
        }
    }

    fn list(&self, values: &[Expr]) -> String {
        values.iter().map(|value| self.expr(value)).collect::<Vec<_>>().join(", ")
    }

    fn expr(&self, expr: &Expr) -> String {
        let python = self.language == Python;
        match expr {
            Expr::Int(i64::MIN) if !python => "INT_MIN".to_owned(),
            Expr::Int(value) => format!("({value})"),
            Expr::Float(value) => float(*value, python),
            Expr::Bool(value) => {
                (if python { ["False", "True"] } else { ["false", "true"] })[usize::from(*value)].to_owned()
            }
            Expr::Str(text) => format!("\"{text}\""),
            Expr::Name(name) => name.clone(),
            Expr::Unary(operator, ty, value) => {
                let value = self.expr(value);
                if python && *ty == Ty::Int { format!("_w({operator}{value})") } else { format!("({operator}{value})") }
            }
            Expr::Binary(operator, ty, left, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                if python { arithmetic(operator, ty, &left, &right) } else { format!("({left} {operator} {right})") }
            }
            Expr::Same(operator, left, right) => format!("({} {operator} {})", self.expr(left), self.expr(right)),
            Expr::Not(value) => format!("(not {})", self.expr(value)),
            Expr::If(yes, condition, no) => {
                format!("({} if {} else {})", self.expr(yes), self.expr(condition), self.expr(no))
            }
            Expr::Call(name, args) => format!("{name}({})", self.list(args)),
            Expr::Builtin(name, args) => {
                let row = find(name);
                let args: Vec<String> = args.iter().map(|arg| self.expr(arg)).collect();
                if python { format!("({})", fill(row.python, &args)) } else { fill(row.bp, &args) }
            }
            Expr::Index(container, ty, index) => {
                let (container, index) = (self.expr(container), self.expr(index));
                if python && matches!(ty, Ty::Array(_) | Ty::Str) {
                    format!("_get({container}, {index})")
                } else {
                    format!("({container})[{index}]")
                }
            }
            Expr::Slice(container, ends) => {
                let end = |end: &Option<Box<Expr>>| end.as_ref().map_or(String::new(), |end| self.expr(end));
                let step = if ends[2].is_some() { format!(":{}", end(&ends[2])) } else { String::new() };
                format!("({})[{}:{}{step}]", self.expr(container), end(&ends[0]), end(&ends[1]))
            }
            Expr::Array(ty, values) if values.is_empty() && !python => format!("(fn() -> [{ty}]: [])()"),
            Expr::Array(_, values) => format!("[{}]", self.list(values)),
            Expr::Map(key, value, entries) if entries.is_empty() && !python => {
                format!("(fn() -> {{{key}: {value}}}: {{}})()")
            }
            Expr::Map(_, _, entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}: {}", self.expr(key), self.expr(value))).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Expr::Tuple(values) => format!("({})", self.list(values)),
            Expr::Format(value, spec) if python => format!("_format({}, \"{spec}\")", self.expr(value)),
            Expr::Format(value, "") => format!("f\"{{{}}}\"", self.expr(value)),
            Expr::Format(value, spec) => format!("f\"{{{}:{spec}}}\"", self.expr(value)),
            Expr::Comprehension(form, parts, name, source, condition) => {
                let parts: Vec<String> = parts.iter().map(|part| self.expr(part)).collect();
                let inner =
                    format!("{} for {name} in {} if {}", parts.join(": "), self.expr(source), self.expr(condition));
                match form {
                    Form::Array => format!("[{inner}]"),
                    Form::Set if python => format!("_Set({inner})"),
                    Form::Set | Form::Map => format!("{{{inner}}}"),
                }
            }
            Expr::Set(_, values) if python => format!("_Set([{}])", self.list(values)),
            Expr::Set(ty, values) if values.is_empty() => format!("(fn() -> {{{ty}}}: set())()"),
            Expr::Set(_, values) => format!("{{{}}}", self.list(values)),
            Expr::Method(object, name, args) => format!("{}.{name}({})", self.expr(object), self.list(args)),
            Expr::Super(base, name, args) if python => {
                let args: Vec<String> =
                    std::iter::once("self".to_owned()).chain(args.iter().map(|arg| self.expr(arg))).collect();
                format!("{base}.{name}({})", args.join(", "))
            }
            Expr::Super(_, name, args) => format!("super.{name}({})", self.list(args)),
            Expr::Lambda(params, result, value) => {
                let (params, value) = (self.params(params).join(", "), self.expr(value));
                if python {
                    format!("(lambda {params}: {value})")
                } else {
                    format!("(fn({params}) -> {result}: {value})")
                }
            }
            Expr::Apply(function, args) => format!("{}({})", self.expr(function), self.list(args)),
            Expr::Spelled(ours, theirs, args) => {
                let args: Vec<String> = args.iter().map(|arg| self.expr(arg)).collect();
                format!("({})", fill(if python { theirs } else { ours }, &args))
            }
        }
    }
}

/// A float as a literal.
fn float(value: f64, python: bool) -> String {
    let special = if python { ["math.nan", "math.inf", "-math.inf"] } else { ["NAN", "INF", "-INF"] };
    if value.is_nan() {
        special[0].to_owned()
    } else if value.is_infinite() {
        format!("({})", special[if value > 0.0 { 1 } else { 2 }])
    } else {
        format!("({value:?})")
    }
}

/// What an arithmetic operator is in Python.
fn arithmetic(operator: &str, ty: &Ty, left: &str, right: &str) -> String {
    let function = match (operator, ty) {
        ("/", Ty::Int) => "_div",
        ("%", Ty::Int) => "_rem",
        ("//", Ty::Int) => "_floordiv",
        ("**", Ty::Int) => "_pow",
        ("<<", _) => "_shl",
        (">>", _) => "_shr",
        (">>>", _) => "_ushr",
        ("/", Ty::Float) => "_fdiv",
        ("//", Ty::Float) => "_ffloordiv",
        ("%", Ty::Float) => "_libm.fmod",
        ("**", Ty::Float) => "_libm.pow",
        ("+" | "-" | "*", Ty::Int) => return format!("_w({left} {operator} {right})"),
        _ => return format!("({left} {operator} {right})"),
    };
    format!("{function}({left}, {right})")
}
