const byId = () => (a, b) => a.id - b.id;
const near = (centre) => (a, b) => Math.abs(a.place - centre) - Math.abs(b.place - centre);
const byRank = (ranks) => (a, b) => ranks[a.group] - ranks[b.group];
const descending = (order) => (a, b) => order(b, a);
const then = (first, second) => (a, b) => {
  const result = first(a, b);
  return result !== 0 ? result : second(a, b);
};

function checksum(records) {
  let sum = 0;
  for (const record of records) sum = (sum * 31 + record.id) % 1000000007;
  return sum;
}

const n = Number(process.argv[2] ?? 80000);
const records = [];
let state = 42;
for (let id = 0; id < n; id++) {
  state = (state * 16807) % 2147483647;
  const place = state % 1000;
  state = (state * 16807) % 2147483647;
  records.push({ id, place, group: state % 16 });
}
const ranks = [];
for (let group = 0; group < 16; group++) ranks.push((group * 7) % 16);
for (let centre = 100; centre < 1000; centre += 400) {
  records.sort(then(near(centre), byId()));
  console.log(`${checksum(records)}`);
  records.sort(then(byRank(ranks), then(descending(near(centre)), byId())));
  console.log(`${checksum(records)}`);
}
