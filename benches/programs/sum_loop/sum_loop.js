function sumLoop(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += (i * 3) % 7;
  return total;
}

const n = Number(process.argv[2] ?? 100000000);
console.log(sumLoop(n));
