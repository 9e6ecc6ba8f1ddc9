#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned char *random_text(int64_t n, int64_t seed) {
    unsigned char *text = malloc(n);
    int64_t state = seed;
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        text[i] = 97 + state % 4;
    }
    return text;
}

static int64_t distance(const unsigned char *a, const unsigned char *b, int64_t n) {
    int64_t *row = malloc((n + 1) * sizeof *row);
    for (int64_t j = 0; j <= n; j++) row[j] = j;
    for (int64_t i = 0; i < n; i++) {
        int64_t diagonal = row[0];
        row[0] = i + 1;
        unsigned char c = a[i];
        for (int64_t j = 0; j < n; j++) {
            int64_t above = row[j + 1];
            int64_t best = c == b[j] ? diagonal : diagonal + 1;
            if (above + 1 < best) best = above + 1;
            if (row[j] + 1 < best) best = row[j] + 1;
            row[j + 1] = best;
            diagonal = above;
        }
    }
    return row[n];
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 8000;
    printf("%lld\n", (long long)distance(random_text(n, 42), random_text(n, 43), n));
}
