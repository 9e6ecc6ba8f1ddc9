//! Classes: single inheritance, virtual methods, order and equality by a virtual key.
//!
//! `__eq__` and `__lt__` stand at the top of a hierarchy and have no effects: which side Python asks first, and how
//! often sorting compares, does not show.

use super::{Generator, Var, boxed, name};
use crate::oracle::tree::{Class, Expr, Function, Stmt, Ty};

/// First letter of methods that chance writes.
const VIRTUAL: char = 'm';

impl Generator {
    /// Decides on classes and signatures; [`Self::write_methods`] follows when all functions are known.
    pub(super) fn declare_classes(&mut self) {
        for number in 0..self.rng.between(1, 4) {
            let base = (number > 0 && self.rng.chance(80)).then(|| self.rng.below(number));
            let base = base.map(|base| self.classes[base].name.clone());
            let compares = match &base {
                Some(base) => self.class(base).compares,
                None => self.rng.chance(75),
            };
            let mut fields = vec![];
            for at in 0..self.rng.between(1, 3) {
                // The first field of all is the key.
                let ty = if base.is_none() && at == 0 { Ty::Int } else { self.field_ty() };
                fields.push((self.fresh("x"), ty));
            }
            let class = Class { name: format!("C{number}"), base, fields, methods: vec![], compares };
            self.classes.push(class);
            self.special_methods(number);
            self.signatures(number);
        }
    }

    fn field_ty(&mut self) -> Ty {
        let array = Ty::Array(Ty::Int.into());
        self.rng.pick(&[Ty::Int, Ty::Int, Ty::Float, Ty::Str, Ty::Bool, array, Ty::Set(Ty::Str.into())]).clone()
    }

    fn class(&self, name: &str) -> &Class {
        self.classes.iter().find(|class| class.name == name).expect("it is declared")
    }

    /// The class and those above it, itself first.
    fn line_of<'a>(&'a self, name: &str) -> Vec<&'a Class> {
        let mut line = vec![self.class(name)];
        while let Some(base) = &line[line.len() - 1].base {
            line.push(self.class(base));
        }
        line
    }

    /// The class and those below it.
    fn below(&self, name: &str) -> Vec<String> {
        let is_below = |class: &&Class| self.line_of(&class.name).iter().any(|above| above.name == name);
        self.classes.iter().filter(is_below).map(|class| class.name.clone()).collect()
    }

    /// All fields, those of the top first.
    pub(super) fn fields(&self, class: &str) -> Vec<(String, Ty)> {
        self.line_of(class).into_iter().rev().flat_map(|class| class.fields.clone()).collect()
    }

    /// Methods that chance writes, each with its lowest signature.
    fn methods(&self, class: &str) -> Vec<Function> {
        let mut all: Vec<Function> = vec![];
        for class in self.line_of(class) {
            for method in class.methods.iter().filter(|method| method.name.starts_with(VIRTUAL)) {
                if all.iter().all(|lower| lower.name != method.name) {
                    all.push(method.clone());
                }
            }
        }
        all
    }

    fn special_methods(&mut self, number: usize) {
        let Class { name: label, base, fields, compares, .. } = self.classes[number].clone();
        let top = self.line_of(&label).last().map_or(label.clone(), |top| top.name.clone());
        let key = name(&format!("self.{}", self.fields(&label)[0].0));
        let mut methods = vec![self.init(&label, base.as_deref(), &fields)];
        let mut method = |label: &str, params: Vec<(String, Ty)>, result, value| {
            methods.push(Function { name: label.to_owned(), params, result, body: vec![Stmt::Return(value)] });
        };
        if base.is_none() || self.rng.chance(50) {
            let operator = *self.rng.pick(&["+", "^", "&", "*"]);
            let operand = Expr::Int(*self.rng.pick(&[0, 1, 3, -1]));
            method("key", vec![], Ty::Int, Expr::Binary(operator, Ty::Int, boxed(key.clone()), boxed(operand)));
        }
        if base.is_none() && compares {
            let key = |object: &str| boxed(Expr::Method(boxed(name(object)), "key".to_owned(), vec![]));
            for (label, operator) in [("__eq__", "=="), ("__lt__", "<")] {
                let other = vec![("other".to_owned(), Ty::Object(top.clone()))];
                method(label, other, Ty::Bool, Expr::Same(operator, key("self"), key("other")));
            }
        }
        if base.is_none() || self.rng.chance(40) {
            let mut parts = vec![name(&format!("\"{label} \"")), Expr::Builtin("str_int", vec![key])];
            match &base {
                Some(base) => parts.push(Expr::Super(base.clone(), "__str__".to_owned(), vec![])),
                None => parts.push(Expr::Spelled(
                    "str($0)",
                    "_str($0)",
                    vec![Expr::Method(boxed(name("self")), "key".to_owned(), vec![])],
                )),
            }
            let text = parts.into_iter().reduce(|all, part| Expr::Binary("+", Ty::Str, boxed(all), boxed(part)));
            method("__str__", vec![], Ty::Str, text.expect("there are parts"));
        }
        self.classes[number].methods = methods;
    }

    /// `__init__`, which takes all fields in order.
    fn init(&self, class: &str, base: Option<&str>, own: &[(String, Ty)]) -> Function {
        let params: Vec<(String, Ty)> =
            self.fields(class).into_iter().map(|(field, ty)| (format!("of_{field}"), ty)).collect();
        let mut body = vec![];
        if let Some(base) = base {
            let above = &params[..params.len() - own.len()];
            let args = above.iter().map(|(param, _)| name(param)).collect();
            body.push(Stmt::Expr(Expr::Super(base.to_owned(), "__init__".to_owned(), args)));
        }
        body.extend(own.iter().map(|(field, _)| Stmt::Assign(format!("self.{field}"), name(&format!("of_{field}")))));
        Function { name: "__init__".to_owned(), params, result: Ty::Void, body }
    }

    /// New virtual methods, and those of above that are overridden; their bodies come later.
    fn signatures(&mut self, number: usize) {
        let Class { name: label, base, .. } = self.classes[number].clone();
        let mut methods = base.as_ref().map_or(vec![], |base| self.methods(base));
        methods.retain(|_| self.rng.chance(60));
        let more = if base.is_none() { self.rng.between(1, 2) } else { usize::from(self.rng.chance(30)) };
        for _ in 0..more {
            let name = self.fresh(&VIRTUAL.to_string());
            let params = (0..self.rng.below(3)).map(|_| (String::new(), self.param_ty())).collect();
            methods.push(Function { name, params, result: self.ty(2), body: vec![] });
        }
        debug_assert_eq!(self.classes[number].name, label);
        self.classes[number].methods.append(&mut methods);
    }

    /// Writes the bodies of virtual methods.
    pub(super) fn write_methods(&mut self) {
        for class in 0..self.classes.len() {
            let label = self.classes[class].name.clone();
            for at in 0..self.classes[class].methods.len() {
                let signature = self.classes[class].methods[at].clone();
                if !signature.name.starts_with(VIRTUAL) {
                    continue;
                }
                let base = self.classes[class].base.clone();
                let above = base.filter(|base| self.methods(base).iter().any(|above| above.name == signature.name));
                self.above = above.map(|above| (above, signature.clone()));
                let params: Vec<Ty> = signature.params.into_iter().map(|(_, ty)| ty).collect();
                let statements = self.rng.between(1, 4);
                let method = self.written(signature.name, Some(&label), &params, signature.result, statements);
                self.classes[class].methods[at] = method;
                self.above = None;
            }
        }
    }

    /// Functions that make the type of an object that of a class above its own.
    pub(super) fn upcasts(&self) -> Vec<Function> {
        let upcast = |class: &Class| {
            let ty = Ty::Object(class.name.clone());
            let body = vec![Stmt::Return(name("o"))];
            Function {
                name: format!("up_{}", class.name),
                params: vec![("o".to_owned(), ty.clone())],
                result: ty,
                body,
            }
        };
        self.classes.iter().map(upcast).collect()
    }

    /// A class that there is.
    pub(super) fn object_ty(&mut self) -> Option<Ty> {
        if self.classes.is_empty() {
            return None;
        }
        let number = self.rng.below(self.classes.len());
        Some(Ty::Object(self.classes[number].name.clone()))
    }

    /// Whether values of a type have an order.
    pub(super) fn is_ordered(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Object(class) => self.class(class).compares,
            _ => ty.is_ordered(),
        }
    }

    /// A new object of a class or of one below it; `arg` writes the fields.
    pub(super) fn new_object(&mut self, class: &str, mut arg: impl FnMut(&mut Self, &Ty) -> Expr) -> Expr {
        let candidates = self.below(class);
        let made = self.rng.pick(&candidates).clone();
        let args = self.fields(&made).iter().map(|(_, ty)| arg(self, ty)).collect();
        let object = Expr::Call(made.clone(), args);
        if made == class { object } else { Expr::Call(format!("up_{class}"), vec![object]) }
    }

    /// An object of a class: new, cast, or the least or greatest of some.
    pub(super) fn object(&mut self, class: &str, depth: usize) -> Expr {
        let ty = Ty::Object(class.to_owned());
        match self.rng.below(5) {
            0..=1 => self.new_object(class, |it, ty| it.expr(ty, depth.min(1))),
            2 => {
                let related: Vec<String> = self
                    .below(class)
                    .into_iter()
                    .chain(self.line_of(class).iter().map(|above| above.name.clone()))
                    .collect();
                let is_related = |var: &Var| matches!(&var.ty, Ty::Object(other) if related.contains(other));
                match self.some_var(is_related) {
                    Some(var) => Expr::Spelled("$0 as $1", "_cast($0, $1)", vec![name(&var.name), name(class)]),
                    None => self.literal(&ty),
                }
            }
            3 if self.is_ordered(&ty) => match self.some_var(|var| var.ty == Ty::Array(ty.clone().into())) {
                Some(var) if self.rng.chance(50) => Expr::Spelled("min($0)", "min($0)", vec![name(&var.name)]),
                Some(var) => Expr::Spelled("max($0)", "max($0)", vec![name(&var.name)]),
                None => self.literal(&ty),
            },
            _ => self.simple(&ty),
        }
    }

    /// A question about the class or the identity of objects. Compared with a constant the answer narrows nothing: what
    /// was narrowed may not be asked about other classes.
    pub(super) fn object_question(&mut self) -> Option<Expr> {
        let Some(Var { name: object, ty: Ty::Object(class), .. }) =
            self.some_var(|var| matches!(var.ty, Ty::Object(_)))
        else {
            return None;
        };
        if self.rng.chance(30) {
            let ty = Ty::Object(class);
            let other = self.some_var(|var| var.ty == ty)?;
            return Some(Expr::Same(self.choose(&["is", "is not"]), boxed(name(&object)), boxed(name(&other.name))));
        }
        let mut candidates = self.below(&class);
        candidates.extend(self.line_of(&class).iter().skip(1).map(|above| above.name.clone()));
        let asked = self.rng.pick(&candidates).clone();
        let args = vec![name(&object), name(&asked)];
        Some(if self.rng.chance(70) {
            Expr::Spelled("($0 is $1) == true", "isinstance($0, $1)", args)
        } else {
            Expr::Spelled("($0 is not $1) == true", "not isinstance($0, $1)", args)
        })
    }

    /// A call of a method with a result of a type, through the vtable or of the class above.
    pub(super) fn call_of_method(&mut self, ty: &Ty, depth: usize) -> Option<Expr> {
        let depth = depth.saturating_sub(1).min(1);
        if let Some((above, method)) = self.above.clone().filter(|(_, method)| method.result == *ty)
            && self.rng.chance(50)
        {
            let args = method.params.iter().map(|(_, ty)| self.expr(ty, depth)).collect();
            return Some(Expr::Super(above, method.name, args));
        }
        let answers = |var: &Var| match &var.ty {
            Ty::Object(class) => self.methods(class).iter().any(|method| method.result == *ty),
            _ => false,
        };
        let fitting: Vec<Var> = self.scopes.iter().flatten().filter(|var| answers(var)).cloned().collect();
        if fitting.is_empty() {
            return None;
        }
        let Var { name: object, ty: Ty::Object(class), .. } = self.rng.pick(&fitting).clone() else {
            unreachable!("only objects were looked for")
        };
        let methods: Vec<Function> = self.methods(&class).into_iter().filter(|method| method.result == *ty).collect();
        let method = self.rng.pick(&methods).clone();
        let args = method.params.iter().map(|(_, ty)| self.expr(ty, depth)).collect();
        Some(Expr::Method(boxed(name(&object)), method.name, args))
    }

    /// A call of every method of every class.
    pub(super) fn calls_of_methods(&mut self) -> Vec<Expr> {
        let mut calls = vec![];
        for class in self.classes.clone() {
            for method in self.methods(&class.name) {
                let object = self.literal(&Ty::Object(class.name.clone()));
                let args = method.params.iter().map(|(_, ty)| self.expr(ty, 1)).collect();
                calls.push(Expr::Method(boxed(object), method.name, args));
            }
        }
        calls
    }
}
