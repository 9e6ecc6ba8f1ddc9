function randomInts(n) {
  const xs = [];
  let state = 42;
  for (let i = 0; i < n; i++) {
    state = (state * 16807) % 2147483647;
    xs.push(state);
  }
  return xs;
}

function quicksort(xs, low, high) {
  while (low < high) {
    const pivot = xs[low + ((high - low) >> 1)];
    let i = low, j = high;
    while (i <= j) {
      while (xs[i] < pivot) i++;
      while (xs[j] > pivot) j--;
      if (i <= j) {
        const t = xs[i];
        xs[i] = xs[j];
        xs[j] = t;
        i++;
        j--;
      }
    }
    quicksort(xs, low, j);
    low = i;
  }
}

const n = Number(process.argv[2] ?? 2000000);
const xs = randomInts(n);
quicksort(xs, 0, n - 1);
let checksum = 0;
for (let i = 0; i < n; i++) checksum = (checksum * 31 + xs[i]) % 1000000007;
console.log(`${xs[0]} ${xs[n - 1]} ${checksum}`);
