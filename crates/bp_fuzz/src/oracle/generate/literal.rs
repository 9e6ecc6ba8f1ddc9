//! Values at the edges of their types.

use super::{Generator, Var};
use crate::oracle::tree::{Expr, Ty};

const INTS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    7,
    -7,
    10,
    63,
    64,
    100,
    255,
    256,
    -128,
    1000,
    2_147_483_647,
    -2_147_483_648,
    4_294_967_296,
    1 << 53,
    i64::MAX,
    i64::MIN,
    i64::MIN + 1,
    i64::MAX - 1,
];
const FLOATS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.5,
    -2.5,
    0.1,
    1e16,
    1e-5,
    123456.789,
    1e300,
    -1e300,
    5e-324,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    9_223_372_036_854_775_807.0,
    4_503_599_627_370_495.5,
    3.0,
    1e22,
    1e-7,
    0.001,
];
const STRS: &[&str] = &["", "a", "b", "abc", "hello world", "12", "-7", " x ", "aaaa", "Zz", "banana", "0"];
pub(super) const INT_SPECS: &[&str] =
    &["", "5", "<6", ">6", "^7", "05", "x", "X", "b", "o", "+d", ",", "_", "#x", "08b", " d", "*^9"];
pub(super) const FLOAT_SPECS: &[&str] =
    &["", ".2f", "8.3f", "e", ".3e", "g", ".10g", ".0f", "+.1f", "010.2f", ",.2f", "%", ">12", ".3", "<9.1f"];
pub(super) const STR_SPECS: &[&str] = &["", "8", "<8", ">8", "^9", ".2", "-^9", "5.1"];

impl Generator {
    pub(super) fn literal(&mut self, ty: &Ty) -> Expr {
        match ty {
            Ty::Int if self.rng.chance(50) => Expr::Int(self.rng.below(12) as i64),
            Ty::Int => Expr::Int(*self.rng.pick(INTS)),
            Ty::Float => Expr::Float(*self.rng.pick(FLOATS)),
            Ty::Bool => Expr::Bool(self.rng.chance(50)),
            Ty::Str => Expr::Str(self.choose(STRS)),
            Ty::Array(element) => {
                let count = self.rng.below(4);
                Expr::Array((**element).clone(), (0..count).map(|_| self.literal(element)).collect())
            }
            Ty::Map(key, value) => {
                let count = self.rng.below(3);
                let entries = (0..count).map(|_| (self.literal(key), self.literal(value))).collect();
                Expr::Map((**key).clone(), (**value).clone(), entries)
            }
            Ty::Set(element) => {
                let count = self.rng.below(4);
                Expr::Set((**element).clone(), (0..count).map(|_| self.literal(element)).collect())
            }
            Ty::Object(class) => self.new_object(class, Self::literal),
            Ty::Fn(params, result) => self.plain_lambda(params, result),
            Ty::Void => unreachable!("there is no such value"),
            Ty::Tuple(members) => Expr::Tuple(members.iter().map(|member| self.literal(member)).collect()),
        }
    }

    pub(super) fn simple(&mut self, ty: &Ty) -> Expr {
        if self.rng.chance(65)
            && let Some(Var { name: var, .. }) = self.some_var(|var| var.ty == *ty)
        {
            return Expr::Name(var);
        }
        self.literal(ty)
    }

    pub(super) fn index(&mut self) -> Expr {
        Expr::Int(*self.rng.pick(&[0, 0, 0, 1, -1, -1, 2, -2, 3]))
    }
}
