function randomText(n, seed) {
  const bytes = [];
  let state = seed;
  for (let i = 0; i < n; i++) {
    state = (state * 16807) % 2147483647;
    bytes.push(String.fromCharCode(97 + (state % 4)));
  }
  return bytes.join("");
}

function distance(a, b) {
  const row = [];
  for (let j = 0; j <= b.length; j++) row.push(j);
  for (let i = 0; i < a.length; i++) {
    let diagonal = row[0];
    row[0] = i + 1;
    const c = a.charCodeAt(i);
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1];
      let best = c === b.charCodeAt(j) ? diagonal : diagonal + 1;
      if (above + 1 < best) best = above + 1;
      if (row[j] + 1 < best) best = row[j] + 1;
      row[j + 1] = best;
      diagonal = above;
    }
  }
  return row[b.length];
}

const n = Number(process.argv[2] ?? 8000);
console.log(distance(randomText(n, 42), randomText(n, 43)));
