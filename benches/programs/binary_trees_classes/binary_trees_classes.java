class Main {
    static abstract class Tree {
        final long item;

        Tree(long item) {
            this.item = item;
        }

        abstract long check();
    }

    static final class Leaf extends Tree {
        Leaf(long item) {
            super(item);
        }

        @Override
        long check() {
            return item;
        }
    }

    static final class Branch extends Tree {
        final Tree left, right;

        Branch(long item, Tree left, Tree right) {
            super(item);
            this.left = left;
            this.right = right;
        }

        @Override
        long check() {
            return item + left.check() - right.check();
        }
    }

    static Tree make(long item, long depth) {
        if (depth == 0) return new Leaf(item);
        return new Branch(item, make(2 * item - 1, depth - 1), make(2 * item, depth - 1));
    }

    public static void main(String[] args) {
        long n = args.length > 0 ? Long.parseLong(args[0]) : 16;
        Tree longLived = make(1, n);
        for (long depth = 4; depth <= n; depth += 4) {
            long trees = 1L << (n - depth + 4);
            long total = 0;
            for (long i = 0; i < trees; i++) total += make(i, depth).check();
            System.out.println(trees + " " + depth + " " + total);
        }
        System.out.println(longLived.check());
    }
}
