import sys


def random_text(n, seed):
    text = bytearray()
    state = seed
    for _ in range(n):
        state = state * 16807 % 2147483647
        text.append(97 + state % 4)
    return bytes(text)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i in range(len(a)):
        diagonal = row[0]
        row[0] = i + 1
        c = a[i]
        for j in range(len(b)):
            above = row[j + 1]
            best = diagonal if c == b[j] else diagonal + 1
            if above + 1 < best:
                best = above + 1
            if row[j] + 1 < best:
                best = row[j] + 1
            row[j + 1] = best
            diagonal = above
    return row[len(b)]


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    print(distance(random_text(n, 42), random_text(n, 43)))


main()
