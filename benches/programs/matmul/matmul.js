function matrix(n, seed) {
  const rows = [];
  for (let i = 0; i < n; i++) {
    const row = [];
    for (let j = 0; j < n; j++) row.push((i - j) * (i + j) * seed);
    rows.push(row);
  }
  return rows;
}

function multiply(a, b, n) {
  const c = [];
  for (let i = 0; i < n; i++) {
    const row = new Array(n).fill(0.0);
    const aRow = a[i];
    for (let j = 0; j < n; j++) {
      let sum = 0.0;
      for (let k = 0; k < n; k++) sum += aRow[k] * b[k][j];
      row[j] = sum;
    }
    c.push(row);
  }
  return c;
}

const n = Number(process.argv[2] ?? 600);
const seed = 1.0 / n / n;
const c = multiply(matrix(n, seed), matrix(n, seed), n);
let trace = 0.0;
for (let i = 0; i < n; i++) trace += c[i][i];
const middle = Math.floor(n / 2);
console.log(`${c[middle][middle].toFixed(9)} ${trace.toFixed(9)}`);
