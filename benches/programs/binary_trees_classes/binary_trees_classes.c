#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree Tree;

typedef struct {
    int64_t (*check)(const Tree *);
    void (*release)(Tree *);
} Methods;

struct Tree {
    const Methods *methods;
    int64_t item;
};

typedef struct {
    Tree base;
    Tree *left, *right;
} Branch;

static int64_t check_leaf(const Tree *tree) {
    return tree->item;
}

static void release_leaf(Tree *tree) {
    free(tree);
}

static int64_t check_branch(const Tree *tree) {
    const Branch *branch = (const Branch *)tree;
    return tree->item + branch->left->methods->check(branch->left) - branch->right->methods->check(branch->right);
}

static void release_branch(Tree *tree) {
    Branch *branch = (Branch *)tree;
    branch->left->methods->release(branch->left);
    branch->right->methods->release(branch->right);
    free(branch);
}

static const Methods leaf_methods = {check_leaf, release_leaf};
static const Methods branch_methods = {check_branch, release_branch};

static Tree *make(int64_t item, int64_t depth) {
    if (depth == 0) {
        Tree *leaf = malloc(sizeof *leaf);
        leaf->methods = &leaf_methods;
        leaf->item = item;
        return leaf;
    }
    Branch *branch = malloc(sizeof *branch);
    branch->base.methods = &branch_methods;
    branch->base.item = item;
    branch->left = make(2 * item - 1, depth - 1);
    branch->right = make(2 * item, depth - 1);
    return &branch->base;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 16;
    Tree *long_lived = make(1, n);
    for (int64_t depth = 4; depth <= n; depth += 4) {
        int64_t trees = (int64_t)1 << (n - depth + 4);
        int64_t total = 0;
        for (int64_t i = 0; i < trees; i++) {
            Tree *tree = make(i, depth);
            total += tree->methods->check(tree);
            tree->methods->release(tree);
        }
        printf("%lld %lld %lld\n", (long long)trees, (long long)depth, (long long)total);
    }
    printf("%lld\n", (long long)long_lived->methods->check(long_lived));
}
