function escapeTime(cr, ci, limit) {
  let zr = 0.0, zi = 0.0;
  for (let i = 0; i < limit; i++) {
    const rr = zr * zr, ii = zi * zi;
    if (rr + ii > 4.0) return i;
    zi = 2.0 * zr * zi + ci;
    zr = rr - ii + cr;
  }
  return limit;
}

const n = Number(process.argv[2] ?? 1300);
let total = 0;
for (let y = 0; y < n; y++) {
  const ci = (2.0 * y) / n - 1.0;
  for (let x = 0; x < n; x++) {
    const cr = (2.0 * x) / n - 1.5;
    total += escapeTime(cr, ci, 50);
  }
}
console.log(total);
