import java.util.Arrays;

class Main {
    /** A growing array, used as a heap: what the others have built in, without boxes. */
    static final class Heap {
        long[] items = new long[16];
        int length = 0;

        void push(long key) {
            if (length == items.length) items = Arrays.copyOf(items, length * 2);
            int at = length++;
            while (at > 0) {
                int parent = at - 1 >> 1;
                if (items[parent] <= key) break;
                items[at] = items[parent];
                at = parent;
            }
            items[at] = key;
        }

        long pop() {
            long smallest = items[0];
            int n = --length;
            long key = items[n];
            if (n == 0) return smallest;
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child >= n) break;
                if (child + 1 < n && items[child + 1] < items[child]) child++;
                if (items[child] >= key) break;
                items[at] = items[child];
                at = child;
            }
            items[at] = key;
            return smallest;
        }
    }

    static long[] distances(int n, long[] targets, long[] weights) {
        long[] found = new long[n];
        Arrays.fill(found, -1);
        Heap heap = new Heap();
        heap.push(0);
        while (heap.length > 0) {
            long key = heap.pop();
            long distance = key / n;
            int node = (int) (key % n);
            if (found[node] >= 0) continue;
            found[node] = distance;
            for (int edge = node * 5; edge < node * 5 + 5; edge++) {
                long target = targets[edge];
                if (found[(int) target] < 0) heap.push((distance + weights[edge]) * n + target);
            }
        }
        return found;
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 200000;
        long[] targets = new long[5 * n], weights = new long[5 * n];
        long state = 42;
        for (int i = 0; i < 5 * n; i++) {
            state = state * 16807 % 2147483647;
            targets[i] = state % n;
            state = state * 16807 % 2147483647;
            weights[i] = state % 1000 + 1;
        }
        long reached = 0, farthest = 0, checksum = 0;
        for (long distance : distances(n, targets, weights)) {
            if (distance >= 0) {
                reached++;
                farthest = Math.max(farthest, distance);
            }
            checksum = (checksum * 31 + distance + 1) % 1000000007;
        }
        System.out.println(reached + " " + farthest + " " + checksum);
    }
}
