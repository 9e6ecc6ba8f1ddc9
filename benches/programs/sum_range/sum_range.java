class Main {
    static long sumRange(long n) {
        long total = 0;
        for (long i = 0; i < n; i++) total += i;
        return total;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 100000000;
        System.out.println(sumRange(n));
    }
}
