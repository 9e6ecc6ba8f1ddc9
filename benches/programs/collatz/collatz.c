#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t chain_length(int64_t n) {
    int64_t steps = 1;
    while (n != 1) {
        if (n % 2 == 0)
            n = n / 2;
        else
            n = 3 * n + 1;
        steps++;
    }
    return steps;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 500000;
    int64_t longest = 0, at = 0;
    for (int64_t start = 1; start < n; start++) {
        int64_t steps = chain_length(start);
        if (steps > longest) {
            longest = steps;
            at = start;
        }
    }
    printf("%lld %lld\n", (long long)at, (long long)longest);
}
