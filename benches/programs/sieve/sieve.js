function countPrimes(n) {
  const prime = new Uint8Array(n).fill(1);
  let count = 0;
  for (let i = 2; i < n; i++) {
    if (prime[i]) {
      count++;
      for (let multiple = i * i; multiple < n; multiple += i) prime[multiple] = 0;
    }
  }
  return count;
}

const n = Number(process.argv[2] ?? 20000000);
console.log(countPrimes(n));
