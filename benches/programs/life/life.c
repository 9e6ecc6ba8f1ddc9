#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void step(const unsigned char *cells, unsigned char *next, int64_t n) {
    for (int64_t y = 0; y < n; y++) {
        int64_t above = (y == 0 ? n - 1 : y - 1) * n, here = y * n, below = (y == n - 1 ? 0 : y + 1) * n;
        for (int64_t x = 0; x < n; x++) {
            int64_t left = x == 0 ? n - 1 : x - 1, right = x == n - 1 ? 0 : x + 1;
            int64_t neighbours = cells[above + left] + cells[above + x] + cells[above + right]
                + cells[here + left] + cells[here + right]
                + cells[below + left] + cells[below + x] + cells[below + right];
            next[here + x] = neighbours == 3 || (neighbours == 2 && cells[here + x] == 1);
        }
    }
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 500;
    unsigned char *cells = malloc(n * n), *next = malloc(n * n);
    int64_t state = 42;
    for (int64_t i = 0; i < n * n; i++) {
        state = state * 16807 % 2147483647;
        cells[i] = state % 100 < 30;
    }
    for (int generation = 0; generation < 100; generation++) {
        step(cells, next, n);
        unsigned char *t = cells;
        cells = next;
        next = t;
    }
    int64_t alive = 0, checksum = 0;
    for (int64_t i = 0; i < n * n; i++) {
        if (cells[i] != 1) continue;
        alive++;
        checksum = (checksum * 31 + i) % 1000000007;
    }
    printf("%lld %lld\n", (long long)alive, (long long)checksum);
}
