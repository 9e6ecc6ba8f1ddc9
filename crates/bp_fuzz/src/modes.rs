//! The ways in which every program is run: one table, partly drawn from the program's seed.

use crate::rng::Rng;
use betterpython::{Jit, Stress, Tier};

/// A way to run a program.
#[derive(Clone, Debug)]
pub struct Mode {
    /// What reports call it.
    pub name: &'static str,
    /// What is compiled when.
    pub jit: Jit,
    /// When to collect, beyond what the program needs; then the heap is checked, too.
    pub stress: Option<Stress>,
    /// Seed of the coin that chooses each call's tier, if one is tossed.
    pub coin: Option<u64>,
}

/// Nothing is compiled: the reference.
const INTERPRETED: Jit = Jit { tier: Tier::Interpreter, ..COMPILED };
/// As users run it.
const COMPILED: Jit =
    Jit { tier: Tier::Baseline, call_threshold: 100, loop_threshold: 1000, cache_bytes: 64 << 20, log: false };
/// Every function is compiled at its first call.
const FIRST_CALL: Jit = Jit { call_threshold: 1, ..COMPILED };
/// Every loop moves to machine code at its first back edge, calls do not count.
const FIRST_ITERATION: Jit = Jit { call_threshold: u32::MAX, loop_threshold: 1, ..COMPILED };

/// The first modes besides the reference: every program is run in them.
const BASIC: usize = 3;
/// Modes with stress that one program is run in: they take most of the time, and other programs
/// find more than other modes.
const STRESSED: usize = 2;
/// Modes that users do not have and that are cheap; as many of them.
const ODD: usize = 3;

/// The modes in which the program of a seed is compared with the reference.
pub fn drawn(seed: u64) -> Vec<Mode> {
    let mut rng = Rng::new(seed ^ (1 << 63));
    let (mut stressed, mut modes): (Vec<Mode>, Vec<Mode>) =
        all(seed).into_iter().skip(1).partition(|mode| mode.stress.is_some());
    let mut odd = modes.split_off(BASIC);
    for (drawn, count) in [(&mut odd, ODD), (&mut stressed, STRESSED)] {
        while drawn.len() > count {
            drawn.swap_remove(rng.below(drawn.len()));
        }
        modes.append(drawn);
    }
    modes
}

/// All modes for the program of a seed, the reference first.
pub fn all(seed: u64) -> Vec<Mode> {
    let mut rng = Rng::new(!seed);
    let mut mixed =
        || Jit { call_threshold: rng.between(1, 12) as u32, loop_threshold: rng.between(1, 30) as u32, ..COMPILED };
    let (mixed, stressed) = (mixed(), mixed());
    let crowded = Jit { cache_bytes: rng.between(2, 24) << 12, ..FIRST_CALL };
    let stressed = Jit { cache_bytes: rng.between(4, 40) << 12, ..stressed };
    let some_stress = *rng.pick(&[Stress::Alloc, Stress::Safepoint]);
    let coin = rng.next();
    let mode = |name, jit, stress| Mode { name, jit, stress, coin: None };
    let tossed = |name, jit, stress| Mode { name, jit, stress, coin: Some(coin) };
    vec![
        mode("interpreter", INTERPRETED, None),
        mode("first-call", FIRST_CALL, None),
        mode("first-iteration", FIRST_ITERATION, None),
        mode("default", COMPILED, None),
        mode("mixed", mixed, None),
        mode("crowded", crowded, None),
        tossed("tossed", mixed, None),
        tossed("tossed-crowded", crowded, None),
        mode("interpreter-alloc", INTERPRETED, Some(Stress::Alloc)),
        mode("interpreter-safepoint", INTERPRETED, Some(Stress::Safepoint)),
        mode("first-call-alloc", FIRST_CALL, Some(Stress::Alloc)),
        mode("first-call-safepoint", FIRST_CALL, Some(Stress::Safepoint)),
        mode("mixed-stress", stressed, Some(some_stress)),
        mode("first-iteration-stress", FIRST_ITERATION, Some(some_stress)),
        mode("interpreter-sometimes", INTERPRETED, Some(Stress::Sometimes)),
        mode("first-call-sometimes", FIRST_CALL, Some(Stress::Sometimes)),
        tossed("tossed-sometimes", stressed, Some(Stress::Sometimes)),
    ]
}
