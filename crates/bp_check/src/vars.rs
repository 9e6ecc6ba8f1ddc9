//! Inference variables: types that a later use decides.
//!
//! Only empty literals and built-ins such as `set()` make them. A variable is solved once and for
//! the whole program; what is unsolved at the end is an error at the literal.
//!
//! Absence: no generalisation. A variable stands for one type.

use crate::types::{MAX_TYPE_DEPTH, MAX_TYPE_SIZE, Ty, TyKind, Types};
use bp_syntax::span::Span;

/// What an unsolved variable stands for, so that the message can say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The element of `[]`.
    Array,
    /// The key of `{}`.
    MapKey,
    /// The value of `{}`.
    MapValue,
    /// A type parameter of a built-in that nothing bound.
    Call,
}

#[derive(Debug)]
struct Var {
    solution: Option<Ty>,
    /// How often it occurs in what other variables stand for, written out, itself included.
    occurrences: u32,
    /// How deep it occurs there at most.
    depth: u32,
    span: Span,
    origin: Origin,
}

/// The variables of one check.
#[derive(Default, Debug)]
pub struct Vars {
    vars: Vec<Var>,
}

impl Vars {
    /// A new variable for something at `span`.
    pub fn fresh(&mut self, types: &mut Types, span: Span, origin: Origin) -> Ty {
        let number = u32::try_from(self.vars.len()).expect("fewer than 2^32 literals");
        self.vars.push(Var { solution: None, occurrences: 1, depth: 0, span, origin });
        types.intern(TyKind::Var(number))
    }

    /// Whether any variable was made.
    pub fn is_empty(&self) -> bool {
        self.vars.is_empty()
    }

    /// `ty` with a solved variable at its top replaced.
    pub fn shallow(&self, types: &Types, mut ty: Ty) -> Ty {
        while let TyKind::Var(number) = types.kind(ty) {
            match self.vars[*number as usize].solution {
                Some(solution) => ty = solution,
                None => break,
            }
        }
        ty
    }

    /// `ty` with every solved variable replaced.
    pub fn deep(&self, types: &mut Types, ty: Ty) -> Ty {
        if !types.is_open(ty) {
            return ty;
        }
        let ty = self.shallow(types, ty);
        match types.kind(ty).clone() {
            TyKind::Array(t) => {
                let t = self.deep(types, t);
                types.array(t)
            }
            TyKind::Set(t) => {
                let t = self.deep(types, t);
                types.set(t)
            }
            TyKind::Optional(t) => {
                let t = self.deep(types, t);
                types.optional(t)
            }
            TyKind::Map(k, v) => {
                let (k, v) = (self.deep(types, k), self.deep(types, v));
                types.map(k, v)
            }
            TyKind::Tuple(members) => {
                let members: Vec<Ty> = members.iter().map(|&t| self.deep(types, t)).collect();
                types.tuple(&members)
            }
            TyKind::Apply(number, args) => {
                let args: Vec<Ty> = args.iter().map(|&t| self.deep(types, t)).collect();
                types.applied(number, &args)
            }
            TyKind::Function(params, result) => {
                let params: Vec<Ty> = params.iter().map(|&t| self.deep(types, t)).collect();
                let result = self.deep(types, result);
                types.function(&params, result)
            }
            _ => ty,
        }
    }

    /// Makes two types equal by solving variables; false if they cannot be.
    pub fn unify(&mut self, types: &mut Types, a: Ty, b: Ty) -> bool {
        let (a, b) = (self.shallow(types, a), self.shallow(types, b));
        if a == b || a == Ty::ERROR || b == Ty::ERROR {
            return true;
        }
        match (types.kind(a).clone(), types.kind(b).clone()) {
            (TyKind::Var(n), _) => self.solve(types, n, b),
            (_, TyKind::Var(n)) => self.solve(types, n, a),
            (TyKind::Array(x), TyKind::Array(y))
            | (TyKind::Set(x), TyKind::Set(y))
            | (TyKind::Optional(x), TyKind::Optional(y)) => self.unify(types, x, y),
            (TyKind::Map(k, v), TyKind::Map(l, w)) => self.unify(types, k, l) && self.unify(types, v, w),
            (TyKind::Tuple(x), TyKind::Tuple(y)) => self.unify_all(types, &x, &y),
            (TyKind::Function(x, r), TyKind::Function(y, s)) => {
                self.unify_all(types, &x, &y) && self.unify(types, r, s)
            }
            _ => match (types.application(a), types.application(b)) {
                (Some((m, x)), Some((n, y))) if m == n => {
                    let (x, y) = (x.to_vec(), y.to_vec());
                    self.unify_all(types, &x, &y)
                }
                _ => false,
            },
        }
    }

    fn unify_all(&mut self, types: &mut Types, a: &[Ty], b: &[Ty]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(&x, &y)| self.unify(types, x, y))
    }

    fn solve(&mut self, types: &mut Types, number: u32, ty: Ty) -> bool {
        let ty = self.deep(types, ty);
        let has_no_values = matches!(types.kind(ty), TyKind::Void | TyKind::Never | TyKind::Null);
        let mut inner = Vec::new();
        types.variables(ty, &mut inner);
        // A variable within its own solution would make an infinite type.
        if has_no_values || inner.contains(&number) || !self.note_growth(types, number, ty, &inner) {
            return false;
        }
        self.vars[number as usize].solution = Some(ty);
        true
    }

    /// Keeps what variables stand for within the limits of types: false if `ty`, which holds the
    /// variables `inner`, would exceed them.
    fn note_growth(&mut self, types: &Types, number: u32, ty: Ty, inner: &[u32]) -> bool {
        let (var, extent) = (&self.vars[number as usize], types.extent(ty));
        let (occurrences, depth) = (var.occurrences, var.depth + extent.depth);
        if depth > MAX_TYPE_DEPTH || occurrences.saturating_mul(extent.size) > MAX_TYPE_SIZE {
            return false;
        }
        for &number in inner {
            let var = &mut self.vars[number as usize];
            var.occurrences = var.occurrences.saturating_add(occurrences);
            var.depth = var.depth.max(depth);
        }
        true
    }

    /// Every variable with its place, origin and solution.
    pub fn all(&self) -> impl Iterator<Item = (Span, Origin, Option<Ty>)> + '_ {
        self.vars.iter().map(|var| (var.span, var.origin, var.solution))
    }
}
