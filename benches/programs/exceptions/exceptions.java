class Main {
    static long check(long i) {
        if (i % 3 == 0) throw new IllegalStateException("multiple of three");
        return i;
    }

    static long twice(long i) {
        return check(i) + check(i + 3);
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 6000000;
        long sum = 0, caught = 0, finished = 0;
        for (long i = 0; i < n; i++) {
            try {
                sum = (sum + twice(i)) % 1000000007;
            } catch (IllegalStateException e) {
                caught += e.getMessage().length();
            } finally {
                finished++;
            }
        }
        System.out.println(sum + " " + caught + " " + finished);
    }
}
