#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t sum_range(int64_t n) {
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) total += i;
    return total;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 100000000;
    printf("%lld\n", (long long)sum_range(n));
}
