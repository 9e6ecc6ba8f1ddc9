#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static double element(int64_t i, int64_t j) {
    int64_t ij = i + j;
    return 1.0 / (double)((ij * (ij + 1) >> 1) + i + 1);
}

static void multiply_av(int64_t n, const double *v, double *result) {
    for (int64_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int64_t j = 0; j < n; j++) sum += element(i, j) * v[j];
        result[i] = sum;
    }
}

static void multiply_atv(int64_t n, const double *v, double *result) {
    for (int64_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int64_t j = 0; j < n; j++) sum += element(j, i) * v[j];
        result[i] = sum;
    }
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 1600;
    double *u = malloc(n * sizeof *u), *v = calloc(n, sizeof *v), *w = calloc(n, sizeof *w);
    for (int64_t i = 0; i < n; i++) u[i] = 1.0;
    for (int i = 0; i < 10; i++) {
        multiply_av(n, u, w);
        multiply_atv(n, w, v);
        multiply_av(n, v, w);
        multiply_atv(n, w, u);
    }
    double vbv = 0.0, vv = 0.0;
    for (int64_t i = 0; i < n; i++) {
        vbv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    printf("%.9f\n", sqrt(vbv / vv));
}
