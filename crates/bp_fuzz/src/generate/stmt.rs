//! Statements that change something: declarations, assignments, and what containers can do.

use super::expr::field_name;
use super::types::Ty;
use super::{Generator, Var};

impl Generator {
    /// A statement with at most `depth` levels of blocks.
    pub(super) fn statement(&mut self, depth: usize) {
        match self.rng.below(40) {
            0..=6 => self.declaration(),
            7..=13 => self.assignment(),
            14..=18 => self.mutation(),
            19 => self.swap(),
            20 => self.unpack(),
            21 => self.print(),
            22 => self.call_statement(),
            23 if self.rng.chance(20) => self.line("gc_collect()"),
            23 => self.slice_assignment(),
            25 if self.rng.chance(60) => self.rarity(),
            26..=27 if self.rng.chance(60) => self.feature(),
            28 if self.rng.chance(60) => self.generic(),
            24 => self.leave(),
            _ if depth == 0 => self.assignment(),
            _ => self.control(depth),
        }
    }

    /// Some statements.
    pub(super) fn body(&mut self, depth: usize) {
        for _ in 0..self.rng.between(1, 3) {
            self.statement(depth);
        }
    }

    fn declaration(&mut self) {
        let (name, ty) = (self.fresh("v"), self.ty(2));
        let value = self.stored(&ty, 3);
        let inferred = matches!(ty, Ty::Int | Ty::Float | Ty::Bool | Ty::Str) && self.rng.chance(50);
        // `let x = 1` would be an int where a float is meant.
        if inferred && ty != Ty::Float {
            self.line(format!("let {name} = {value}"));
        } else {
            self.line(format!("let {name}: {ty} = {value}"));
        }
        self.declare(&name, ty, true);
    }

    fn assignment(&mut self) {
        match self.rng.below(10) {
            0..=3 => self.augmented(),
            4..=6 => {
                let Some(var) = self.some_var(|var| var.assignable) else { return self.declaration() };
                if let Some(value) = self.in_place(&var) {
                    return self.line(format!("{} = {value}", var.name));
                }
                let value = self.stored(&var.ty, 3);
                self.line(format!("{} = {value}", var.name));
            }
            _ => self.element_assignment(),
        }
    }

    /// A value into which the variable itself goes, on the right or as its own negative: what a compiler
    /// computes where the operand is.
    fn in_place(&mut self, var: &Var) -> Option<String> {
        if !matches!(var.ty, Ty::Int | Ty::Float) || self.rng.chance(60) {
            return None;
        }
        let (name, other) = (&var.name, self.some_var(|other| other.ty == var.ty)?.name);
        let operator = *self.rng.pick(&["-", "-", "*", "+", "/"]);
        Some(match self.rng.below(5) {
            0 => format!("-{name}"),
            1 => format!("{name} {operator} {name}"),
            _ => format!("{other} {operator} {name}"),
        })
    }

    fn augmented(&mut self) {
        let int = ["+", "-", "*", "+", "-", "*", "/", "%", "//", "&", "|", "^", "<<", ">>", ">>>"];
        let Some(var) = self.some_var(|var| var.assignable && matches!(var.ty, Ty::Int | Ty::Float | Ty::Str)) else {
            return self.declaration();
        };
        let value = self.expr(&var.ty, 2);
        let name = var.name;
        match var.ty {
            Ty::Int => {
                let operator = self.rng.pick(&int).to_string();
                self.line(format!("{name} {operator}= {value}"));
            }
            Ty::Float => {
                let operator = self.rng.pick(&int[..9]).to_string();
                self.line(format!("{name} {operator}= {value}"));
            }
            _ => {
                self.line(format!("{name} += {value}"));
                self.line(format!("if len({name}) > 80: {name} = {name}[5:9]"));
            }
        }
    }

    /// Assigns to a field, an element or an entry, perhaps several steps deep.
    fn element_assignment(&mut self) {
        let is_container = |var: &Var| matches!(var.ty, Ty::Array(_) | Ty::Narrow(_) | Ty::Map(..) | Ty::Struct(_));
        let Some(var) = self.some_var(is_container) else { return self.declaration() };
        let (mut path, mut ty) = (var.name, var.ty);
        for level in 0..4 {
            let (longer, inner) = match &ty {
                Ty::Array(element) => (format!("{path}[{}]", self.index(1)), (**element).clone()),
                Ty::Narrow(element) => (format!("{path}[{}]", self.index(1)), Ty::of_narrow(element)),
                Ty::Map(key, value) => (format!("{path}[{}]", self.key(key, 1)), (**value).clone()),
                Ty::Struct(number) => {
                    let field = self.rng.below(self.structs[*number].len());
                    (format!("{path}.{}", field_name(field)), self.structs[*number][field].clone())
                }
                _ => break,
            };
            (path, ty) = (longer, inner);
            if level > 0 && self.rng.chance(40) {
                break;
            }
        }
        if ty == Ty::Int && self.rng.chance(40) {
            let operator = self.rng.pick(&["+", "-", "*", "^", ">>"]).to_string();
            let value = self.expr(&ty, 2);
            return self.line(format!("{path} {operator}= {value}"));
        }
        let value = self.stored(&ty, 2);
        self.line(format!("{path} = {value}"));
    }

    /// Something that an array or a map can do.
    fn mutation(&mut self) {
        let is_growable = |var: &Var| matches!(var.ty, Ty::Array(_) | Ty::Narrow(_) | Ty::Map(..));
        let Some(var) = self.some_var(is_growable) else { return self.declaration() };
        let name = var.name;
        match var.ty {
            Ty::Map(key, value) => self.map_mutation(&name, &key, &value),
            Ty::Array(element) => self.array_mutation(&name, &element, false),
            Ty::Narrow(element) => self.array_mutation(&name, &Ty::of_narrow(element), true),
            _ => {}
        }
    }

    fn map_mutation(&mut self, name: &str, key: &Ty, value: &Ty) {
        let key = self.key(key, 2);
        match self.rng.below(8) {
            0..=3 => {
                let value = self.stored(value, 2);
                self.line(format!("if len({name}) < 30: {name}[{key}] = {value}"));
            }
            4..=5 => self.line(format!("{name}.remove({key})")),
            6 => {
                let value = self.stored(value, 1);
                self.line(format!("if len({name}) < 30: {name}.get_or_insert({key}, {value})"));
            }
            _ => self.line(format!("{name}.clear()")),
        }
    }

    fn array_mutation(&mut self, name: &str, element: &Ty, narrow: bool) {
        let value = self.stored(element, 2);
        match self.rng.below(22) {
            0..=9 => self.line(format!("if len({name}) < 30: {name}.push({value})")),
            10..=11 => self.line(format!("{name}.pop()")),
            12 => {
                let at = self.expr(&Ty::Int, 1);
                self.line(format!("if len({name}) < 30: {name}.insert({at}, {value})"));
            }
            13 => {
                let at = self.index(1);
                self.line(format!("{name}.remove_at({at})"));
            }
            14 => self.line(format!("{name}.reverse()")),
            15 if element.is_ordered() && !narrow => {
                let descending = self.rng.pick(&["", "reverse=true"]).to_string();
                self.line(format!("{name}.sort({descending})"));
            }
            15 => self.line(format!("{name}.clear()")),
            16 if !narrow => {
                let key = self.lambda(std::slice::from_ref(element), &Ty::Int, 2);
                self.line(format!("{name}.sort(key={key})"));
            }
            17 => {
                let (i, j) = (self.index(1), self.index(1));
                self.line(format!("{name}.swap({i}, {j})"));
            }
            18 => self.line(format!("{name}.fill({value})")),
            19 => {
                let count = *self.rng.pick(&["0", "3", "9", "-1", "INT_MAX"]);
                self.line(format!("{name}.resize({count}, {value})"));
            }
            20 => self.line(format!("if len({name}) < 20: {name}.extend({name})")),
            _ => self.line(format!("if len({name}) < 30: {name}.push({value})")),
        }
    }

    fn slice_assignment(&mut self) {
        let Some(var) = self.some_var(|var| matches!(var.ty, Ty::Array(_))) else { return self.declaration() };
        let Ty::Array(element) = var.ty else { return };
        let slice = self.slice(1);
        let values: Vec<String> = (0..self.rng.below(4)).map(|_| self.stored(&element, 1)).collect();
        let name = var.name;
        self.line(format!("if len({name}) < 30: {name}[{slice}] = [{}]", values.join(", ")));
    }

    fn swap(&mut self) {
        let Some(one) = self.some_var(|var| var.assignable) else { return self.declaration() };
        let Some(other) = self.some_var(|var| var.assignable && var.ty == one.ty && var.name != one.name) else {
            return self.declaration();
        };
        self.line(format!("{0}, {1} = {1}, {0}", one.name, other.name));
    }

    fn unpack(&mut self) {
        let Some(var) = self.some_var(|var| matches!(var.ty, Ty::Tuple(_))) else { return self.declaration() };
        let Ty::Tuple(members) = &var.ty else { return };
        let names: Vec<String> = members.iter().map(|_| self.fresh("v")).collect();
        self.line(format!("let {} = {}", names.join(", "), var.name));
        names.iter().zip(members).for_each(|(name, ty)| self.declare(name, ty.clone(), true));
    }

    fn print(&mut self) {
        let values: Vec<String> = (0..self.rng.between(1, 3))
            .filter_map(|_| self.some_var(|var| !matches!(var.ty, Ty::Fn(..))).map(|var| var.name))
            .collect();
        self.line(format!("print({})", values.join(", ")));
    }

    fn call_statement(&mut self) {
        let callable: Vec<_> = self.functions.iter().skip(self.callable_from).cloned().collect();
        if callable.is_empty() {
            return self.declaration();
        }
        let function = self.rng.pick(&callable).clone();
        let call = self.call_of(&function, None, 2);
        self.line(call);
    }

    /// Leaves the block, mostly under a condition.
    fn leave(&mut self) {
        let condition = self.expr(&Ty::Bool, 2);
        let statement = match self.rng.below(6) {
            0 if self.in_handler => "throw".to_owned(),
            0..=1 => self.throw(),
            2 if self.loops > 0 && self.may_leave => "break".to_owned(),
            3 if self.loops > 0 && self.may_leave => "continue".to_owned(),
            4 => return self.assertion(&condition),
            _ => match self.result.clone().filter(|_| self.may_leave) {
                Some(Ty::Void) => "return".to_owned(),
                Some(result) => format!("return {}", self.stored(&result, 2)),
                None => self.throw(),
            },
        };
        self.line(format!("if {condition}: {statement}"));
    }

    fn assertion(&mut self, condition: &str) {
        let text = self.expr(&Ty::Str, 1);
        self.line(format!("assert {condition}, {text}"));
    }

    fn throw(&mut self) -> String {
        const CLASSES: &[&str] = &["Error", "ValueError", "KeyError", "RuntimeError", "IndexError", "TypeError"];
        let text = self.expr(&Ty::Str, 2);
        if self.rng.chance(40) { format!("throw {text}") } else { format!("throw {}({text})", self.rng.pick(CLASSES)) }
    }
}
