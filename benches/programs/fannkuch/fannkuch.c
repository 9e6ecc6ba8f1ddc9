#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 10;
    int64_t *permutation = malloc(n * 8), *flipped = malloc(n * 8), *count = malloc(n * 8);
    for (int64_t i = 0; i < n; i++) permutation[i] = i;
    int64_t checksum = 0, max_flips = 0, index = 0, r = n;
    for (;; index++) {
        for (; r != 1; r--) count[r - 1] = r;
        for (int64_t i = 0; i < n; i++) flipped[i] = permutation[i];
        int64_t flips = 0;
        for (int64_t k = flipped[0]; k != 0; k = flipped[0]) {
            for (int64_t low = 0, high = k; low < high; low++, high--) {
                int64_t t = flipped[low];
                flipped[low] = flipped[high];
                flipped[high] = t;
            }
            flips++;
        }
        if (flips > max_flips) max_flips = flips;
        checksum += index % 2 == 0 ? flips : -flips;
        for (;;) {
            if (r == n) {
                printf("%lld %lld\n", (long long)checksum, (long long)max_flips);
                return 0;
            }
            int64_t first = permutation[0];
            for (int64_t i = 0; i < r; i++) permutation[i] = permutation[i + 1];
            permutation[r] = first;
            if (--count[r] > 0) break;
            r++;
        }
    }
}
