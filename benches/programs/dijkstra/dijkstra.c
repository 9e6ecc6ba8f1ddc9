#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int64_t *items;
    int64_t length, capacity;
} Ints;

static void append(Ints *ints, int64_t item) {
    if (ints->length == ints->capacity) {
        ints->capacity = ints->capacity ? ints->capacity * 2 : 16;
        ints->items = realloc(ints->items, ints->capacity * sizeof *ints->items);
    }
    ints->items[ints->length++] = item;
}

static void push(Ints *ints, int64_t key) {
    append(ints, key);
    int64_t *heap = ints->items;
    int64_t at = ints->length - 1;
    while (at > 0) {
        int64_t parent = (at - 1) >> 1;
        if (heap[parent] <= key) break;
        heap[at] = heap[parent];
        at = parent;
    }
    heap[at] = key;
}

static int64_t pop(Ints *ints) {
    int64_t *heap = ints->items;
    int64_t smallest = heap[0], n = --ints->length, key = heap[n];
    if (n == 0) return smallest;
    int64_t at = 0;
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= n) break;
        if (child + 1 < n && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= key) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = key;
    return smallest;
}

static int64_t *distances(int64_t n, const int64_t *targets, const int64_t *weights) {
    int64_t *found = malloc(n * sizeof *found);
    for (int64_t i = 0; i < n; i++) found[i] = -1;
    Ints heap = {0};
    push(&heap, 0);
    while (heap.length > 0) {
        int64_t key = pop(&heap);
        int64_t distance = key / n, node = key % n;
        if (found[node] >= 0) continue;
        found[node] = distance;
        for (int64_t edge = node * 5; edge < node * 5 + 5; edge++) {
            int64_t target = targets[edge];
            if (found[target] < 0) push(&heap, (distance + weights[edge]) * n + target);
        }
    }
    return found;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 200000;
    Ints targets = {0}, weights = {0};
    int64_t state = 42;
    for (int64_t i = 0; i < 5 * n; i++) {
        state = state * 16807 % 2147483647;
        append(&targets, state % n);
        state = state * 16807 % 2147483647;
        append(&weights, state % 1000 + 1);
    }
    int64_t *found = distances(n, targets.items, weights.items);
    int64_t reached = 0, farthest = 0, checksum = 0;
    for (int64_t i = 0; i < n; i++) {
        if (found[i] >= 0) {
            reached++;
            if (found[i] > farthest) farthest = found[i];
        }
        checksum = (checksum * 31 + found[i] + 1) % 1000000007;
    }
    printf("%lld %lld %lld\n", (long long)reached, (long long)farthest, (long long)checksum);
}
