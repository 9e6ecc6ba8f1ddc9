//! Bodies: the process, its surroundings, time, and the engine's own figures.

use crate::state::State;
use crate::support::*;
use crate::text::system_message;
use bp_builtins::errors::ErrorClass;
use bp_vm::native::NativeCx;
use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::time::{Duration, Instant, SystemTime};

/// The longest time for which `sleep` does not look for interrupts.
const NAP: Duration = Duration::from_millis(10);

pub(crate) fn clock_ms(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.state::<State>().start.elapsed().as_millis() as i64)
}

pub(crate) fn clock_ns(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.state::<State>().start.elapsed().as_nanos() as i64)
}

pub(crate) fn time(_cx: &mut NativeCx<'_>) -> Answer {
    let now = SystemTime::now();
    answer_float(match now.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    })
}

pub(crate) fn sleep(cx: &mut NativeCx<'_>) -> Answer {
    cx.out().flush();
    let start = Instant::now();
    let wanted = Duration::from_millis(u64::try_from(cx.int(0)).unwrap_or(0));
    loop {
        cx.poll()?;
        let rest = wanted.saturating_sub(start.elapsed());
        if rest.is_zero() {
            return Ok(NOTHING);
        }
        std::thread::sleep(rest.min(NAP));
    }
}

pub(crate) fn getenv(cx: &mut NativeCx<'_>) -> Answer {
    let name = cx.str_arg(0);
    // The system's lookup rejects such names, some with a panic.
    let is_name = !name.is_empty() && !name.contains(&b'=') && !name.contains(&0);
    let value = if is_name { std::env::var_os(OsStr::from_bytes(name)) } else { None };
    answer_str(cx, &value.unwrap_or_default().into_vec())
}

pub(crate) fn argv(cx: &mut NativeCx<'_>) -> Answer {
    let arguments = cx.program_args().to_vec();
    answer_strs(cx, arguments.iter())
}

pub(crate) fn argc(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.program_args().len() as i64)
}

pub(crate) fn exit(cx: &mut NativeCx<'_>) -> Answer {
    let code = cx.int(0);
    Err(cx.exit(code))
}

pub(crate) fn call_host(cx: &mut NativeCx<'_>) -> Answer {
    cx.call_host()
}

pub(crate) fn cwd(cx: &mut NativeCx<'_>) -> Answer {
    match std::env::current_dir() {
        Ok(path) => answer_str(cx, &path.into_os_string().into_vec()),
        Err(error) => Err(cx.throw(ErrorClass::IOError, format!("current folder: {}", system_message(&error)))),
    }
}

pub(crate) fn hostname(cx: &mut NativeCx<'_>) -> Answer {
    let kernel = std::fs::read("/proc/sys/kernel/hostname");
    let name = kernel.unwrap_or_else(|_| std::env::var_os("HOSTNAME").unwrap_or_default().into_vec());
    answer_str(cx, name.trim_ascii())
}

pub(crate) fn pid(_cx: &mut NativeCx<'_>) -> Answer {
    answer_int(i64::from(std::process::id()))
}

pub(crate) fn gc_collect(cx: &mut NativeCx<'_>) -> Answer {
    cx.collect(true);
    Ok(NOTHING)
}

pub(crate) fn gc_stats(cx: &mut NativeCx<'_>) -> Answer {
    let rows = cx.gc_stats();
    answer_figures(cx, &rows)
}
