//! Bodies: threads, mutexes and conditions, on the one thread that there is.
//!
//! Whatever would wait for another thread throws: nobody could end the wait.

use crate::state::State;
use crate::support::*;
use bp_builtins::errors::ErrorClass;
use bp_vm::native::{NativeCx, Thrown};

/// The number of the thread.
const THE_THREAD: i64 = 1;

/// What a handle of this module stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sync {
    /// A mutex, and whether it is held.
    Mutex { held: bool },
    /// A condition.
    Condition,
}

pub(crate) fn current(_cx: &mut NativeCx<'_>) -> Answer {
    answer_int(THE_THREAD)
}

pub(crate) fn yield_now(_cx: &mut NativeCx<'_>) -> Answer {
    Ok(NOTHING)
}

pub(crate) fn no_threads(cx: &mut NativeCx<'_>) -> Answer {
    Err(runtime_error(cx, "threads are not supported yet"))
}

fn runtime_error(cx: &mut NativeCx<'_>, message: &str) -> Thrown {
    cx.throw(ErrorClass::RuntimeError, message)
}

/// A handle: the position of what it stands for, counted from 1, so that none is null.
fn new(cx: &mut NativeCx<'_>, sync: Sync) -> Answer {
    let all = &mut cx.state::<State>().syncs;
    all.push(sync);
    Ok(all.len() as u64)
}

/// What the handle at a position of the arguments stands for.
fn at<'a>(cx: &'a mut NativeCx<'_>, position: usize) -> Option<&'a mut Sync> {
    let index = usize::try_from(cx.int(position)).ok()?.checked_sub(1)?;
    cx.state::<State>().syncs.get_mut(index)
}

/// Whether the mutex at a position of the arguments is held; throws if it is none.
fn held<'a>(cx: &'a mut NativeCx<'_>, position: usize) -> Result<&'a mut bool, Thrown> {
    if !matches!(at(cx, position), Some(Sync::Mutex { .. })) {
        return Err(runtime_error(cx, "not a mutex"));
    }
    match at(cx, position) {
        Some(Sync::Mutex { held }) => Ok(held),
        _ => unreachable!("a mutex"),
    }
}

pub(crate) fn mutex_new(cx: &mut NativeCx<'_>) -> Answer {
    new(cx, Sync::Mutex { held: false })
}

pub(crate) fn mutex_lock(cx: &mut NativeCx<'_>) -> Answer {
    if std::mem::replace(held(cx, 0)?, true) {
        return Err(runtime_error(cx, "the mutex is locked by this thread already"));
    }
    Ok(NOTHING)
}

pub(crate) fn mutex_trylock(cx: &mut NativeCx<'_>) -> Answer {
    let was_held = std::mem::replace(held(cx, 0)?, true);
    answer_bool(!was_held)
}

pub(crate) fn mutex_unlock(cx: &mut NativeCx<'_>) -> Answer {
    if !std::mem::replace(held(cx, 0)?, false) {
        return Err(runtime_error(cx, "the mutex is not locked"));
    }
    Ok(NOTHING)
}

pub(crate) fn condition_new(cx: &mut NativeCx<'_>) -> Answer {
    new(cx, Sync::Condition)
}

/// Throws unless the first argument is a condition.
fn condition(cx: &mut NativeCx<'_>) -> Result<(), Thrown> {
    match at(cx, 0) {
        Some(Sync::Condition) => Ok(()),
        _ => Err(runtime_error(cx, "not a condition")),
    }
}

pub(crate) fn condition_wait(cx: &mut NativeCx<'_>) -> Answer {
    condition(cx)?;
    let message = match *held(cx, 1)? {
        true => "no other thread could signal the condition",
        false => "the mutex is not locked",
    };
    Err(runtime_error(cx, message))
}

pub(crate) fn condition_signal(cx: &mut NativeCx<'_>) -> Answer {
    condition(cx)?;
    Ok(NOTHING)
}
