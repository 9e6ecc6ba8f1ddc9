class Main {
    static long[] randomInts(int n) {
        long[] xs = new long[n];
        long state = 42;
        for (int i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            xs[i] = state;
        }
        return xs;
    }

    static void quicksort(long[] xs, int low, int high) {
        while (low < high) {
            long pivot = xs[low + (high - low >> 1)];
            int i = low, j = high;
            while (i <= j) {
                while (xs[i] < pivot) i++;
                while (xs[j] > pivot) j--;
                if (i <= j) {
                    long t = xs[i];
                    xs[i] = xs[j];
                    xs[j] = t;
                    i++;
                    j--;
                }
            }
            quicksort(xs, low, j);
            low = i;
        }
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 2000000;
        long[] xs = randomInts(n);
        quicksort(xs, 0, n - 1);
        long checksum = 0;
        for (int i = 0; i < n; i++) checksum = (checksum * 31 + xs[i]) % 1000000007;
        System.out.println(xs[0] + " " + xs[n - 1] + " " + checksum);
    }
}
