class Main {
    static long sumLoop(long n) {
        long total = 0;
        for (long i = 0; i < n; i++) total += i * 3 % 7;
        return total;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 100000000;
        System.out.println(sumLoop(n));
    }
}
