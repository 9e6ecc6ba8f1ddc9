import sys


def sum_range(last):
    total = 0
    for i in range(1, last + 1):
        total += i
    return total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    checksum = 0
    for turn in range(n):
        checksum += sum_range(1000000 + turn)
    print(checksum)


main()
