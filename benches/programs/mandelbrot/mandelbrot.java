class Main {
    static long escapeTime(double cr, double ci, long limit) {
        double zr = 0.0, zi = 0.0;
        for (long i = 0; i < limit; i++) {
            double rr = zr * zr, ii = zi * zi;
            if (rr + ii > 4.0) return i;
            zi = 2.0 * zr * zi + ci;
            zr = rr - ii + cr;
        }
        return limit;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 1300;
        long total = 0;
        for (long y = 0; y < n; y++) {
            double ci = 2.0 * (double) y / (double) n - 1.0;
            for (long x = 0; x < n; x++) {
                double cr = 2.0 * (double) x / (double) n - 1.5;
                total += escapeTime(cr, ci, 50);
            }
        }
        System.out.println(total);
    }
}
