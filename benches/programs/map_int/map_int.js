const n = Number(process.argv[2] ?? 1000000);
const map = new Map();
let state = 42;
for (let i = 0; i < n; i++) {
  state = (state * 16807) % 2147483647;
  const key = state % n;
  map.set(key, (map.get(key) ?? 0) + i);
}
let found = 0, sum = 0;
for (let i = 0; i < 2 * n; i++) {
  const value = map.get(i);
  if (value !== undefined) {
    found++;
    sum = (sum * 31 + value) % 1000000007;
  }
}
for (let i = 0; i < n; i += 3) map.delete(i);
console.log(`${found} ${sum} ${map.size}`);
