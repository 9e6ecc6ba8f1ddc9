import sys


def random_ints(n):
    xs = []
    state = 42
    for _ in range(n):
        state = state * 16807 % 2147483647
        xs.append(state)
    return xs


def quicksort(xs, low, high):
    while low < high:
        pivot = xs[low + (high - low >> 1)]
        i = low
        j = high
        while i <= j:
            while xs[i] < pivot:
                i += 1
            while xs[j] > pivot:
                j -= 1
            if i <= j:
                t = xs[i]
                xs[i] = xs[j]
                xs[j] = t
                i += 1
                j -= 1
        quicksort(xs, low, j)
        low = i


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000000
    xs = random_ints(n)
    quicksort(xs, 0, n - 1)
    checksum = 0
    for i in range(n):
        checksum = (checksum * 31 + xs[i]) % 1000000007
    print(xs[0], xs[n - 1], checksum)


main()
