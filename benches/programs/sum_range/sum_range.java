class Main {
    static long sumRange(long last) {
        long total = 0;
        for (long i = 1; i <= last; i++) total += i;
        return total;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 300;
        long checksum = 0;
        for (long turn = 0; turn < n; turn++) checksum += sumRange(1000000 + turn);
        System.out.println(checksum);
    }
}
