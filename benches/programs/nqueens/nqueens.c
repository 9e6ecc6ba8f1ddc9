#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int64_t n;
    bool *columns, *rising, *falling;
} Board;

static int64_t place(Board *board, int64_t row) {
    int64_t n = board->n;
    if (row == n) return 1;
    int64_t solutions = 0;
    for (int64_t column = 0; column < n; column++) {
        int64_t up = row + column, down = row - column + n - 1;
        if (!board->columns[column] && !board->rising[up] && !board->falling[down]) {
            board->columns[column] = true;
            board->rising[up] = true;
            board->falling[down] = true;
            solutions += place(board, row + 1);
            board->columns[column] = false;
            board->rising[up] = false;
            board->falling[down] = false;
        }
    }
    return solutions;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 13;
    Board board = {n, calloc(n, 1), calloc(2 * n, 1), calloc(2 * n, 1)};
    printf("%lld\n", (long long)place(&board, 0));
}
