//! Loads for the collector: `gc_bench trees 20`, `gc_bench churn 2000000`, `gc_bench list 10000000`,
//! `gc_bench floats 40000`, `gc_bench scale`, `gc_bench heaps 1000`, `gc_bench stress 1000`.
//!
//! A second number is the size of the nursery in KiB.

use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};
use bp_isa::types::{FIRST_PROGRAM_TYPE, FixedType};
use bp_vm::heap::{Collection, Heap, HeapConfig, Ref, RefMaps, Roots, Stress, Visitor};
use std::time::Instant;

const NODE: Header = Header::new(FIRST_PROGRAM_TYPE, RefKind::Mapped, 2);
const BOX: Header = Header::new(FixedType::BoxedWord.id(), RefKind::None, 1);
const TEXT: Header = Header::new(FixedType::Str.id(), RefKind::None, 7);

struct Stack(Vec<u64>);

impl Roots for Stack {
    fn visit(&mut self, visitor: &mut Visitor<'_>) {
        visitor.slots(&mut self.0);
    }
}

struct Machine {
    heap: Heap,
    stack: Stack,
    random: u64,
    /// Processor time that slow allocations took, in microseconds.
    pauses: Vec<u32>,
}

impl Machine {
    fn new() -> Machine {
        let mut config = HeapConfig::default();
        if let Some(kib) = std::env::args().nth(3) {
            config.nursery_bytes = kib.parse::<usize>().expect("a size in KiB") << 10;
        }
        Machine::with_heap(config)
    }

    fn with_heap(config: HeapConfig) -> Machine {
        let mut maps = RefMaps::new();
        maps.set_mapped(FIRST_PROGRAM_TYPE, [0, 1].into_iter());
        let heap = Heap::new(config, maps).expect("a heap");
        Machine { heap, stack: Stack(Vec::new()), random: 0x9E37_79B9_7F4A_7C15, pauses: Vec::new() }
    }

    #[inline(always)]
    fn alloc(&mut self, header: Header) -> Ref {
        if header.payload_words() * WORD <= MAX_SMALL_BYTES
            && let Some(object) = self.heap.try_alloc(header)
        {
            return object;
        }
        let start = cpu_nanos();
        let object = self.heap.alloc_slow(header, &mut self.stack).expect("memory");
        self.pauses.push((cpu_nanos() - start) as u32 / 1000);
        object
    }

    fn push(&mut self, object: Ref) {
        self.stack.0.push(object.word());
    }

    fn pop(&mut self) -> u64 {
        self.stack.0.pop().expect("a balanced stack")
    }

    fn top(&self) -> Ref {
        Ref::from_word(*self.stack.0.last().expect("a balanced stack"))
    }

    fn random(&mut self, below: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (((self.random >> 32) * below as u64) >> 32) as usize
    }

    fn tree(&mut self, depth: u32) -> Ref {
        let (mut left, mut right) = (0, 0);
        if depth > 0 {
            let object = self.tree(depth - 1);
            self.push(object);
            let object = self.tree(depth - 1);
            self.push(object);
            let node = self.alloc(NODE);
            right = self.pop();
            left = self.pop();
            self.heap.store(node, 0, left);
            self.heap.store(node, 1, right);
            return node;
        }
        let node = self.alloc(NODE);
        self.heap.store(node, 0, std::mem::take(&mut left));
        self.heap.store(node, 1, std::mem::take(&mut right));
        node
    }

    fn count(&self, tree: Ref) -> u64 {
        if self.heap.load(tree, 0) == 0 {
            return 1;
        }
        let child = |word| Ref::from_word(self.heap.load(tree, word));
        1 + self.count(child(0)) + self.count(child(1))
    }

    /// The binary-trees benchmark.
    fn trees(&mut self, depth: u32) -> u64 {
        let stretch = self.tree(depth + 1);
        let mut nodes = self.count(stretch);
        let long_lived = self.tree(depth);
        self.push(long_lived);
        for small in (4..=depth).step_by(2) {
            for _ in 0..1 << (depth - small + 4) {
                let tree = self.tree(small);
                nodes += self.count(tree);
            }
        }
        nodes + self.count(self.top())
    }

    /// A table of entries that refer to texts; entries are replaced at random.
    fn churn(&mut self, slots: usize) -> u64 {
        let table = self.alloc(Header::new(FixedType::RefStorage.id(), RefKind::AllButFirst, slots + 1));
        self.push(table);
        for at in 0..slots {
            self.replace(at + 1);
        }
        for _ in 0..slots * 10 {
            let at = self.random(slots);
            self.replace(at + 1);
        }
        let table = self.top();
        (1..=slots).map(|at| self.heap.load(Ref::from_word(self.heap.load(table, at)), 0) & 1).sum()
    }

    fn replace(&mut self, slot: usize) {
        let text = self.alloc(TEXT);
        self.heap.words_mut(text, 0, 7).fill(slot as u64);
        self.push(text);
        let entry = self.alloc(NODE);
        let text = self.pop();
        self.heap.store(entry, 0, text);
        self.heap.store(entry, 1, 0);
        self.heap.store_ref(self.top(), slot, entry);
    }

    /// A list whose nodes refer to boxes; all boxes are replaced, once.
    fn list(&mut self, nodes: usize) -> u64 {
        self.push(Ref::NULL);
        for at in 0..nodes {
            let boxed = self.boxed(at);
            self.push(boxed);
            let node = self.alloc(NODE);
            let boxed = self.pop();
            let next = self.pop();
            self.heap.store(node, 0, next);
            self.heap.store(node, 1, boxed);
            self.push(node);
        }
        let head = self.top();
        self.push(head);
        for at in 0..nodes {
            let boxed = self.boxed(at);
            let node = self.top();
            self.heap.store_ref(node, 1, boxed);
            let next = self.heap.load(node, 0);
            self.pop();
            self.push(Ref::from_word(next));
        }
        self.pop();
        let mut sum = 0;
        let mut node = self.top();
        while !node.is_null() {
            sum += self.heap.load(Ref::from_word(self.heap.load(node, 1)), 0);
            node = Ref::from_word(self.heap.load(node, 0));
        }
        sum
    }

    fn boxed(&mut self, value: usize) -> Ref {
        let boxed = self.alloc(BOX);
        self.heap.store(boxed, 0, value as u64);
        boxed
    }

    /// Arrays of 12 500 floats, of which 64 live.
    fn floats(&mut self, arrays: usize) -> u64 {
        let length = 12_500;
        self.stack.0.resize(64, 0);
        for at in 0..arrays {
            let array = self.alloc(Header::new(FixedType::WordStorage.id(), RefKind::None, length + 1));
            self.heap.words_mut(array, 0, length + 1).fill(at as u64);
            self.stack.0[at % 64] = array.word();
        }
        self.stack.0.iter().map(|&array| self.heap.load(Ref::from_word(array), 5)).sum()
    }
}

fn peak_rss_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Processor time of this thread: a loaded machine stretches other clocks.
fn cpu_nanos() -> u64 {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    schedstat.split_whitespace().next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0)
}

fn measure(name: &str, size: usize) -> f64 {
    let start = Instant::now();
    let start_cpu = cpu_nanos();
    let mut machine = Machine::new();
    let result = match name {
        "trees" => machine.trees(size as u32),
        "churn" => machine.churn(size),
        "list" => machine.list(size),
        "floats" => machine.floats(size),
        _ => panic!("no such load: {name}"),
    };
    let seconds = start.elapsed().as_secs_f64();
    let cpu = (cpu_nanos() - start_cpu) as f64 / 1e9;
    let stats = machine.heap.stats();
    machine.pauses.sort_unstable();
    let pause = |share: f64| {
        let at = (machine.pauses.len() as f64 * share) as usize;
        machine.pauses.get(at.min(machine.pauses.len().saturating_sub(1))).map_or(0.0, |&us| f64::from(us) / 1e3)
    };
    println!(
        "{name:7} {size:>9}  {seconds:7.3} s  cpu {cpu:7.3} s  peak {:>5} MB  result {result}\n\
         {:8}pauses in cpu ms: median {:.2}, 99% {:.2}, longest {:.2}; longest by the clock {:.2}",
        peak_rss_mb(),
        "",
        pause(0.5),
        pause(0.99),
        pause(1.0),
        stats.longest_pause.as_secs_f64() * 1e3,
    );
    let rows: Vec<String> = stats.rows().iter().map(|(name, value)| format!("{name} {value}")).collect();
    println!("        {}", rows.join(", "));
    machine.stack.0.clear();
    machine.heap.collect(Collection::Compacting, &mut machine.stack);
    println!("        after dropping all: {} KiB", machine.heap.stats().heap_bytes / 1024);
    cpu
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_else(|| "scale".to_owned());
    let size = std::env::args().nth(2).map(|size| size.parse::<usize>().expect("a size"));
    match name.as_str() {
        "scale" => {
            for (name, size) in [("churn", 50_000), ("list", 200_000), ("floats", 2_000)] {
                let times = [1, 4, 16].map(|factor| measure(name, size * factor));
                println!("{name}: 4n/n {:.2}, 16n/4n {:.2}", times[1] / times[0], times[2] / times[1]);
            }
        }
        "heaps" => {
            let start = Instant::now();
            let heaps: Vec<Machine> = (0..size.unwrap_or(1000)).map(|_| Machine::new()).collect();
            let each = start.elapsed().as_micros() as usize / heaps.len();
            println!("{} heaps: {each} us each, peak {} MB", heaps.len(), peak_rss_mb());
        }
        "stress" => {
            let live = size.unwrap_or(1000);
            let config = HeapConfig { stress: Some(Stress::Alloc), poison: true, ..HeapConfig::default() };
            let mut machine = Machine::with_heap(config);
            let start = Instant::now();
            for at in 0..live * 4 {
                let node = machine.heap.alloc_slow(NODE, &mut machine.stack).expect("memory");
                let next = if at % 4 == 0 { machine.stack.0.pop().unwrap_or(0) } else { 0 };
                machine.heap.store(node, 0, next);
                machine.heap.store(node, 1, 0);
                if at % 4 == 0 {
                    machine.push(node);
                }
            }
            let each = start.elapsed().as_nanos() as usize / (live * 4);
            println!("{each} ns per allocation and collection, up to {live} objects live");
        }
        name => {
            measure(name, size.expect("a size"));
        }
    }
}
