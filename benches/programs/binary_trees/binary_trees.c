#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Node {
    struct Node *left, *right;
} Node;

static Node *make(int64_t depth) {
    Node *node = malloc(sizeof *node);
    if (depth == 0) {
        node->left = node->right = NULL;
    } else {
        node->left = make(depth - 1);
        node->right = make(depth - 1);
    }
    return node;
}

static int64_t count(const Node *node) {
    int64_t total = 1;
    if (node->left) total += count(node->left);
    if (node->right) total += count(node->right);
    return total;
}

static void release(Node *node) {
    if (node->left) release(node->left);
    if (node->right) release(node->right);
    free(node);
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 16;
    Node *long_lived = make(n);
    for (int64_t depth = 4; depth <= n; depth += 4) {
        int64_t trees = (int64_t)1 << (n - depth + 4);
        int64_t total = 0;
        for (int64_t i = 0; i < trees; i++) {
            Node *tree = make(depth);
            total += count(tree);
            release(tree);
        }
        printf("%lld %lld %lld\n", (long long)trees, (long long)depth, (long long)total);
    }
    printf("%lld\n", (long long)count(long_lived));
}
