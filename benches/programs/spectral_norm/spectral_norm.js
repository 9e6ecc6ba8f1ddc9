function element(i, j) {
  const ij = i + j;
  return 1.0 / (((ij * (ij + 1)) >> 1) + i + 1);
}

function multiplyAv(v, result) {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < n; j++) sum += element(i, j) * v[j];
    result[i] = sum;
  }
}

function multiplyAtv(v, result) {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < n; j++) sum += element(j, i) * v[j];
    result[i] = sum;
  }
}

const n = Number(process.argv[2] ?? 1600);
const u = new Float64Array(n).fill(1.0);
const v = new Float64Array(n);
const w = new Float64Array(n);
for (let i = 0; i < 10; i++) {
  multiplyAv(u, w);
  multiplyAtv(w, v);
  multiplyAv(v, w);
  multiplyAtv(w, u);
}
let vbv = 0.0, vv = 0.0;
for (let i = 0; i < n; i++) {
  vbv += u[i] * v[i];
  vv += v[i] * v[i];
}
console.log(Math.sqrt(vbv / vv).toFixed(9));
