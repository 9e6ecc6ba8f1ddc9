import sys


class Board:
    __slots__ = ("n", "columns", "rising", "falling")

    def __init__(self, n):
        self.n = n
        self.columns = [False] * n
        self.rising = [False] * (2 * n - 1)
        self.falling = [False] * (2 * n - 1)


def place(board, row):
    n = board.n
    if row == n:
        return 1
    solutions = 0
    for column in range(n):
        up = row + column
        down = row - column + n - 1
        if not board.columns[column] and not board.rising[up] and not board.falling[down]:
            board.columns[column] = True
            board.rising[up] = True
            board.falling[down] = True
            solutions += place(board, row + 1)
            board.columns[column] = False
            board.rising[up] = False
            board.falling[down] = False
    return solutions


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 13
    print(place(Board(n), 0))


main()
