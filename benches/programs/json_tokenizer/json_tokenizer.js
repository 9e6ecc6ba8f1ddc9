function makeText(n) {
  const records = [];
  let state = 42;
  for (let i = 0; i < n; i++) {
    state = (state * 16807) % 2147483647;
    records.push(
      `{"id": ${i}, "name": "user${state % 1000}", "tags": [true, false, null], "score": ${state % 100000}}`,
    );
  }
  return "[" + records.join(",\n") + "]";
}

function isLetter(c) {
  return c >= 97 && c <= 122;
}

function isDigitByte(c) {
  return c >= 48 && c <= 57;
}

function tokenize(text, tokens) {
  const counts = { punctuation: 0, words: 0, strings: 0, stringBytes: 0, numberSum: 0 };
  let i = 0;
  const end = text.length;
  while (i < end) {
    const c = text.charCodeAt(i);
    if (c === 32 || c === 10) {
      i++;
    } else if (c === 34) {
      const start = ++i;
      while (text.charCodeAt(i) !== 34) i++;
      const token = text.slice(start, i);
      i++;
      tokens.push(token);
      counts.strings++;
      counts.stringBytes += token.length;
    } else if (isDigitByte(c)) {
      let value = 0;
      for (; i < end && isDigitByte(text.charCodeAt(i)); i++) value = value * 10 + text.charCodeAt(i) - 48;
      counts.numberSum += value;
    } else if (isLetter(c)) {
      while (i < end && isLetter(text.charCodeAt(i))) i++;
      counts.words++;
    } else {
      counts.punctuation++;
      i++;
    }
  }
  return counts;
}

const n = Number(process.argv[2] ?? 200000);
const text = makeText(n);
const tokens = [];
const c = tokenize(text, tokens);
console.log(
  `${text.length} ${c.punctuation} ${c.words} ${c.strings} ${c.stringBytes} ${c.numberSum} ${tokens[tokens.length - 3]}`,
);
