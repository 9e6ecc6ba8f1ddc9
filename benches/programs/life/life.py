import sys


def first_generation(n):
    cells = bytearray()
    state = 42
    for _ in range(n * n):
        state = state * 16807 % 2147483647
        cells.append(1 if state % 100 < 30 else 0)
    return cells


def step(cells, after, n):
    for y in range(n):
        above = (n - 1 if y == 0 else y - 1) * n
        here = y * n
        below = (0 if y == n - 1 else y + 1) * n
        for x in range(n):
            left = n - 1 if x == 0 else x - 1
            right = 0 if x == n - 1 else x + 1
            neighbours = (
                cells[above + left] + cells[above + x] + cells[above + right]
                + cells[here + left] + cells[here + right]
                + cells[below + left] + cells[below + x] + cells[below + right]
            )
            if neighbours == 3 or neighbours == 2 and cells[here + x] == 1:
                after[here + x] = 1
            else:
                after[here + x] = 0


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    cells = first_generation(n)
    after = cells[:]
    for _ in range(100):
        step(cells, after, n)
        cells, after = after, cells
    alive = 0
    checksum = 0
    for i in range(n * n):
        if cells[i] == 1:
            alive += 1
            checksum = (checksum * 31 + i) % 1000000007
    print(alive, checksum)


main()
