class Node {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
}

function make(depth) {
  if (depth === 0) return new Node(null, null);
  return new Node(make(depth - 1), make(depth - 1));
}

function count(node) {
  let total = 1;
  if (node.left !== null) total += count(node.left);
  if (node.right !== null) total += count(node.right);
  return total;
}

const n = Number(process.argv[2] ?? 16);
const longLived = make(n);
for (let depth = 4; depth <= n; depth += 4) {
  const trees = 1 << (n - depth + 4);
  let total = 0;
  for (let i = 0; i < trees; i++) total += count(make(depth));
  console.log(`${trees} ${depth} ${total}`);
}
console.log(count(longLived));
