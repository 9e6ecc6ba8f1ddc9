function build(n) {
  const alphabet = "abcdefghijklmnopqrstuvwxyz";
  let text = "";
  for (let i = 0; i < n; i++) text += alphabet[i % 26];
  return text;
}

const n = Number(process.argv[2] ?? 6000000);
const text = build(n);
let sum = 0;
for (let i = 0; i < text.length; i += 101) sum += text.charCodeAt(i);
console.log(`${text.length} ${sum}`);
