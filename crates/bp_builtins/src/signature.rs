//! Signatures of built-ins, parsed from the table's text on first use and kept.
//!
//! A signature is data for the checker: it holds no interned types, so that one parse serves every
//! compilation of the process. A text that does not parse is a bug of the table and panics; the
//! test below parses every row.

use crate::Builtin;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A parsed signature.
#[derive(Clone, PartialEq, Debug)]
pub struct Signature {
    /// `[T: Bound, …]`
    pub type_params: Vec<TypeParam>,
    /// Parameters; a method's receiver is the first.
    pub params: Vec<Param>,
    /// The result; [`Type::Void`] if none is written.
    pub result: Type,
    /// Whether the row is a constant such as `PI`: written without a parameter list.
    pub is_constant: bool,
}

/// A type parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct TypeParam {
    /// Its name.
    pub name: &'static str,
    /// What its types must offer.
    pub bound: Option<Bound>,
}

/// What a type parameter demands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// `<` works.
    Ordered,
    /// May be a map key.
    Hashable,
}

/// A parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its type; of a `rest` parameter the type of each value.
    pub ty: Type,
    /// The default value.
    pub default: Option<Default>,
    /// Whether written `any...`: takes any number of positional values.
    pub rest: bool,
}

/// A default value.
#[derive(Clone, PartialEq, Debug)]
pub enum Default {
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// A string, escapes resolved.
    Str(Box<str>),
    /// `null`
    Null,
}

/// A type as the table writes it.
#[derive(Clone, PartialEq, Debug)]
pub enum Type {
    /// No value.
    Void,
    /// Never returns.
    Never,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `bool`
    Bool,
    /// `str`
    Str,
    /// `ptr`
    Ptr,
    /// `u8`
    U8,
    /// `i32`
    I32,
    /// `f32`
    F32,
    /// Any type.
    Any,
    /// A type parameter, by position.
    Param(usize),
    /// `[T]`
    Array(Box<Type>),
    /// `{K: V}`
    Map(Box<Type>, Box<Type>),
    /// `{T}`
    Set(Box<Type>),
    /// `(A, B)`
    Tuple(Vec<Type>),
    /// `fn(A) -> R`
    Function(Vec<Type>, Box<Type>),
    /// `T?`
    Optional(Box<Type>),
    /// A built-in class: `Regex`.
    Named(&'static str),
}

impl Signature {
    /// Number of parameters that every call must give.
    pub fn required(&self) -> usize {
        self.params.iter().filter(|param| param.default.is_none() && !param.rest).count()
    }

    /// Whether it ends in (or holds) a parameter that takes any number of values.
    pub fn has_rest(&self) -> bool {
        self.params.iter().any(|param| param.rest)
    }
}

/// The signature of a built-in.
pub fn signature(builtin: Builtin) -> &'static Signature {
    static PARSED: OnceLock<Vec<OnceLock<Signature>>> = OnceLock::new();
    let table = PARSED.get_or_init(|| Builtin::ALL.iter().map(|_| OnceLock::new()).collect());
    table[builtin.index()].get_or_init(|| parse(builtin.row().signature))
}

/// The built-ins that share a free name, in table order; empty if there is none.
pub fn free(name: &str) -> &'static [Builtin] {
    index().free.get(name).map_or(&[], Vec::as_slice)
}

/// The built-ins that share a method name, in table order; empty if there is none.
pub fn methods(name: &str) -> &'static [Builtin] {
    index().methods.get(name).map_or(&[], Vec::as_slice)
}

/// Every free name, in no particular order.
pub fn free_names() -> impl Iterator<Item = &'static str> {
    index().free.keys().copied()
}

/// Every method name, in no particular order.
pub fn method_names() -> impl Iterator<Item = &'static str> {
    index().methods.keys().copied()
}

struct Index {
    free: HashMap<&'static str, Vec<Builtin>>,
    methods: HashMap<&'static str, Vec<Builtin>>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index { free: HashMap::new(), methods: HashMap::new() };
        for &builtin in Builtin::ALL {
            for name in builtin.row().names {
                index.free.entry(name).or_default().push(builtin);
            }
            for name in builtin.row().methods {
                index.methods.entry(name).or_default().push(builtin);
            }
        }
        index
    })
}

/// Parses a signature's text.
///
/// # Panics
/// If the text is not a signature: the table is wrong.
fn parse(text: &'static str) -> Signature {
    let mut parser = Parser { text, at: 0, type_params: Vec::new() };
    let signature = parser.signature();
    parser.space();
    assert!(parser.at == text.len(), "signature `{text}`: stray `{}`", &text[parser.at..]);
    signature
}

struct Parser {
    text: &'static str,
    at: usize,
    type_params: Vec<TypeParam>,
}

impl Parser {
    fn signature(&mut self) -> Signature {
        if self.eat("[") {
            while !self.eat("]") {
                let name = self.word();
                let bound = self.eat(":").then(|| self.bound());
                self.type_params.push(TypeParam { name, bound });
                self.eat(",");
            }
        }
        let is_constant = !self.eat("(");
        let mut params = Vec::new();
        while !is_constant && !self.eat(")") {
            params.push(self.param());
            self.eat(",");
        }
        let result = if self.eat("->") { self.ty() } else { Type::Void };
        Signature { type_params: std::mem::take(&mut self.type_params), params, result, is_constant }
    }

    fn bound(&mut self) -> Bound {
        match self.word() {
            "Ordered" => Bound::Ordered,
            "Hashable" => Bound::Hashable,
            other => panic!("signature `{}`: no bound `{other}`", self.text),
        }
    }

    fn param(&mut self) -> Param {
        let name = self.word();
        assert!(self.eat(":"), "signature `{}`: `{name}` has no type", self.text);
        let ty = self.ty();
        let rest = self.eat("...");
        let default = self.eat("=").then(|| self.default());
        Param { name, ty, default, rest }
    }

    fn ty(&mut self) -> Type {
        let mut ty = self.plain_type();
        while self.eat("?") {
            ty = Type::Optional(Box::new(ty));
        }
        ty
    }

    fn plain_type(&mut self) -> Type {
        if self.eat("[") {
            let element = self.ty();
            assert!(self.eat("]"), "signature `{}`: `]` missing", self.text);
            return Type::Array(Box::new(element));
        }
        if self.eat("{") {
            let key = self.ty();
            let ty =
                if self.eat(":") { Type::Map(Box::new(key), Box::new(self.ty())) } else { Type::Set(Box::new(key)) };
            assert!(self.eat("}"), "signature `{}`: `}}` missing", self.text);
            return ty;
        }
        if self.eat("(") {
            return Type::Tuple(self.types_to_paren());
        }
        match self.word() {
            "fn" => {
                assert!(self.eat("("), "signature `{}`: `(` missing behind `fn`", self.text);
                let params = self.types_to_paren();
                let result = if self.eat("->") { self.ty() } else { Type::Void };
                Type::Function(params, Box::new(result))
            }
            word => self.named(word),
        }
    }

    fn types_to_paren(&mut self) -> Vec<Type> {
        let mut types = Vec::new();
        while !self.eat(")") {
            types.push(self.ty());
            self.eat(",");
        }
        types
    }

    fn named(&self, word: &'static str) -> Type {
        match word {
            "void" => Type::Void,
            "never" => Type::Never,
            "int" => Type::Int,
            "float" => Type::Float,
            "bool" => Type::Bool,
            "str" => Type::Str,
            "ptr" => Type::Ptr,
            "u8" => Type::U8,
            "i32" => Type::I32,
            "f32" => Type::F32,
            "any" => Type::Any,
            _ => match self.type_params.iter().position(|param| param.name == word) {
                Some(position) => Type::Param(position),
                None => Type::Named(word),
            },
        }
    }

    fn default(&mut self) -> Default {
        self.space();
        if self.text[self.at..].starts_with('"') {
            return Default::Str(self.string());
        }
        let negative = self.eat("-");
        let word = self.number_or_word();
        match word {
            "true" => Default::Bool(true),
            "false" => Default::Bool(false),
            "null" => Default::Null,
            "INT_MAX" => Default::Int(i64::MAX),
            "INT_MIN" => Default::Int(i64::MIN),
            _ => self.number(word, negative),
        }
    }

    fn number(&self, word: &str, negative: bool) -> Default {
        let signed = if negative { format!("-{word}") } else { word.to_owned() };
        if let Ok(int) = signed.parse() {
            return Default::Int(int);
        }
        match signed.parse() {
            Ok(float) => Default::Float(float),
            Err(_) => panic!("signature `{}`: no default `{signed}`", self.text),
        }
    }

    fn string(&mut self) -> Box<str> {
        let mut value = String::new();
        let mut chars = self.text[self.at + 1..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += 1 + offset + 1;
                    return value.into();
                }
                '\\' => match chars.next().map(|(_, escaped)| escaped) {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some(other) => value.push(other),
                    None => break,
                },
                _ => value.push(c),
            }
        }
        panic!("signature `{}`: a string does not end", self.text)
    }

    fn number_or_word(&mut self) -> &'static str {
        self.take(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    }

    fn word(&mut self) -> &'static str {
        self.space();
        let word = self.take(|c| c.is_ascii_alphanumeric() || c == '_');
        assert!(!word.is_empty(), "signature `{}`: a name is missing at {}", self.text, self.at);
        word
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'static str {
        let rest: &'static str = &self.text[self.at..];
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn space(&mut self) {
        while self.text[self.at..].starts_with(' ') {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses() {
        for &builtin in Builtin::ALL {
            let signature = signature(builtin);
            let is_method_only = builtin.row().names.is_empty();
            assert!(!is_method_only || !signature.params.is_empty(), "{builtin:?} has no receiver");
        }
    }

    #[test]
    fn forms() {
        let parsed =
            parse("[T, K: Ordered](xs: [T], f: fn(T) -> K?, sep: str = \"a\\n\", n: int = -1) -> {K: (T, u8)}");
        assert_eq!(parsed.type_params[1].bound, Some(Bound::Ordered));
        assert_eq!(parsed.params[0].ty, Type::Array(Box::new(Type::Param(0))));
        let optional = Type::Optional(Box::new(Type::Param(1)));
        assert_eq!(parsed.params[1].ty, Type::Function(vec![Type::Param(0)], Box::new(optional)));
        assert_eq!(parsed.params[2].default, Some(Default::Str("a\n".into())));
        assert_eq!(parsed.params[3].default, Some(Default::Int(-1)));
        let pair = Type::Tuple(vec![Type::Param(0), Type::U8]);
        assert_eq!(parsed.result, Type::Map(Box::new(Type::Param(1)), Box::new(pair)));
    }

    #[test]
    fn rest_and_constants() {
        let print = parse("(values: any..., sep: str = \" \")");
        assert!(print.params[0].rest && print.has_rest());
        assert_eq!(print.required(), 0);
        assert!(parse("-> float").is_constant);
    }
}
