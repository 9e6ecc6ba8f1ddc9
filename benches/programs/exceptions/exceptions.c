#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf handler;
static const char *thrown;

static int64_t check(int64_t i) {
    if (i % 3 == 0) {
        thrown = "multiple of three";
        longjmp(handler, 1);
    }
    return i;
}

__attribute__((noinline)) static int64_t twice(int64_t i) {
    return check(i) + check(i + 3);
}

int main(int argc, char **argv) {
    volatile int64_t n = argc > 1 ? atoll(argv[1]) : 6000000;
    volatile int64_t sum = 0, caught = 0, finished = 0;
    for (volatile int64_t i = 0; i < n; i++) {
        if (setjmp(handler) == 0)
            sum = (sum + twice(i)) % 1000000007;
        else
            caught += (int64_t)strlen(thrown);
        finished++;
    }
    printf("%lld %lld %lld\n", (long long)sum, (long long)caught, (long long)finished);
}
