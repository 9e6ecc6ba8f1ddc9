import sys


def chain_length(n):
    steps = 1
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500000
    longest = 0
    at = 0
    for start in range(1, n):
        steps = chain_length(start)
        if steps > longest:
            longest = steps
            at = start
    print(at, longest)


main()
