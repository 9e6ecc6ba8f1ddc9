#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t count_primes(int64_t n) {
    bool *prime = malloc(n);
    memset(prime, 1, n);
    int64_t count = 0;
    for (int64_t i = 2; i < n; i++) {
        if (!prime[i]) continue;
        count++;
        for (int64_t multiple = i * i; multiple < n; multiple += i) prime[multiple] = false;
    }
    return count;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 20000000;
    printf("%lld\n", (long long)count_primes(n));
}
