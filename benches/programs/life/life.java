class Main {
    static byte[] firstGeneration(int n) {
        byte[] cells = new byte[n * n];
        long state = 42;
        for (int i = 0; i < n * n; i++) {
            state = state * 16807 % 2147483647;
            cells[i] = (byte) (state % 100 < 30 ? 1 : 0);
        }
        return cells;
    }

    static void step(byte[] cells, byte[] next, int n) {
        for (int y = 0; y < n; y++) {
            int above = (y == 0 ? n - 1 : y - 1) * n, here = y * n, below = (y == n - 1 ? 0 : y + 1) * n;
            for (int x = 0; x < n; x++) {
                int left = x == 0 ? n - 1 : x - 1, right = x == n - 1 ? 0 : x + 1;
                int neighbours = cells[above + left] + cells[above + x] + cells[above + right]
                    + cells[here + left] + cells[here + right]
                    + cells[below + left] + cells[below + x] + cells[below + right];
                if (neighbours == 3 || neighbours == 2 && cells[here + x] == 1) {
                    next[here + x] = 1;
                } else {
                    next[here + x] = 0;
                }
            }
        }
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        byte[] cells = firstGeneration(n);
        byte[] next = cells.clone();
        for (int generation = 0; generation < 100; generation++) {
            step(cells, next, n);
            byte[] t = cells;
            cells = next;
            next = t;
        }
        long alive = 0, checksum = 0;
        for (int i = 0; i < n * n; i++) {
            if (cells[i] == 1) {
                alive++;
                checksum = (checksum * 31 + i) % 1000000007;
            }
        }
        System.out.println(alive + " " + checksum);
    }
}
