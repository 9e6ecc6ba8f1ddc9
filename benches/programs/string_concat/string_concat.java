class Main {
    static String build(int n) {
        String alphabet = "abcdefghijklmnopqrstuvwxyz";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            int at = i % 26;
            text.append(alphabet, at, at + 1);
        }
        return text.toString();
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 6000000;
        String text = build(n);
        long sum = 0;
        for (int i = 0; i < text.length(); i += 101) sum += text.charAt(i);
        System.out.println(text.length() + " " + sum);
    }
}
