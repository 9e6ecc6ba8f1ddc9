import sys


def random_floats(n):
    xs = []
    state = 42
    for _ in range(n):
        state = state * 16807 % 2147483647
        xs.append(state / 2147483647.0)
    return xs


def sift_down(xs, start, end):
    root = start
    value = xs[root]
    while True:
        child = 2 * root + 1
        if child >= end:
            break
        if child + 1 < end and xs[child] < xs[child + 1]:
            child += 1
        if value >= xs[child]:
            break
        xs[root] = xs[child]
        root = child
    xs[root] = value


def heapsort(xs):
    n = len(xs)
    for start in range(n // 2 - 1, -1, -1):
        sift_down(xs, start, n)
    for end in range(n - 1, 0, -1):
        largest = xs[0]
        xs[0] = xs[end]
        xs[end] = largest
        sift_down(xs, 0, end)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
    xs = random_floats(n)
    heapsort(xs)
    checksum = 0.0
    for i in range(n):
        checksum += xs[i] * (i % 7)
    print(f"{xs[0]:.9f} {xs[n // 2]:.9f} {checksum:.4f}")


main()
