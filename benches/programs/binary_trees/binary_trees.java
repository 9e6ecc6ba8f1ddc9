class Main {
    static final class Node {
        final Node left, right;

        Node(Node left, Node right) {
            this.left = left;
            this.right = right;
        }
    }

    static Node make(long depth) {
        if (depth == 0) return new Node(null, null);
        return new Node(make(depth - 1), make(depth - 1));
    }

    static long count(Node node) {
        long total = 1;
        if (node.left != null) total += count(node.left);
        if (node.right != null) total += count(node.right);
        return total;
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 16;
        Node longLived = make(n);
        for (long depth = 4; depth <= n; depth += 4) {
            long trees = 1L << (n - depth + 4);
            long total = 0;
            for (long i = 0; i < trees; i++) total += count(make(depth));
            System.out.println(trees + " " + depth + " " + total);
        }
        System.out.println(count(longLived));
    }
}
