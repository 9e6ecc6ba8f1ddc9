function randomFloats(n) {
  const xs = [];
  let state = 42;
  for (let i = 0; i < n; i++) {
    state = (state * 16807) % 2147483647;
    xs.push(state / 2147483647.0);
  }
  return xs;
}

function siftDown(xs, start, end) {
  let root = start;
  const value = xs[root];
  for (;;) {
    let child = 2 * root + 1;
    if (child >= end) break;
    if (child + 1 < end && xs[child] < xs[child + 1]) child++;
    if (value >= xs[child]) break;
    xs[root] = xs[child];
    root = child;
  }
  xs[root] = value;
}

function heapsort(xs) {
  const n = xs.length;
  for (let start = (n >> 1) - 1; start >= 0; start--) siftDown(xs, start, n);
  for (let end = n - 1; end > 0; end--) {
    const largest = xs[0];
    xs[0] = xs[end];
    xs[end] = largest;
    siftDown(xs, 0, end);
  }
}

const n = Number(process.argv[2] ?? 1000000);
const xs = randomFloats(n);
heapsort(xs);
let checksum = 0.0;
for (let i = 0; i < n; i++) checksum += xs[i] * (i % 7);
console.log(`${xs[0].toFixed(9)} ${xs[n >> 1].toFixed(9)} ${checksum.toFixed(4)}`);
