function fannkuch(n) {
  const permutation = [];
  for (let i = 0; i < n; i++) permutation.push(i);
  const flipped = new Array(n).fill(0);
  const count = new Array(n).fill(0);
  let checksum = 0, maxFlips = 0, index = 0, r = n;
  for (;;) {
    for (; r !== 1; r--) count[r - 1] = r;
    for (let i = 0; i < n; i++) flipped[i] = permutation[i];
    let flips = 0;
    for (let k = flipped[0]; k !== 0; k = flipped[0]) {
      for (let low = 0, high = k; low < high; low++, high--) {
        const t = flipped[low];
        flipped[low] = flipped[high];
        flipped[high] = t;
      }
      flips++;
    }
    if (flips > maxFlips) maxFlips = flips;
    checksum += index % 2 === 0 ? flips : -flips;
    for (;;) {
      if (r === n) return `${checksum} ${maxFlips}`;
      const first = permutation[0];
      for (let i = 0; i < r; i++) permutation[i] = permutation[i + 1];
      permutation[r] = first;
      count[r]--;
      if (count[r] > 0) break;
      r++;
    }
    index++;
  }
}

const n = Number(process.argv[2] ?? 10);
console.log(fannkuch(n));
