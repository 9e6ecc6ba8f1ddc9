//! Expressions of any type: names, calls, conditionals, and what each type has of its own.

use super::types::Ty;
use super::{Function, Generator};

impl Generator {
    /// An expression of a type, at most `depth` levels of operators.
    pub(super) fn expr(&mut self, ty: &Ty, depth: usize) -> String {
        if depth == 0 || self.rng.chance(15) {
            return self.simple(ty);
        }
        match self.rng.below(14) {
            0..=2 => self.place(ty, depth).unwrap_or_else(|| self.simple(ty)),
            3 => self.call(ty, depth).unwrap_or_else(|| self.simple(ty)),
            4 => {
                let (yes, condition, no) =
                    (self.expr(ty, depth - 1), self.expr(&Ty::Bool, depth - 1), self.expr(ty, depth - 1));
                format!("({yes} if {condition} else {no})")
            }
            5 => self.call_value(ty, depth).unwrap_or_else(|| self.simple(ty)),
            _ => self.own(ty, depth - 1),
        }
    }

    /// What only this type has.
    fn own(&mut self, ty: &Ty, depth: usize) -> String {
        match ty {
            Ty::Void => unreachable!("there are no values of it"),
            Ty::Int => self.int(depth),
            Ty::Float => self.float(depth),
            Ty::Bool => self.bool(depth),
            Ty::Str => self.str(depth),
            Ty::Enum(number) => {
                let member = self.rng.below(self.enums[*number]);
                format!("E{number}.M{member}")
            }
            Ty::Array(element) => self.array(element, depth),
            Ty::Narrow(element) => self.narrow(element, depth),
            Ty::Map(key, value) => self.map(key, value, depth),
            Ty::Struct(number) => self.record(*number, depth),
            Ty::Tuple(members) => {
                let members: Vec<String> = members.iter().map(|member| self.stored(member, depth)).collect();
                format!("({})", members.join(", "))
            }
            Ty::Fn(params, result) => self.function_value(params, result, depth),
        }
    }

    /// An expression whose value stays small however often it is stored and read again.
    pub(super) fn stored(&mut self, ty: &Ty, depth: usize) -> String {
        let value = self.expr(ty, depth);
        match ty {
            Ty::Str if depth > 0 => format!("({value})[:40]"),
            Ty::Array(_) | Ty::Narrow(_) if depth > 0 && !value.trim_start_matches('(').starts_with('[') => {
                // No names, which shall be aliased, and no literals, which need the context; of the others half, and all sums
                // and products, which would double in each turn of a loop.
                let grows = value.contains(" + ") || value.contains(" * ");
                let cut = self.rng.chance(50) || grows;
                if !cut || value.chars().all(|c| c.is_alphanumeric()) { value } else { format!("({value})[:12]") }
            }
            _ => value,
        }
    }

    /// A name of the type, else a literal.
    fn simple(&mut self, ty: &Ty) -> String {
        if self.rng.chance(65)
            && let Some(var) = self.some_var(|var| var.ty == *ty)
        {
            return var.name;
        }
        self.literal(ty)
    }

    /// A value without names.
    pub(super) fn literal(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Void => String::new(),
            Ty::Int => self.int_literal(),
            Ty::Float => self.float_literal(),
            Ty::Bool => self.rng.pick(&["true", "false"]).to_string(),
            Ty::Str => self.str_literal(),
            Ty::Array(element) if matches!(**element, Ty::Fn(..)) => {
                format!("[{}, {}]", self.literal(element), self.literal(element))
            }
            Ty::Array(element) => {
                let count = if self.rng.chance(12) { 0 } else { self.rng.between(2, 4) };
                let elements: Vec<String> = (0..count).map(|_| self.literal(element)).collect();
                format!("[{}]", elements.join(", "))
            }
            Ty::Narrow(element) => {
                let ty = Ty::of_narrow(element);
                let elements: Vec<String> = (0..self.rng.below(5)).map(|_| self.literal(&ty)).collect();
                self.typed_array(element, &elements.join(", "))
            }
            Ty::Map(key, value) => {
                let entries: Vec<String> =
                    (0..self.rng.below(4)).map(|_| format!("{}: {}", self.literal(key), self.literal(value))).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Ty::Struct(number) => {
                let fields = self.structs[*number].clone();
                let values: Vec<String> = fields.iter().map(|field| self.literal(field)).collect();
                format!("S{number}({})", values.join(", "))
            }
            Ty::Tuple(members) => {
                let members: Vec<String> = members.iter().map(|member| self.literal(member)).collect();
                format!("({})", members.join(", "))
            }
            Ty::Enum(_) => self.own(ty, 0),
            Ty::Fn(params, result) => self.lambda(params, result, 0),
        }
    }

    /// A path from a name to something of the type: `v3`, `v3.a`, `v3[-1].b[0]`.
    pub(super) fn place(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        for _ in 0..8 {
            let var = self.some_var(|_| true)?;
            let (mut path, mut at) = (var.name, var.ty);
            for _ in 0..4 {
                if at == *ty {
                    return Some(path);
                }
                let Some((longer, inner)) = self.step(&path, &at, depth) else { break };
                (path, at) = (longer, inner);
            }
        }
        None
    }

    /// One step into a value: a field, a member, an element.
    fn step(&mut self, path: &str, ty: &Ty, depth: usize) -> Option<(String, Ty)> {
        match ty {
            Ty::Array(element) => Some((format!("{path}[{}]", self.index(depth)), (**element).clone())),
            Ty::Narrow(element) => Some((format!("{path}[{}]", self.index(depth)), Ty::of_narrow(element))),
            Ty::Map(key, value) => {
                let key = self.key(key, depth.saturating_sub(1));
                let access = if self.rng.chance(15) {
                    format!("{path}[{key}]")
                } else {
                    format!("{path}.get({key}, {})", self.literal(value))
                };
                Some((access, (**value).clone()))
            }
            Ty::Struct(number) => {
                let field = self.rng.below(self.structs[*number].len());
                Some((format!("{path}.{}", field_name(field)), self.structs[*number][field].clone()))
            }
            Ty::Tuple(members) => {
                let member = self.rng.below(members.len());
                Some((format!("{path}[{member}]"), members[member].clone()))
            }
            _ => None,
        }
    }

    /// An index that often fits.
    pub(super) fn index(&mut self, depth: usize) -> String {
        match self.rng.below(20) {
            0..=9 => self.rng.pick(&["0", "-1", "0", "1"]).to_string(),
            10..=16 if depth > 0 => {
                format!("({}) % {}", self.expr(&Ty::Int, depth - 1), self.rng.pick(&["2", "2", "2", "3", "4"]))
            }
            17 if depth > 0 => self.expr(&Ty::Int, depth - 1),
            18 => self.rng.pick(&["1", "-2", "2", "-3", "3"]).to_string(),
            _ => "0".to_owned(),
        }
    }

    /// A key that often is there.
    pub(super) fn key(&mut self, ty: &Ty, depth: usize) -> String {
        if *ty == Ty::Int && self.rng.chance(60) {
            return format!("{}", self.rng.below(4));
        }
        self.stored(ty, depth.min(1))
    }

    /// A call of a function whose result fits.
    fn call(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        if let Some(this) = self.this.filter(|this| self.functions[*this].result == *ty)
            && self.rng.chance(60)
        {
            let function = self.functions[this].clone();
            let call = self.call_of(&function, Some("depth - 1"), depth);
            return Some(format!("({call} if depth > 0 else {})", self.literal(ty)));
        }
        let fitting: Vec<Function> =
            self.functions.iter().skip(self.callable_from).filter(|function| function.result == *ty).cloned().collect();
        if fitting.is_empty() {
            return None;
        }
        let function = self.rng.pick(&fitting).clone();
        Some(self.call_of(&function, None, depth))
    }

    /// A call of a function; a recursive one gets `level` or a small number first.
    pub(super) fn call_of(&mut self, function: &Function, level: Option<&str>, depth: usize) -> String {
        let mut args: Vec<String> = vec![];
        if function.recursive {
            args.push(level.map_or_else(|| self.rng.below(5).to_string(), str::to_owned));
        }
        for param in &function.params {
            args.push(self.stored(param, depth.saturating_sub(1).min(1)));
        }
        format!("{}({})", function.name, args.join(", "))
    }

    /// A call of a value.
    fn call_value(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        if self.in_lambda {
            // It would go on without end: a lambda in a global that calls the global has no budget.
            return None;
        }
        let var = self.some_var(|var| matches!(&var.ty, Ty::Fn(_, result) if **result == *ty))?;
        let Ty::Fn(params, _) = var.ty else { return None };
        let args: Vec<String> = params.iter().map(|param| self.stored(param, depth.saturating_sub(1))).collect();
        Some(format!("{}({})", var.name, args.join(", ")))
    }

    /// A function by its name, or a lambda.
    fn function_value(&mut self, params: &[Ty], result: &Ty, depth: usize) -> String {
        let fits =
            |function: &&Function| !function.recursive && function.params == params && function.result == *result;
        let fitting: Vec<String> =
            self.functions.iter().skip(self.callable_from).filter(fits).map(|function| function.name.clone()).collect();
        if !fitting.is_empty() && self.rng.chance(70) {
            return self.rng.pick(&fitting).clone();
        }
        self.lambda(params, result, depth)
    }

    /// A lambda; it sees its parameters and the globals.
    pub(super) fn lambda(&mut self, params: &[Ty], result: &Ty, depth: usize) -> String {
        let scopes = std::mem::take(&mut self.scopes);
        let this = self.this.take();
        let in_lambda = std::mem::replace(&mut self.in_lambda, true);
        self.scopes.push(vec![]);
        let mut declared = vec![];
        for param in params {
            let name = self.fresh("p");
            declared.push(format!("{name}: {param}"));
            self.declare(&name, param.clone(), false);
        }
        let body = self.expr(result, depth.min(2));
        self.scopes = scopes;
        self.this = this;
        self.in_lambda = in_lambda;
        format!("(fn({}) -> {result}: {body})", declared.join(", "))
    }

    fn bool(&mut self, depth: usize) -> String {
        match self.rng.below(13) {
            12 => self.small_call("mb", depth),
            0..=4 => self.comparison(depth),
            5 => format!("(not {})", self.expr(&Ty::Bool, depth)),
            6 => format!("({} and {})", self.expr(&Ty::Bool, depth), self.expr(&Ty::Bool, depth)),
            7 => format!("({} or {})", self.expr(&Ty::Bool, depth), self.expr(&Ty::Bool, depth)),
            8 => format!("{}({})", self.rng.pick(&["is_nan", "is_inf"]), self.expr(&Ty::Float, depth)),
            9 => self.membership(depth),
            10 => format!("bool({})", self.expr(&Ty::Int, depth)),
            _ => {
                let test = self.rng.pick(&["is_digit", "is_alpha", "is_alnum", "is_space"]).to_string();
                format!("{test}({})", self.expr(&Ty::Str, depth))
            }
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let ty = match self.rng.below(10) {
            0..=3 => Ty::Int,
            4..=6 => Ty::Float,
            7 => Ty::Str,
            _ => self.ty(1),
        };
        let ordered = ["<", "<=", ">", ">=", "==", "!="];
        let operators = if ty.is_ordered() { &ordered[..] } else { &ordered[4..] };
        if !ty.is_comparable() {
            return "true".to_owned();
        }
        let operator = *self.rng.pick(operators);
        if ty == Ty::Float && self.rng.chance(25) {
            // Nan is neither equal to itself nor to anything else.
            let operand = self.expr(&Ty::Float, 0);
            let other = if self.rng.chance(50) { operand.clone() } else { "NAN".to_owned() };
            return format!("({operand} {operator} {other})");
        }
        let left = self.expr(&ty, depth);
        let right =
            if ty == Ty::Int && self.rng.chance(40) { self.int_literal() } else { self.typed_operand(&ty, depth) };
        // A container literal beside an operator has nothing to take its type from.
        let left = if matches!(ty, Ty::Array(_) | Ty::Map(..) | Ty::Tuple(_) | Ty::Narrow(_)) {
            self.typed_operand(&ty, depth)
        } else {
            left
        };
        format!("({left} {operator} {right})")
    }

    /// An expression that knows its type without a context.
    fn typed_operand(&mut self, ty: &Ty, depth: usize) -> String {
        match ty {
            Ty::Array(_) | Ty::Map(..) | Ty::Narrow(_) | Ty::Tuple(_) => match self.some_var(|var| var.ty == *ty) {
                Some(var) => var.name,
                None => format!("(fn() -> {ty}: {})()", self.literal(ty)),
            },
            _ => self.expr(ty, depth),
        }
    }

    fn membership(&mut self, depth: usize) -> String {
        let Some(var) = self.some_var(|var| match &var.ty {
            Ty::Array(element) => element.is_comparable() && !matches!(**element, Ty::Array(_) | Ty::Map(..)),
            Ty::Map(..) | Ty::Str => true,
            _ => false,
        }) else {
            return "false".to_owned();
        };
        let inner = match &var.ty {
            Ty::Array(element) => (**element).clone(),
            Ty::Map(key, _) => (**key).clone(),
            _ => Ty::Str,
        };
        format!("({} {} {})", self.expr(&inner, depth), self.rng.pick(&["in", "not in"]), var.name)
    }
}

/// The name of a field.
pub(super) fn field_name(field: usize) -> char {
    char::from(b'a' + field as u8)
}
