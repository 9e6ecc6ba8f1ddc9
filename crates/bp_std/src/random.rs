//! Bodies: random numbers.

use crate::generator::Xoshiro;
use crate::state::State;
use crate::support::*;
use bp_builtins::errors::ErrorClass;
use bp_vm::native::{NativeCx, Thrown};
use std::fmt::Write;

pub(crate) fn rand(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.state::<State>().lcg.next())
}

pub(crate) fn rand_range(cx: &mut NativeCx<'_>) -> Answer {
    let (low, high) = (cx.int(0), cx.int(1));
    answer_int(cx.state::<State>().lcg.range(low, high))
}

pub(crate) fn rand_seed(cx: &mut NativeCx<'_>) -> Answer {
    let seed = cx.int(0);
    cx.state::<State>().lcg.seed(seed);
    Ok(NOTHING)
}

/// The engine's good generator, seeded by the system if nothing has seeded it yet.
fn generator<'a>(cx: &'a mut NativeCx<'_>) -> Result<&'a mut Xoshiro, Thrown> {
    if cx.state::<State>().xoshiro.is_none() {
        let mut seed = [0; 8];
        system_bytes(cx, &mut seed)?;
        cx.state::<State>().xoshiro = Some(Xoshiro::seeded(u64::from_le_bytes(seed)));
    }
    Ok(cx.state::<State>().xoshiro.get_or_insert_with(|| unreachable!("seeded above")))
}

fn system_bytes(cx: &mut NativeCx<'_>, bytes: &mut [u8]) -> Result<(), Thrown> {
    getrandom::fill(bytes)
        .map_err(|error| cx.throw(ErrorClass::IOError, format!("the system's random source: {error}")))
}

pub(crate) fn random(cx: &mut NativeCx<'_>) -> Answer {
    answer_float(generator(cx)?.float())
}

pub(crate) fn random_int(cx: &mut NativeCx<'_>) -> Answer {
    let (low, high) = (cx.int(0), cx.int(1));
    if high <= low {
        return Err(value_error(cx, format!("no int from {low} up to {high}")));
    }
    let width = high.wrapping_sub(low) as u64;
    let above = generator(cx)?.below(width);
    answer_int(low.wrapping_add(above as i64))
}

pub(crate) fn random_seed(cx: &mut NativeCx<'_>) -> Answer {
    let seed = cx.int(0) as u64;
    cx.state::<State>().xoshiro = Some(Xoshiro::seeded(seed));
    Ok(NOTHING)
}

pub(crate) fn shuffle(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    for last in (1..cx.len(array)).rev() {
        let other = generator(cx)?.below(last as u64 + 1) as usize;
        scoped(cx, |cx| {
            swap_elements(cx, array, last, other);
            Ok(())
        })?;
    }
    Ok(NOTHING)
}

pub(crate) fn random_bytes(cx: &mut NativeCx<'_>) -> Answer {
    let Ok(count) = usize::try_from(cx.int(0)) else {
        return Err(value_error(cx, "a negative number of bytes"));
    };
    bytes_within_limit(cx, count, 2)?;
    let mut bytes = vec![0; count];
    system_bytes(cx, &mut bytes)?;
    let mut text = String::with_capacity(2 * count);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a String takes everything");
    }
    answer_str(cx, text.as_bytes())
}
