class Main {
    static String randomText(int n, long seed) {
        StringBuilder text = new StringBuilder();
        long state = seed;
        for (int i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            text.append((char) (97 + state % 4));
        }
        return text.toString();
    }

    static long distance(String a, String b) {
        long[] row = new long[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 0; i < a.length(); i++) {
            long diagonal = row[0];
            row[0] = i + 1;
            char c = a.charAt(i);
            for (int j = 0; j < b.length(); j++) {
                long above = row[j + 1];
                long best = c == b.charAt(j) ? diagonal : diagonal + 1;
                if (above + 1 < best) best = above + 1;
                if (row[j] + 1 < best) best = row[j] + 1;
                row[j + 1] = best;
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 8000;
        System.out.println(distance(randomText(n, 42), randomText(n, 43)));
    }
}
