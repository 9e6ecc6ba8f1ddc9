import sys


class Tree:
    __slots__ = ("item",)

    def __init__(self, item):
        self.item = item


class Leaf(Tree):
    __slots__ = ()

    def check(self):
        return self.item


class Branch(Tree):
    __slots__ = ("left", "right")

    def __init__(self, item, left, right):
        self.item = item
        self.left = left
        self.right = right

    def check(self):
        return self.item + self.left.check() - self.right.check()


def make(item, depth):
    if depth == 0:
        return Leaf(item)
    return Branch(item, make(2 * item - 1, depth - 1), make(2 * item, depth - 1))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    long_lived = make(1, n)
    for depth in range(4, n + 1, 4):
        trees = 1 << n - depth + 4
        total = 0
        for i in range(trees):
            total += make(i, depth).check()
        print(trees, depth, total)
    print(long_lived.check())


main()
