#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t *random_ints(int64_t n) {
    int64_t *xs = malloc(n * sizeof *xs);
    int64_t state = 42;
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        xs[i] = state;
    }
    return xs;
}

static void quicksort(int64_t *xs, int64_t low, int64_t high) {
    while (low < high) {
        int64_t pivot = xs[low + ((high - low) >> 1)];
        int64_t i = low, j = high;
        while (i <= j) {
            while (xs[i] < pivot) i++;
            while (xs[j] > pivot) j--;
            if (i <= j) {
                int64_t t = xs[i];
                xs[i] = xs[j];
                xs[j] = t;
                i++;
                j--;
            }
        }
        quicksort(xs, low, j);
        low = i;
    }
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 2000000;
    int64_t *xs = random_ints(n);
    quicksort(xs, 0, n - 1);
    int64_t checksum = 0;
    for (int64_t i = 0; i < n; i++) checksum = (checksum * 31 + xs[i]) % 1000000007;
    printf("%lld %lld %lld\n", (long long)xs[0], (long long)xs[n - 1], (long long)checksum);
}
