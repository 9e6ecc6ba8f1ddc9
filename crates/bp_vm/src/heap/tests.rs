//! What programs cannot observe: size classes, the rhythm of cycles, dropped references.

use super::classes::{CELL_WORDS, CLASS_OF, CLASSES, MAX_WORDS};
use super::memory::Memory;
use super::nursery::Nursery;
use super::pace::Pace;
use super::{Collection, Header, Heap, HeapConfig, RefMaps, Roots, Visitor};
use bp_isa::abi::header::RefKind;
use bp_isa::types::FixedType;

#[test]
fn cells_fit_and_waste_at_most_an_eighth() {
    for (words, &class) in CLASS_OF.iter().enumerate().skip(1) {
        let class = usize::from(class);
        let cell = usize::from(CELL_WORDS[class]);
        assert!(cell >= words && (cell - words) * 8 <= words, "{words} words in a cell of {cell}");
        assert!(class == 0 || usize::from(CELL_WORDS[class - 1]) < words, "a smaller cell would do for {words}");
    }
    assert_eq!(usize::from(CLASS_OF[MAX_WORDS]) + 1, CLASSES);
}

#[test]
fn a_cycle_is_due_before_the_threshold_and_overdue_at_it() {
    let mut pace = Pace::new(usize::MAX, false);
    pace.end_cycle(100 << 20, usize::MAX);
    assert!(!pace.is_due());
    pace.old_bytes = 170 << 20;
    assert!(pace.is_due() && !pace.is_overdue());
    pace.begin_cycle();
    // What becomes old until the threshold pays for marking all that is old now.
    assert!(pace.step(30 << 20) > 170 << 20);
    pace.old_bytes = 200 << 20;
    assert!(pace.is_overdue());
}

#[test]
fn the_nursery_grows_and_shrinks_with_what_survives() {
    let mut memory = Memory::new(usize::MAX, None);
    let mut nursery = Nursery::new(1 << 20, usize::MAX, &mut memory).unwrap();
    let settle = |nursery: &mut Nursery, survived: usize, memory: &mut Memory| {
        for _ in 0..100 {
            let used = nursery.bytes;
            let wanted = nursery.wanted(used, survived.min(used));
            if wanted != nursery.bytes {
                nursery.resize(wanted, memory);
            }
        }
        nursery.bytes
    };
    assert_eq!(settle(&mut nursery, 1 << 10, &mut memory), 1 << 20);
    assert_eq!(settle(&mut nursery, 1 << 20, &mut memory), 4 << 20);
    assert!(settle(&mut nursery, usize::MAX, &mut memory) < 4 << 20);
    nursery.release(&mut memory);
    assert_eq!(memory.held(), 0);
}

struct Root(u64);

impl Roots for Root {
    fn visit(&mut self, visitor: &mut Visitor<'_>) {
        visitor.slot(&mut self.0);
    }
}

#[test]
fn marking_survives_a_stack_that_cannot_grow() {
    let config = HeapConfig { verify: true, ..HeapConfig::default() };
    let mut heap = Heap::new(config, RefMaps::new()).unwrap();
    let mut root = Root(0);
    let header = |words| Header::new(FixedType::RefStorage.id(), RefKind::AllButFirst, words);
    for step in 0..3000 {
        let words = if step % 100 == 0 { 2000 } else { 4 };
        let object = heap.alloc_slow(header(words), &mut root).unwrap();
        heap.words_mut(object, 0, words).fill(0);
        heap.store(object, 1 + step % (words - 1), root.0);
        root.0 = object.word();
    }
    heap.collect(Collection::Minor, &mut root);
    heap.start_marking(&mut root);
    for _ in 0..40 {
        assert!(!heap.mark_some(100), "marking is through already");
    }
    heap.marker.drop_everything();
    heap.finish_marking(&mut root);
    heap.verify_marks(&mut root);
    heap.collect(Collection::Full, &mut root);
    assert_eq!(heap.stats().live_bytes, (2970 * 5 * 8 + 30 * (2002 * 8 + 128)) as u64);
}
