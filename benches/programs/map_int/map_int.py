import sys


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
    counts = {}
    state = 42
    for i in range(n):
        state = state * 16807 % 2147483647
        key = state % n
        counts[key] = counts.get(key, 0) + i
    found = 0
    total = 0
    for i in range(2 * n):
        if i in counts:
            found += 1
            total = (total * 31 + counts[i]) % 1000000007
    for i in range(0, n, 3):
        counts.pop(i, None)
    print(found, total, len(counts))


main()
