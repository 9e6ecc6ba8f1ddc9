//! Random programs against a heap and a shadow of it that never collects.

mod heap_support;

use bp_vm::heap::{Collection, HeapConfig, Stress};
use heap_support::{ROOTS, Shape, World};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Op {
    New { root: usize, shape: Shape },
    Link { from: usize, slot: usize, to: usize },
    Follow { from: usize, slot: usize, to: usize },
    Unlink { from: usize, slot: usize },
    Write { root: usize, word: usize, value: u64 },
    Copy { from: usize, to: usize, at: usize, count: usize },
    Drop { root: usize },
    Safepoint,
    Collect(Collection),
    Churn { words: usize, count: usize },
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        4 => (0usize..20).prop_map(Shape::Record),
        1 => (60usize..200).prop_map(Shape::Record),
        1 => (1usize..400).prop_map(Shape::Words),
        1 => (1020usize..1030).prop_map(Shape::Words),
        1 => (1100usize..9000).prop_map(Shape::Words),
        2 => (1usize..40).prop_map(Shape::References),
        1 => (1020usize..1030).prop_map(Shape::References),
        1 => (1100usize..5000).prop_map(Shape::References),
        2 => (0usize..30, any::<bool>(), any::<bool>()).prop_map(|(n, k, v)| Shape::Entries(n, k, v)),
        1 => (340usize..2000, any::<bool>(), any::<bool>()).prop_map(|(n, k, v)| Shape::Entries(n, k, v)),
        1 => (1100usize..2000).prop_map(Shape::Record),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let root = || 0..ROOTS;
    prop_oneof![
        6 => (root(), shape()).prop_map(|(root, shape)| Op::New { root, shape }),
        8 => (root(), any::<usize>(), root()).prop_map(|(from, slot, to)| Op::Link { from, slot, to }),
        4 => (root(), any::<usize>(), root()).prop_map(|(from, slot, to)| Op::Follow { from, slot, to }),
        1 => (root(), any::<usize>()).prop_map(|(from, slot)| Op::Unlink { from, slot }),
        1 => (root(), any::<usize>(), any::<u64>())
            .prop_map(|(root, word, value)| Op::Write { root, word, value }),
        2 => (root(), root(), any::<usize>(), any::<usize>())
            .prop_map(|(from, to, at, count)| Op::Copy { from, to, at, count }),
        2 => root().prop_map(|root| Op::Drop { root }),
        1 => Just(Op::Safepoint),
        2 => Just(Op::Collect(Collection::Minor)),
        1 => Just(Op::Collect(Collection::Full)),
        1 => Just(Op::Collect(Collection::Compacting)),
        1 => (1usize..900, 1usize..300).prop_map(|(words, count)| Op::Churn { words, count }),
    ]
}

/// Steps that keep objects reachable only through what was just stored, with a collection every third.
fn marking_op() -> impl Strategy<Value = Op> {
    let root = || 0..ROOTS / 2;
    let shape = prop_oneof![
        8 => (1usize..8).prop_map(Shape::Record),
        2 => (1usize..20).prop_map(Shape::References),
        1 => (1100usize..1300).prop_map(Shape::References),
        1 => (340usize..400).prop_map(|n| Shape::Entries(n, true, true)),
    ];
    prop_oneof![
        4 => (root(), shape).prop_map(|(root, shape)| Op::New { root, shape }),
        // The first slots only, so that references are found again.
        6 => (root(), 0usize..4, root()).prop_map(|(from, slot, to)| Op::Link { from, slot, to }),
        6 => (root(), 0usize..4, root()).prop_map(|(from, slot, to)| Op::Follow { from, slot, to }),
        3 => (root(), 0usize..4).prop_map(|(from, slot)| Op::Unlink { from, slot }),
        1 => (root(), root(), any::<usize>(), any::<usize>())
            .prop_map(|(from, to, at, count)| Op::Copy { from, to, at, count }),
        2 => root().prop_map(|root| Op::Drop { root }),
        10 => Just(Op::Collect(Collection::Minor)),
    ]
}

fn run(config: HeapConfig, ops: &[Op]) {
    let mut world = World::new(config);
    for op in ops {
        match *op {
            Op::New { root, shape } => world.make(root, shape),
            Op::Link { from, slot, to } => world.link(from, slot, Some(to)),
            Op::Unlink { from, slot } => world.link(from, slot, None),
            Op::Follow { from, slot, to } => world.follow(from, slot, to),
            Op::Write { root, word, value } => world.write(root, word, value),
            Op::Copy { from, to, at, count } => world.copy(from, to, at, count),
            Op::Drop { root } => world.drop_root(root),
            Op::Safepoint => world.safepoint(),
            Op::Collect(collection) => world.collect(collection),
            Op::Churn { words, count } => world.churn(words, count),
        }
    }
    world.check();
    world.collect(Collection::Full);
    world.check_exactly_live();
    world.collect(Collection::Compacting);
    world.check_exactly_live();
}

fn checked() -> HeapConfig {
    HeapConfig { verify: true, poison: true, nursery_bytes: 32 << 10, ..HeapConfig::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_shadow(ops in prop::collection::vec(op(), 1..300)) {
        run(checked(), &ops);
    }

    #[test]
    fn agrees_when_marking_never_stops(ops in prop::collection::vec(marking_op(), 100..1500)) {
        run(HeapConfig { eager_marking: true, ..checked() }, &ops);
    }

    #[test]
    fn agrees_without_checks(ops in prop::collection::vec(op(), 1..600)) {
        run(HeapConfig { nursery_bytes: 16 << 10, ..HeapConfig::default() }, &ops);
    }

    #[test]
    fn agrees_when_every_allocation_collects(ops in prop::collection::vec(op(), 1..80)) {
        run(HeapConfig { stress: Some(Stress::Alloc), ..checked() }, &ops);
    }

    #[test]
    fn agrees_when_every_safepoint_collects(ops in prop::collection::vec(op(), 1..200)) {
        run(HeapConfig { stress: Some(Stress::Safepoint), ..checked() }, &ops);
    }
}
