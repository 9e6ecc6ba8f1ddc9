class Board {
  constructor(n) {
    this.n = n;
    this.columns = new Uint8Array(n);
    this.rising = new Uint8Array(2 * n - 1);
    this.falling = new Uint8Array(2 * n - 1);
  }
}

function place(board, row) {
  const n = board.n;
  if (row === n) return 1;
  let solutions = 0;
  for (let column = 0; column < n; column++) {
    const up = row + column, down = row - column + n - 1;
    if (!board.columns[column] && !board.rising[up] && !board.falling[down]) {
      board.columns[column] = 1;
      board.rising[up] = 1;
      board.falling[down] = 1;
      solutions += place(board, row + 1);
      board.columns[column] = 0;
      board.rising[up] = 0;
      board.falling[down] = 0;
    }
  }
  return solutions;
}

const n = Number(process.argv[2] ?? 13);
console.log(place(new Board(n), 0));
