function makeText(n) {
  const words = [];
  let state = 42;
  for (let i = 0; i < n; i++) {
    state = (state * 16807) % 2147483647;
    const r = state % 1000;
    words.push(`w${Math.floor((r * r) / 200)}`);
  }
  return words.join(" ");
}

const n = Number(process.argv[2] ?? 1500000);
const text = makeText(n);
const counts = new Map();
for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
let most = 0, checksum = 0;
for (const [word, count] of counts) {
  most = Math.max(most, count);
  checksum += ((count * count) % 1009) * word.length;
}
console.log(`${text.length} ${counts.size} ${most} ${checksum}`);
