import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left=None, right=None):
        self.left = left
        self.right = right


def make(depth):
    if depth == 0:
        return Node()
    return Node(make(depth - 1), make(depth - 1))


def count(node):
    total = 1
    if node.left is not None:
        total += count(node.left)
    if node.right is not None:
        total += count(node.right)
    return total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    long_lived = make(n)
    for depth in range(4, n + 1, 4):
        trees = 1 << n - depth + 4
        total = 0
        for _ in range(trees):
            total += count(make(depth))
        print(trees, depth, total)
    print(count(long_lived))


main()
