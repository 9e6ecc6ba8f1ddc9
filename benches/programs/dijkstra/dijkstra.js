function push(heap, key) {
  heap.push(key);
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent] <= key) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = key;
}

function pop(heap) {
  const smallest = heap[0];
  const key = heap.pop();
  const n = heap.length;
  if (n === 0) return smallest;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= n) break;
    if (child + 1 < n && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= key) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = key;
  return smallest;
}

function distances(n, targets, weights) {
  const found = new Array(n).fill(-1);
  const heap = [];
  push(heap, 0);
  while (heap.length > 0) {
    const key = pop(heap);
    const distance = Math.floor(key / n), node = key % n;
    if (found[node] >= 0) continue;
    found[node] = distance;
    for (let edge = node * 5; edge < node * 5 + 5; edge++) {
      const target = targets[edge];
      if (found[target] < 0) push(heap, (distance + weights[edge]) * n + target);
    }
  }
  return found;
}

const n = Number(process.argv[2] ?? 200000);
const targets = [], weights = [];
let state = 42;
for (let i = 0; i < 5 * n; i++) {
  state = (state * 16807) % 2147483647;
  targets.push(state % n);
  state = (state * 16807) % 2147483647;
  weights.push((state % 1000) + 1);
}
let reached = 0, farthest = 0, checksum = 0;
for (const distance of distances(n, targets, weights)) {
  if (distance >= 0) {
    reached++;
    farthest = Math.max(farthest, distance);
  }
  checksum = (checksum * 31 + distance + 1) % 1000000007;
}
console.log(`${reached} ${farthest} ${checksum}`);
