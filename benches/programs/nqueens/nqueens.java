class Main {
    static final class Board {
        final int n;
        final boolean[] columns, rising, falling;

        Board(int n) {
            this.n = n;
            columns = new boolean[n];
            rising = new boolean[2 * n - 1];
            falling = new boolean[2 * n - 1];
        }
    }

    static long place(Board board, int row) {
        int n = board.n;
        if (row == n) return 1;
        long solutions = 0;
        for (int column = 0; column < n; column++) {
            int up = row + column, down = row - column + n - 1;
            if (!board.columns[column] && !board.rising[up] && !board.falling[down]) {
                board.columns[column] = true;
                board.rising[up] = true;
                board.falling[down] = true;
                solutions += place(board, row + 1);
                board.columns[column] = false;
                board.rising[up] = false;
                board.falling[down] = false;
            }
        }
        return solutions;
    }

    public static void main(String[] args) {
        System.out.println(place(new Board(args.length > 0 ? Integer.parseInt(args[0]) : 13), 0));
    }
}
