class Main {
    static long checksum = 0, maxFlips = 0;

    static void fannkuch(int n) {
        long[] permutation = new long[n], flipped = new long[n], count = new long[n];
        for (int i = 0; i < n; i++) permutation[i] = i;
        int r = n;
        for (long index = 0; ; index++) {
            for (; r != 1; r--) count[r - 1] = r;
            for (int i = 0; i < n; i++) flipped[i] = permutation[i];
            long flips = 0;
            for (int k = (int) flipped[0]; k != 0; k = (int) flipped[0]) {
                for (int low = 0, high = k; low < high; low++, high--) {
                    long t = flipped[low];
                    flipped[low] = flipped[high];
                    flipped[high] = t;
                }
                flips++;
            }
            if (flips > maxFlips) maxFlips = flips;
            checksum += index % 2 == 0 ? flips : -flips;
            for (;;) {
                if (r == n) return;
                long first = permutation[0];
                for (int i = 0; i < r; i++) permutation[i] = permutation[i + 1];
                permutation[r] = first;
                if (--count[r] > 0) break;
                r++;
            }
        }
    }

    public static void main(String[] args) {
        fannkuch(args.length > 0 ? Integer.parseInt(args[0]) : 10);
        System.out.println(checksum + " " + maxFlips);
    }
}
