//! Arrays, maps and structs.

use super::Generator;
use super::expr::field_name;
use super::types::Ty;

impl Generator {
    pub(super) fn array(&mut self, element: &Ty, depth: usize) -> String {
        let ty = Ty::Array(element.clone().into());
        let source = self.some_var(|var| var.ty == ty);
        let Some(source) = source.filter(|_| self.rng.chance(60)) else {
            return self.array_literal(element, depth);
        };
        let name = source.name;
        match self.rng.below(10) {
            0..=1 => format!("{name}[{}]", self.slice(depth)),
            2 => format!("({name} + {name})"),
            3 => {
                let count = *self.rng.pick(&["0", "1", "2", "-1", "INT_MIN"]);
                format!("({name} * {count})")
            }
            4 => format!("{name}.copy()"),
            5 => format!("reversed({name})"),
            6 if element.is_ordered() => format!("sorted({name})"),
            7 => format!("{name}.filter({})", self.lambda(std::slice::from_ref(element), &Ty::Bool, depth)),
            8 => self.mapped(element, depth),
            _ => format!("array_slice({name}, {}, {})", self.expr(&Ty::Int, depth), self.expr(&Ty::Int, depth)),
        }
    }

    fn array_literal(&mut self, element: &Ty, depth: usize) -> String {
        if self.rng.chance(12) {
            let count = *self.rng.pick(&["0", "3", "-1", "5", "INT_MIN"]);
            return format!("array_fill({count}, {})", self.typed_literal(element));
        }
        if *element == Ty::Str && self.rng.chance(20) {
            return format!("({})[:12].split({})", self.expr(&Ty::Str, depth), self.str_literal());
        }
        if *element == Ty::Int && self.rng.chance(10) {
            return format!("str_bytes(({})[:9])", self.expr(&Ty::Str, depth));
        }
        let elements: Vec<String> = (0..self.rng.between(1, 4)).map(|_| self.stored(element, depth)).collect();
        format!("[{}]", elements.join(", "))
    }

    /// A literal that knows its type without a context.
    pub(super) fn typed_literal(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Array(_) | Ty::Map(..) | Ty::Narrow(_) | Ty::Tuple(_) => {
                format!("(fn() -> {ty}: {})()", self.literal(ty))
            }
            _ => self.literal(ty),
        }
    }

    /// An array made from another one by a function.
    fn mapped(&mut self, element: &Ty, depth: usize) -> String {
        let Some(var) = self.some_var(|var| matches!(var.ty, Ty::Array(_))) else {
            return "[]".to_owned();
        };
        let Ty::Array(from) = var.ty else { return "[]".to_owned() };
        format!("{}.map({})", var.name, self.lambda(&[*from], element, depth))
    }

    pub(super) fn narrow(&mut self, element: &'static str, depth: usize) -> String {
        let ty = Ty::of_narrow(element);
        if let Some(var) = self.some_var(|var| var.ty == Ty::Narrow(element))
            && self.rng.chance(60)
        {
            return match self.rng.below(3) {
                0 => var.name,
                1 => format!("{}[{}]", var.name, self.slice(depth)),
                _ => format!("({0} + {0})", var.name),
            };
        }
        let elements: Vec<String> = (0..self.rng.below(6)).map(|_| self.expr(&ty, depth)).collect();
        self.typed_array(element, &elements.join(", "))
    }

    /// A literal of a narrow array: only a context says that it is one.
    pub(super) fn typed_array(&mut self, element: &str, elements: &str) -> String {
        format!("N{element}([{elements}]).v")
    }

    pub(super) fn map(&mut self, key: &Ty, value: &Ty, depth: usize) -> String {
        let ty = Ty::Map(key.clone().into(), value.clone().into());
        if let Some(var) = self.some_var(|var| var.ty == ty)
            && self.rng.chance(60)
        {
            return if self.rng.chance(50) { var.name } else { format!("{}.copy()", var.name) };
        }
        let entries: Vec<String> = (0..self.rng.below(5))
            .map(|_| format!("{}: {}", self.key(key, depth), self.stored(value, depth)))
            .collect();
        format!("{{{}}}", entries.join(", "))
    }

    pub(super) fn record(&mut self, number: usize, depth: usize) -> String {
        let fields = self.structs[number].clone();
        let named = self.rng.chance(30);
        let values: Vec<String> = fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let value = self.stored(field, depth);
                if named { format!("{}: {value}", field_name(at)) } else { value }
            })
            .collect();
        if named { format!("S{number}{{{}}}", values.join(", ")) } else { format!("S{number}({})", values.join(", ")) }
    }
}
