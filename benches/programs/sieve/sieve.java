import java.util.Arrays;

class Main {
    static long countPrimes(int n) {
        boolean[] prime = new boolean[n];
        Arrays.fill(prime, true);
        long count = 0;
        for (int i = 2; i < n; i++) {
            if (!prime[i]) continue;
            count++;
            for (long multiple = (long) i * i; multiple < n; multiple += i) prime[(int) multiple] = false;
        }
        return count;
    }

    public static void main(String[] args) {
        System.out.println(countPrimes(args.length > 0 ? Integer.parseInt(args[0]) : 20000000));
    }
}
