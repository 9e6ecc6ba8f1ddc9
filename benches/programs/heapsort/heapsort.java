import java.util.Locale;

class Main {
    static double[] randomFloats(int n) {
        double[] xs = new double[n];
        long state = 42;
        for (int i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            xs[i] = (double) state / 2147483647.0;
        }
        return xs;
    }

    static void siftDown(double[] xs, int start, int end) {
        int root = start;
        double value = xs[root];
        while (true) {
            int child = 2 * root + 1;
            if (child >= end) break;
            if (child + 1 < end && xs[child] < xs[child + 1]) child++;
            if (value >= xs[child]) break;
            xs[root] = xs[child];
            root = child;
        }
        xs[root] = value;
    }

    static void heapsort(double[] xs) {
        int n = xs.length;
        for (int start = n / 2 - 1; start >= 0; start--) siftDown(xs, start, n);
        for (int end = n - 1; end > 0; end--) {
            double largest = xs[0];
            xs[0] = xs[end];
            xs[end] = largest;
            siftDown(xs, 0, end);
        }
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 1000000;
        double[] xs = randomFloats(n);
        heapsort(xs);
        double checksum = 0.0;
        for (int i = 0; i < n; i++) checksum += xs[i] * (double) (i % 7);
        System.out.println(String.format(Locale.ROOT, "%.9f %.9f %.4f", xs[0], xs[n / 2], checksum));
    }
}
