import java.util.Arrays;

class Main {
    record Item(long id, long place, int group) {}

    interface Order {
        long compare(Item a, Item b);
    }

    static Order byId() {
        return (a, b) -> a.id - b.id;
    }

    static Order near(long centre) {
        return (a, b) -> Math.abs(a.place - centre) - Math.abs(b.place - centre);
    }

    static Order byRank(long[] ranks) {
        return (a, b) -> ranks[a.group] - ranks[b.group];
    }

    static Order descending(Order order) {
        return (a, b) -> order.compare(b, a);
    }

    static Order then(Order first, Order second) {
        return (a, b) -> {
            long result = first.compare(a, b);
            return result != 0 ? result : second.compare(a, b);
        };
    }

    static void sortBy(Item[] items, Order order) {
        Arrays.sort(items, (a, b) -> (int) order.compare(a, b));
    }

    static long checksum(Item[] items) {
        long sum = 0;
        for (Item item : items) sum = (sum * 31 + item.id) % 1000000007;
        return sum;
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 80000;
        Item[] items = new Item[n];
        long state = 42;
        for (int id = 0; id < n; id++) {
            state = state * 16807 % 2147483647;
            long place = state % 1000;
            state = state * 16807 % 2147483647;
            items[id] = new Item(id, place, (int) (state % 16));
        }
        long[] ranks = new long[16];
        for (int group = 0; group < 16; group++) ranks[group] = group * 7 % 16;
        for (long centre = 100; centre < 1000; centre += 400) {
            sortBy(items, then(near(centre), byId()));
            System.out.println(checksum(items));
            sortBy(items, then(byRank(ranks), then(descending(near(centre)), byId())));
            System.out.println(checksum(items));
        }
    }
}
