import sys


def push(heap, key):
    heap.append(key)
    at = len(heap) - 1
    while at > 0:
        parent = at - 1 >> 1
        if heap[parent] <= key:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = key


def pop(heap):
    smallest = heap[0]
    key = heap.pop()
    n = len(heap)
    if n == 0:
        return smallest
    at = 0
    while True:
        child = 2 * at + 1
        if child >= n:
            break
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = key
    return smallest


def distances(n, targets, weights):
    found = [-1] * n
    heap = []
    push(heap, 0)
    while len(heap) > 0:
        key = pop(heap)
        distance = key // n
        node = key % n
        if found[node] >= 0:
            continue
        found[node] = distance
        for edge in range(node * 5, node * 5 + 5):
            target = targets[edge]
            if found[target] < 0:
                push(heap, (distance + weights[edge]) * n + target)
    return found


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    targets = []
    weights = []
    state = 42
    for i in range(5 * n):
        state = state * 16807 % 2147483647
        targets.append(state % n)
        state = state * 16807 % 2147483647
        weights.append(state % 1000 + 1)
    reached = 0
    farthest = 0
    checksum = 0
    for distance in distances(n, targets, weights):
        if distance >= 0:
            reached += 1
            farthest = max(farthest, distance)
        checksum = (checksum * 31 + distance + 1) % 1000000007
    print(reached, farthest, checksum)


main()
