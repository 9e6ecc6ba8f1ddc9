class Tree {
  constructor(item) {
    this.item = item;
  }
}

class Leaf extends Tree {
  check() {
    return this.item;
  }
}

class Branch extends Tree {
  constructor(item, left, right) {
    super(item);
    this.left = left;
    this.right = right;
  }

  check() {
    return this.item + this.left.check() - this.right.check();
  }
}

function make(item, depth) {
  if (depth === 0) return new Leaf(item);
  return new Branch(item, make(2 * item - 1, depth - 1), make(2 * item, depth - 1));
}

const n = Number(process.argv[2] ?? 16);
const longLived = make(1, n);
for (let depth = 4; depth <= n; depth += 4) {
  const trees = 1 << (n - depth + 4);
  let total = 0;
  for (let i = 0; i < trees; i++) total += make(i, depth).check();
  console.log(`${trees} ${depth} ${total}`);
}
console.log(`${longLived.check()}`);
