function check(i) {
  if (i % 3 === 0) throw new Error("multiple of three");
  return i;
}

function twice(i) {
  return check(i) + check(i + 3);
}

const n = Number(process.argv[2] ?? 6000000);
let sum = 0, caught = 0, finished = 0;
for (let i = 0; i < n; i++) {
  try {
    sum = (sum + twice(i)) % 1000000007;
  } catch (e) {
    caught += e.message.length;
  } finally {
    finished++;
  }
}
console.log(`${sum} ${caught} ${finished}`);
