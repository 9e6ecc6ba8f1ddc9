#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static double *random_floats(int64_t n) {
    double *xs = malloc(n * sizeof *xs);
    int64_t state = 42;
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        xs[i] = (double)state / 2147483647.0;
    }
    return xs;
}

static void sift_down(double *xs, int64_t start, int64_t end) {
    int64_t root = start;
    double value = xs[root];
    for (;;) {
        int64_t child = 2 * root + 1;
        if (child >= end) break;
        if (child + 1 < end && xs[child] < xs[child + 1]) child++;
        if (value >= xs[child]) break;
        xs[root] = xs[child];
        root = child;
    }
    xs[root] = value;
}

static void heapsort_floats(double *xs, int64_t n) {
    for (int64_t start = n / 2 - 1; start >= 0; start--) sift_down(xs, start, n);
    for (int64_t end = n - 1; end > 0; end--) {
        double largest = xs[0];
        xs[0] = xs[end];
        xs[end] = largest;
        sift_down(xs, 0, end);
    }
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 1000000;
    double *xs = random_floats(n);
    heapsort_floats(xs, n);
    double checksum = 0.0;
    for (int64_t i = 0; i < n; i++) checksum += xs[i] * (double)(i % 7);
    printf("%.9f %.9f %.4f\n", xs[0], xs[n / 2], checksum);
}
