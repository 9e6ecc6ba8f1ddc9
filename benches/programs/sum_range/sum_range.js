function sumRange(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += i;
  return total;
}

const n = Number(process.argv[2] ?? 100000000);
console.log(sumRange(n));
