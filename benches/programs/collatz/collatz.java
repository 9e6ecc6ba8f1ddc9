class Main {
    static long chainLength(long n) {
        long steps = 1;
        while (n != 1) {
            if (n % 2 == 0) {
                n = n / 2;
            } else {
                n = 3 * n + 1;
            }
            steps++;
        }
        return steps;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 500000;
        long longest = 0, at = 0;
        for (long start = 1; start < n; start++) {
            long steps = chainLength(start);
            if (steps > longest) {
                longest = steps;
                at = start;
            }
        }
        System.out.println(at + " " + longest);
    }
}
