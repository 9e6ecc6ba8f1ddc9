function sumRange(last) {
  let total = 0;
  for (let i = 1; i <= last; i++) total += i;
  return total;
}

const n = Number(process.argv[2] ?? 300);
let checksum = 0;
for (let turn = 0; turn < n; turn++) checksum += sumRange(1000000 + turn);
console.log(checksum);
