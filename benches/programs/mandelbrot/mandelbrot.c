#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t escape_time(double cr, double ci, int64_t limit) {
    double zr = 0.0, zi = 0.0;
    for (int64_t i = 0; i < limit; i++) {
        double rr = zr * zr, ii = zi * zi;
        if (rr + ii > 4.0) return i;
        zi = 2.0 * zr * zi + ci;
        zr = rr - ii + cr;
    }
    return limit;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 1300;
    int64_t total = 0;
    for (int64_t y = 0; y < n; y++) {
        double ci = 2.0 * (double)y / (double)n - 1.0;
        for (int64_t x = 0; x < n; x++) {
            double cr = 2.0 * (double)x / (double)n - 1.5;
            total += escape_time(cr, ci, 50);
        }
    }
    printf("%lld\n", (long long)total);
}
