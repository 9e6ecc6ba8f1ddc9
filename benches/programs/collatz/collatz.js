// Values pass 2^31 but not 2^53, so doubles are exact.
function chainLength(n) {
  let steps = 1;
  while (n !== 1) {
    if (n % 2 === 0) n = n / 2;
    else n = 3 * n + 1;
    steps++;
  }
  return steps;
}

const n = Number(process.argv[2] ?? 500000);
let longest = 0, at = 0;
for (let start = 1; start < n; start++) {
  const steps = chainLength(start);
  if (steps > longest) {
    longest = steps;
    at = start;
  }
}
console.log(`${at} ${longest}`);
