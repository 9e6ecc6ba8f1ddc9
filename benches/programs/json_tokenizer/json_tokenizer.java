import java.util.ArrayList;

class Main {
    static final class Counts {
        long punctuation, words, strings, stringBytes, numberSum;
    }

    static String makeText(int n) {
        ArrayList<String> records = new ArrayList<>();
        long state = 42;
        for (int i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            records.add("{\"id\": " + i + ", \"name\": \"user" + state % 1000
                + "\", \"tags\": [true, false, null], \"score\": " + state % 100000 + "}");
        }
        return "[" + String.join(",\n", records) + "]";
    }

    static boolean isLetter(char c) {
        return c >= 97 && c <= 122;
    }

    static boolean isDigit(char c) {
        return c >= 48 && c <= 57;
    }

    static Counts tokenize(String text, ArrayList<String> tokens) {
        Counts counts = new Counts();
        int i = 0;
        int end = text.length();
        while (i < end) {
            char c = text.charAt(i);
            if (c == 32 || c == 10) {
                i++;
            } else if (c == 34) {
                int start = i + 1;
                i = start;
                while (text.charAt(i) != 34) i++;
                String token = text.substring(start, i);
                i++;
                tokens.add(token);
                counts.strings++;
                counts.stringBytes += token.length();
            } else if (isDigit(c)) {
                long value = 0;
                while (i < end && isDigit(text.charAt(i))) {
                    value = value * 10 + text.charAt(i) - 48;
                    i++;
                }
                counts.numberSum += value;
            } else if (isLetter(c)) {
                while (i < end && isLetter(text.charAt(i))) i++;
                counts.words++;
            } else {
                counts.punctuation++;
                i++;
            }
        }
        return counts;
    }

    public static void main(String[] args) {
        String text = makeText(args.length > 0 ? Integer.parseInt(args[0]) : 200000);
        ArrayList<String> tokens = new ArrayList<>();
        Counts c = tokenize(text, tokens);
        System.out.println(text.length() + " " + c.punctuation + " " + c.words + " " + c.strings + " "
            + c.stringBytes + " " + c.numberSum + " " + tokens.get(tokens.size() - 3));
    }
}
