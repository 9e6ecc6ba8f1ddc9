//! The outline: declarations, functions, and a `main` that calls all of them.

use super::expr::field_name;
use super::types::Ty;
use super::{Function, Generator, Var};

impl Generator {
    pub(super) fn program(&mut self) {
        self.declare_types();
        self.line("let budget = 0");
        self.declare_small();
        self.declare_globals();
        self.declare_functions();
        for number in 0..self.functions.len() {
            self.function(number);
        }
        self.declare_limits();
        self.main();
    }

    fn declare_types(&mut self) {
        for element in ["u8", "i32", "f32"] {
            self.block(format!("struct N{element}:"), |it| it.line(format!("v: [{element}]")));
        }
        self.declare_features();
        self.declare_generics();
        self.block("struct Chain:", |it| {
            it.line("value: int");
            it.line("rest: [Chain]");
        });
        for number in 0..self.rng.below(3) {
            let members = self.rng.between(1, 5);
            self.enums.push(members);
            self.block(format!("enum E{number}:"), |it| (0..members).for_each(|member| it.line(format!("M{member}"))));
        }
        for number in 0..self.rng.below(4) {
            // Only what is declared already: values end.
            let fields: Vec<Ty> = (0..self.rng.between(1, 6)).map(|_| self.ty(1)).collect();
            self.block(format!("struct S{number}:"), |it| {
                fields.iter().enumerate().for_each(|(at, field)| it.line(format!("{}: {field}", field_name(at))));
            });
            self.structs.push(fields);
        }
    }

    fn declare_globals(&mut self) {
        for _ in 0..self.rng.below(6) {
            let (name, ty) = (self.fresh("g"), self.ty(2));
            let value = self.literal(&ty);
            self.line(format!("let {name}: {ty} = {value}"));
            self.globals.push(Var { name, ty, assignable: true });
        }
    }

    /// Decides on all signatures, so that bodies can call what is written later.
    fn declare_functions(&mut self) {
        for number in 0..self.rng.between(2, 6) {
            let count = match self.rng.below(10) {
                0 => self.rng.between(8, 20),
                1 => 0,
                _ => self.rng.between(1, 5),
            };
            // Many of one kind leave the registers for arguments.
            let uniform = self.rng.pick(&[None, None, None, Some(Ty::Int), Some(Ty::Float)]).clone();
            let params = (0..count)
                .map(|_| match &uniform {
                    Some(ty) if self.rng.chance(80) => ty.clone(),
                    _ => self.ty(2),
                })
                .collect();
            let result = if self.rng.chance(12) { Ty::Void } else { self.ty(2) };
            let recursive = self.rng.chance(30);
            self.functions.push(Function { name: format!("f{number}"), params, result, recursive });
        }
    }

    fn function(&mut self, number: usize) {
        let function = self.functions[number].clone();
        self.callable_from = number + 1;
        self.this = function.recursive.then_some(number);
        self.result = Some(function.result.clone());
        let mut params = vec![];
        let mut declared = vec![];
        if function.recursive {
            params.push("depth: int".to_owned());
            declared.push(Var { name: "depth".to_owned(), ty: Ty::Int, assignable: false });
        }
        for ty in &function.params {
            let name = self.fresh("a");
            params.push(format!("{name}: {ty}"));
            declared.push(Var { name, ty: ty.clone(), assignable: true });
        }
        let arrow = if function.result == Ty::Void { String::new() } else { format!(" -> {}", function.result) };
        let header = format!("def {}({}){arrow}:", function.name, params.join(", "));
        self.block(header, |it| {
            *it.scopes.last_mut().expect("the block's") = declared;
            let default = it.literal(&function.result);
            it.line("budget -= 1");
            it.line(format!("if budget < 0: return {default}").trim_end());
            for _ in 0..it.rng.between(3, 9) {
                it.shielded_statement();
            }
            if function.result != Ty::Void {
                let value = it.stored(&function.result, 3);
                it.line(format!("return {value}"));
            }
        });
        self.result = None;
        self.this = None;
    }

    /// A statement, often in a `try` of its own: else few functions would come to their end.
    fn shielded_statement(&mut self) {
        if self.rng.chance(45) {
            return self.statement(3);
        }
        self.block("try:", |it| it.body(2));
        self.block("catch Error as caught:", |it| it.line("print(caught.message)"));
    }

    fn main(&mut self) {
        self.callable_from = 0;
        let functions = self.functions.clone();
        let budget = *self.rng.pick(&[60, 150, 400]);
        self.block("def main() -> int:", |it| {
            for round in 0..it.rng.between(1, 4) {
                for function in &functions {
                    it.guarded_call(function, budget, round);
                }
            }
            for var in it.globals.clone() {
                if !matches!(var.ty, Ty::Fn(..)) {
                    it.line(format!("print(\"{0}\", {0})", var.name));
                }
            }
            // What comes last may throw.
            it.reach_limits();
            let last = it.rng.pick(&functions).clone();
            let call = it.call_of(&last, None, 2);
            it.line(format!("budget = {budget}"));
            match last.result {
                Ty::Void => it.line(call),
                Ty::Fn(..) => it.line(format!("let last = {call}")),
                _ => it.line(format!("print({call})")),
            }
            it.line(format!("return {}", it.rng.clone().below(300)));
        });
    }

    /// Calls a function and shows what it gives or throws, with all places on the way.
    fn guarded_call(&mut self, function: &Function, budget: usize, round: usize) {
        self.line(format!("budget = {budget}"));
        let name = &function.name;
        self.block("try:", |it| {
            let call = it.call_of(function, None, 2);
            match function.result {
                Ty::Void => it.line(call),
                Ty::Fn(..) => it.line(format!("let made = {call}")),
                _ => it.line(format!("print({round}, \"{name}\", {call})")),
            }
            it.line(format!("print({round}, \"{name} returned\")"));
        });
        self.block("catch Error as e:", |it| {
            it.line(format!("print({round}, \"{name} threw\", e.message, typeof(e), e.trace)"));
        });
    }
}
