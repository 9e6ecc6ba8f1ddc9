//! Heaps that run out of memory, and heaps that must not: limits, failing requests, many heaps at once.

mod heap_support;

use bp_isa::abi::Header;
use bp_vm::heap::{Collection, Heap, HeapConfig, OutOfMemory, Ref, Stress};
use heap_support::{ROOTS, Shape, Slots, World, alloc, maps};

const MIB: usize = 1 << 20;

fn checked(limit_bytes: usize) -> HeapConfig {
    HeapConfig { limit_bytes, verify: true, poison: true, nursery_bytes: 64 << 10, ..HeapConfig::default() }
}

/// Builds a list at root 0 until memory runs out; its length.
fn fill(world: &mut World, shape: Shape) -> usize {
    for length in 0.. {
        if world.try_make(1, shape).is_err() {
            return length;
        }
        world.link(1, 0, Some(0));
        world.follow_root(1, 0);
    }
    unreachable!("memory without end");
}

fn fills_and_recovers(shape: Shape, bytes: usize) {
    let mut world = World::new(checked(8 * MIB));
    let first = fill(&mut world, shape);
    assert!(first * bytes > 3 * MIB, "only {first} objects of {bytes} bytes fit into 8 MiB");
    assert!(world.heap.stats().peak_bytes as usize <= 8 * MIB, "the limit was exceeded");
    world.check();
    for _ in 0..3 {
        world.drop_root(0);
        world.drop_root(1);
        let again = fill(&mut world, shape);
        assert!(again * 10 > first * 9, "{again} objects fit where {first} did before");
        world.check();
    }
}

#[test]
fn small_objects_reach_the_limit() {
    fills_and_recovers(Shape::Record(2), 24);
    fills_and_recovers(Shape::Record(30), 248);
    fills_and_recovers(Shape::References(700), 701 * 8);
}

#[test]
fn large_objects_reach_the_limit() {
    fills_and_recovers(Shape::References(2000), 2001 * 8);
    fills_and_recovers(Shape::References(40_000), 40_001 * 8);
}

#[test]
fn a_request_beyond_the_limit_leaves_everything_usable() {
    let mut world = World::new(checked(8 * MIB));
    world.make(0, Shape::References(10));
    assert_eq!(world.try_make(1, Shape::Words(2 * MIB)), Err(OutOfMemory));
    assert_eq!(world.try_make(1, Shape::Words(u32::MAX as usize)), Err(OutOfMemory));
    world.make(2, Shape::Words(MIB / 4));
    world.check();
}

#[test]
fn the_handler_of_out_of_memory_can_allocate() {
    let mut slots = Slots(vec![0; ROOTS]);
    let mut heap = Heap::new(HeapConfig { limit_bytes: 8 * MIB, ..HeapConfig::default() }, maps()).unwrap();
    let header = Shape::References(60).header();
    while let Ok(object) = alloc(&mut heap, header, &mut slots) {
        heap.words_mut(object, 0, 61).fill(0);
        heap.store(object, 1, slots.0[0]);
        slots.0[0] = object.word();
    }
    for _ in 0..20 {
        assert!(heap.try_alloc(Shape::Words(100).header()).is_some(), "no room for the error");
    }
}

#[test]
fn sparse_blocks_make_room_for_other_sizes() {
    let mut world = World::new(checked(8 * MIB));
    // A list of small objects of which one in eight survives, all over the blocks.
    fill(&mut world, Shape::Record(2));
    let mut nodes = Vec::new();
    let mut node = world.root(0);
    while !node.is_null() {
        nodes.push(node);
        node = Ref::from_word(world.heap.load(node, 0));
    }
    let kept: Vec<Ref> = nodes.into_iter().step_by(8).collect();
    for pair in kept.windows(2) {
        world.heap.store_ref(pair[0], 0, pair[1]);
    }
    let mut slots = Slots(vec![world.root(0).word()]);
    let mut count = 0;
    while let Ok(object) = alloc(&mut world.heap, Shape::References(700).header(), &mut slots) {
        world.heap.words_mut(object, 0, 701).fill(0);
        slots.0.push(object.word());
        count += 1;
    }
    assert!(count * 701 * 8 > 3 * MIB, "only {count} objects fit between the small ones");
}

#[test]
fn memory_goes_back_when_the_heap_shrinks() {
    let mut world = World::new(HeapConfig { nursery_bytes: 256 << 10, ..HeapConfig::default() });
    for _ in 0..200_000 {
        world.make(1, Shape::Record(30));
        world.link(1, 0, Some(0));
        world.follow_root(1, 0);
    }
    let full = world.heap.stats().heap_bytes;
    world.drop_root(0);
    world.drop_root(1);
    world.collect(Collection::Compacting);
    let empty = world.heap.stats().heap_bytes;
    assert!(full > 40 << 20 && empty < 8 << 20, "{full} bytes shrank to {empty}");
}

/// A program of some hundred steps; `Err` if memory ran out, with everything still intact.
fn program(config: HeapConfig) -> Result<(), OutOfMemory> {
    let Ok(heap) = Heap::new(config, maps()) else { return Err(OutOfMemory) };
    let mut world = World::with_heap(heap);
    let mut result = Ok(());
    for step in 0..300usize {
        let shape = match step % 7 {
            0 => Shape::References(1100 + step),
            1 => Shape::Words(step * 40 % 2000 + 1),
            2 => Shape::Entries(step % 400, true, step % 2 == 0),
            3 => Shape::References(900),
            _ => Shape::Record(step % 50),
        };
        let root = step * 7 % ROOTS;
        result = result.and(world.try_make(root, shape));
        world.link(root, step, Some(step * 5 % ROOTS));
        world.link(step % ROOTS, step * 3, Some(root));
        if step % 40 == 0 {
            world.check();
        }
    }
    world.check();
    for root in 0..ROOTS {
        world.drop_root(root);
    }
    world.collect(Collection::Full);
    world.check_exactly_live();
    result
}

#[test]
fn every_request_may_fail() {
    let config = |request| HeapConfig { nursery_bytes: 16 << 10, fail_request: Some(request), ..checked(1 << 30) };
    let failures = (1..).take_while(|&request| program(config(request)).is_err()).count();
    assert!(failures > 60, "only {failures} requests");
}

#[test]
fn every_request_may_fail_under_stress() {
    for stress in [Stress::Alloc, Stress::Safepoint] {
        for request in [1, 2, 3, 4, 5, 7, 11, 30, 60] {
            let config = HeapConfig { stress: Some(stress), fail_request: Some(request), ..checked(1 << 30) };
            let _ = program(config);
        }
    }
}

#[test]
fn many_heaps_in_many_threads() {
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for at in 0..4 {
                    let stress = (thread == 7).then_some(Stress::Alloc);
                    let config = HeapConfig { stress, eager_marking: at == 1, ..checked(64 * MIB) };
                    program(config).expect("memory");
                }
            });
        }
    });
}

#[test]
fn a_heap_moves_between_threads() {
    let mut world = World::new(checked(64 * MIB));
    world.make(0, Shape::References(3000));
    let thread = std::thread::spawn(move || {
        world.make(1, Shape::Record(3));
        world.link(0, 2999, Some(1));
        world.collect(Collection::Compacting);
        world
    });
    thread.join().unwrap().check();
}

#[test]
fn constants_stay_where_they_are() {
    for stress in [None, Some(Stress::Alloc)] {
        let mut slots = Slots(vec![0; 2]);
        let mut heap = Heap::new(HeapConfig { stress, ..checked(8 * MIB) }, maps()).unwrap();
        let constants: Vec<Ref> = (0..300)
            .map(|at| {
                let constant = heap.alloc_immortal(Shape::Words(at % 40 + 1).header());
                assert_eq!(heap.load(constant, 0), 0);
                heap.store(constant, 0, at as u64);
                constant
            })
            .collect();
        let large = heap.alloc_immortal(Shape::Words(5000).header());
        heap.store(large, 4999, 7);
        for (step, constant) in constants.iter().enumerate() {
            let holder = alloc(&mut heap, Shape::References(3).header(), &mut slots).unwrap();
            heap.words_mut(holder, 0, 4).fill(0);
            heap.store_ref(holder, 1, *constant);
            heap.store_ref(holder, 2, Ref::from_word(slots.0[0]));
            slots.0 = vec![holder.word(), constant.word()];
            if step % 50 == 0 {
                heap.collect(Collection::Compacting, &mut slots);
            }
        }
        assert!(constants.iter().enumerate().all(|(at, &constant)| heap.load(constant, 0) == at as u64));
        assert_eq!(heap.load(large, 4999), 7);
    }
}

#[test]
fn young_objects_live_through_one_old_array() {
    let mut world = World::new(checked(256 * MIB));
    world.make(0, Shape::References(100_000));
    world.collect(Collection::Minor);
    for slot in (0..100_000).step_by(997).chain([0, 15, 16, 99_999]) {
        world.make(1, Shape::Record(4));
        world.link(0, slot, Some(1));
        world.drop_root(1);
        if slot % 3 == 0 {
            world.collect(Collection::Minor);
        }
    }
    world.collect(Collection::Minor);
    world.collect(Collection::Full);
    world.check_exactly_live();
}

#[test]
fn an_object_may_refer_to_itself() {
    let mut world = World::new(checked(64 * MIB));
    for shape in [Shape::Record(1), Shape::References(2000)] {
        world.make(0, shape);
        world.link(0, 0, Some(0));
        for collection in [Collection::Minor, Collection::Full, Collection::Compacting, Collection::Minor] {
            world.collect(collection);
        }
    }
}

#[test]
fn objects_without_words_survive() {
    let mut world = World::new(checked(64 * MIB));
    for root in 0..ROOTS {
        world.make(root, Shape::Record(0));
    }
    for collection in [Collection::Minor, Collection::Full, Collection::Compacting] {
        world.collect(collection);
    }
    world.check_exactly_live();
}

#[test]
fn deep_lists_need_no_deep_stack() {
    let mut slots = Slots(vec![0; 1]);
    let mut heap = Heap::new(HeapConfig::default(), maps()).unwrap();
    let header: Header = Shape::Record(2).header();
    for _ in 0..1_000_000 {
        let object = alloc(&mut heap, header, &mut slots).unwrap();
        heap.store(object, 0, slots.0[0]);
        heap.store(object, 1, 0);
        slots.0[0] = object.word();
    }
    heap.collect(Collection::Compacting, &mut slots);
    assert_eq!(heap.stats().live_bytes, 24_000_000);
}
