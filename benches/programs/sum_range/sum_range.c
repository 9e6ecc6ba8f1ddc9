#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t sum_range(int64_t last) {
    int64_t total = 0;
    for (int64_t i = 1; i <= last; i++) total += i;
    return total;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 300;
    int64_t checksum = 0;
    for (int64_t turn = 0; turn < n; turn++) checksum += sum_range(1000000 + turn);
    printf("%lld\n", (long long)checksum);
}
