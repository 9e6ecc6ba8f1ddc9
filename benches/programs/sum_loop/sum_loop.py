import sys


def sum_loop(n):
    total = 0
    for i in range(n):
        total += i * 3 % 7
    return total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100000000
    print(sum_loop(n))


main()
