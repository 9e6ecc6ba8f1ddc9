import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

class Main {
    static String makeText(int n) {
        ArrayList<String> words = new ArrayList<>();
        long state = 42;
        for (int i = 0; i < n; i++) {
            state = state * 16807 % 2147483647;
            long r = state % 1000;
            words.add("w" + r * r / 200);
        }
        return String.join(" ", words);
    }

    public static void main(String[] args) {
        String text = makeText(args.length > 0 ? Integer.parseInt(args[0]) : 1500000);
        HashMap<String, Long> counts = new HashMap<>();
        for (String word : text.split(" ")) counts.put(word, counts.getOrDefault(word, 0L) + 1);
        long most = 0, checksum = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            most = Math.max(most, count);
            checksum += count * count % 1009 * entry.getKey().length();
        }
        System.out.println(text.length() + " " + counts.size() + " " + most + " " + checksum);
    }
}
