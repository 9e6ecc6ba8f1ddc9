import sys


def sum_range(n):
    total = 0
    for i in range(n):
        total += i
    return total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100000000
    print(sum_range(n))


main()
