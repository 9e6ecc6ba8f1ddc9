//! Bodies: looking at the compiled tiers, and steering them.

use crate::support::*;
use bp_isa::types::{FixedType, TypeDesc};
use bp_vm::native::{NativeCx, Thrown};

const INTERPRETER: &str = "interpreter";
const BASELINE: &str = "baseline";

pub(crate) fn stats(cx: &mut NativeCx<'_>) -> Answer {
    let rows = cx.jit_stats();
    answer_figures(cx, &rows)
}

/// The number of the function that the first argument is; its type number stands at `ty`.
fn function(cx: &mut NativeCx<'_>, ty: usize) -> Result<u32, Thrown> {
    let ty = type_at(cx, ty);
    let is_function = matches!(cx.types().desc(ty), Some(TypeDesc::Function { .. }));
    if ty != FixedType::Closure.id() && !is_function {
        let message = format!("a function is wanted, not `{}`", cx.types().name(ty));
        return Err(value_error(cx, message));
    }
    Ok(cx.function_number(cx.handle(0)))
}

pub(crate) fn tier(cx: &mut NativeCx<'_>) -> Answer {
    let function = function(cx, 1)?;
    let name = if cx.is_compiled(function) { BASELINE } else { INTERPRETER };
    answer_str(cx, name.as_bytes())
}

pub(crate) fn compile(cx: &mut NativeCx<'_>) -> Answer {
    let function = function(cx, 2)?;
    match cx.str_arg(1) {
        name if name == BASELINE.as_bytes() => answer_bool(cx.compile(function)),
        name if name == INTERPRETER.as_bytes() => {
            cx.invalidate(function);
            answer_bool(!cx.is_compiled(function))
        }
        name => {
            let message = format!("no tier `{}`", String::from_utf8_lossy(name));
            Err(value_error(cx, message))
        }
    }
}

pub(crate) fn invalidate(cx: &mut NativeCx<'_>) -> Answer {
    let function = function(cx, 1)?;
    cx.invalidate(function);
    Ok(NOTHING)
}
