#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static double **matrix(int64_t n, double seed) {
    double **rows = malloc(n * sizeof *rows);
    for (int64_t i = 0; i < n; i++) {
        rows[i] = malloc(n * sizeof **rows);
        for (int64_t j = 0; j < n; j++) rows[i][j] = (double)(i - j) * (double)(i + j) * seed;
    }
    return rows;
}

static double **multiply(double **a, double **b, int64_t n) {
    double **c = malloc(n * sizeof *c);
    for (int64_t i = 0; i < n; i++) {
        double *row = malloc(n * sizeof *row);
        double *a_row = a[i];
        for (int64_t j = 0; j < n; j++) {
            double sum = 0.0;
            for (int64_t k = 0; k < n; k++) sum += a_row[k] * b[k][j];
            row[j] = sum;
        }
        c[i] = row;
    }
    return c;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 600;
    double seed = 1.0 / (double)n / (double)n;
    double **c = multiply(matrix(n, seed), matrix(n, seed), n);
    double trace = 0.0;
    for (int64_t i = 0; i < n; i++) trace += c[i][i];
    printf("%.9f %.9f\n", c[n / 2][n / 2], trace);
}
