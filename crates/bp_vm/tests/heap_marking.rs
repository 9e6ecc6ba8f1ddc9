//! Objects that the program hides from marking while it is under way.
//!
//! Each test takes the end of a long list away from its place before marking gets there, and leaves it
//! reachable in one other way only.

mod heap_support;

use bp_vm::heap::{Collection, HeapConfig};
use heap_support::{Shape, World};

const NODES: usize = 100;
/// Root of the end of the list.
const END: usize = 3;

/// An old list under root 0, through a large array or not, with marking begun: what root 0 refers to and
/// a few nodes are marked.
fn marking(through_array: bool) -> World {
    let config = HeapConfig { verify: true, poison: true, eager_marking: true, ..HeapConfig::default() };
    let mut world = World::new(config);
    for _ in 0..NODES {
        world.make(1, Shape::Record(2));
        world.link(1, 0, Some(0));
        world.follow_root(1, 0);
    }
    if through_array {
        world.make(0, Shape::References(2000));
        world.link(0, 0, Some(1));
    }
    world.drop_root(1);
    world.collect(Collection::Full);
    for _ in 0..8 {
        world.collect(Collection::Minor);
    }
    assert_eq!(world.heap.stats().full, 1, "marking ended already");
    world.follow(0, 0, 2);
    for _ in 0..NODES - 10 {
        world.follow(2, 0, 2);
    }
    world.follow(2, 0, END);
    world.link(2, 0, None);
    world.drop_root(2);
    world
}

fn finish(mut world: World) {
    for _ in 0..10 * NODES {
        world.collect(Collection::Minor);
        if world.heap.stats().full > 1 {
            return world.check();
        }
    }
    panic!("marking never ended");
}

#[test]
fn in_a_root() {
    finish(marking(false));
}

#[test]
fn in_a_marked_object() {
    let mut world = marking(false);
    world.link(0, 1, Some(END));
    world.drop_root(END);
    finish(world);
}

#[test]
fn in_a_marked_array() {
    let mut world = marking(true);
    world.link(0, 1500, Some(END));
    world.drop_root(END);
    finish(world);
}

#[test]
fn copied_into_a_marked_array() {
    let mut world = marking(true);
    world.make(4, Shape::References(3));
    world.link(4, 1, Some(END));
    world.drop_root(END);
    world.copy(4, 0, 0, 3);
    world.drop_root(4);
    finish(world);
}

#[test]
fn in_a_young_object() {
    for shape in [Shape::Record(2), Shape::References(1500), Shape::Entries(500, true, false)] {
        let mut world = marking(false);
        world.make(4, shape);
        world.link(4, 0, Some(END));
        world.link(0, 1, Some(4));
        world.drop_root(END);
        world.drop_root(4);
        finish(world);
    }
}
