import sys


def make_text(n):
    words = []
    state = 42
    for _ in range(n):
        state = state * 16807 % 2147483647
        r = state % 1000
        words.append(f"w{r * r // 200}")
    return " ".join(words)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1500000
    text = make_text(n)
    counts = {}
    for word in text.split(" "):
        counts[word] = counts.get(word, 0) + 1
    most = 0
    checksum = 0
    for word, count in counts.items():
        most = max(most, count)
        checksum += count * count % 1009 * len(word)
    print(len(text), len(counts), most, checksum)


main()
