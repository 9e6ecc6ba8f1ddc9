import java.util.HashMap;

class Main {
    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 1000000;
        HashMap<Long, Long> map = new HashMap<>();
        long state = 42;
        for (long i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            long key = state % n;
            map.put(key, map.getOrDefault(key, 0L) + i);
        }
        long found = 0, sum = 0;
        for (long i = 0; i < 2 * n; i++) {
            Long value = map.get(i);
            if (value != null) {
                found++;
                sum = (sum * 31 + value) % 1000000007;
            }
        }
        for (long i = 0; i < n; i += 3) map.remove(i);
        System.out.println(found + " " + sum + " " + map.size());
    }
}
