function firstGeneration(n) {
  const cells = new Uint8Array(n * n);
  let state = 42;
  for (let i = 0; i < n * n; i++) {
    state = (state * 16807) % 2147483647;
    cells[i] = state % 100 < 30 ? 1 : 0;
  }
  return cells;
}

function step(cells, next, n) {
  for (let y = 0; y < n; y++) {
    const above = (y === 0 ? n - 1 : y - 1) * n, here = y * n, below = (y === n - 1 ? 0 : y + 1) * n;
    for (let x = 0; x < n; x++) {
      const left = x === 0 ? n - 1 : x - 1, right = x === n - 1 ? 0 : x + 1;
      const neighbours = cells[above + left] + cells[above + x] + cells[above + right]
        + cells[here + left] + cells[here + right]
        + cells[below + left] + cells[below + x] + cells[below + right];
      next[here + x] = neighbours === 3 || (neighbours === 2 && cells[here + x] === 1) ? 1 : 0;
    }
  }
}

const n = Number(process.argv[2] ?? 500);
let cells = firstGeneration(n);
let next = cells.slice();
for (let generation = 0; generation < 100; generation++) {
  step(cells, next, n);
  [cells, next] = [next, cells];
}
let alive = 0, checksum = 0;
for (let i = 0; i < n * n; i++) {
  if (cells[i] === 1) {
    alive++;
    checksum = (checksum * 31 + i) % 1000000007;
  }
}
console.log(`${alive} ${checksum}`);
