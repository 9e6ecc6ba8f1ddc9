#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int64_t id, place, group;
} Record;

/* A function of two records with what it captures. */
typedef struct Order Order;
struct Order {
    int64_t (*call)(const Order *, const Record *, const Record *);
    const Order *first, *second;
    const int64_t *ranks;
    int64_t centre;
};

static Order *allocate(Order captured) {
    Order *order = malloc(sizeof *order);
    *order = captured;
    return order;
}

static int64_t call_by_id(const Order *self, const Record *a, const Record *b) {
    (void)self;
    return a->id - b->id;
}

static int64_t call_near(const Order *self, const Record *a, const Record *b) {
    return llabs(a->place - self->centre) - llabs(b->place - self->centre);
}

static int64_t call_by_rank(const Order *self, const Record *a, const Record *b) {
    return self->ranks[a->group] - self->ranks[b->group];
}

static int64_t call_descending(const Order *self, const Record *a, const Record *b) {
    return self->first->call(self->first, b, a);
}

static int64_t call_then(const Order *self, const Record *a, const Record *b) {
    int64_t result = self->first->call(self->first, a, b);
    return result != 0 ? result : self->second->call(self->second, a, b);
}

static Order *by_id(void) {
    return allocate((Order){.call = call_by_id});
}

static Order *near(int64_t centre) {
    return allocate((Order){.call = call_near, .centre = centre});
}

static Order *by_rank(const int64_t *ranks) {
    return allocate((Order){.call = call_by_rank, .ranks = ranks});
}

static Order *descending(const Order *order) {
    return allocate((Order){.call = call_descending, .first = order});
}

static Order *then(const Order *first, const Order *second) {
    return allocate((Order){.call = call_then, .first = first, .second = second});
}

static int compare(const void *a, const void *b, void *order) {
    const Order *self = order;
    return (int)self->call(self, *(Record *const *)a, *(Record *const *)b);
}

static int64_t checksum(Record **records, int64_t n) {
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) sum = (sum * 31 + records[i]->id) % 1000000007;
    return sum;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 80000;
    Record **records = malloc(n * sizeof *records);
    int64_t state = 42;
    for (int64_t id = 0; id < n; id++) {
        Record *record = malloc(sizeof *record);
        record->id = id;
        state = state * 16807 % 2147483647;
        record->place = state % 1000;
        state = state * 16807 % 2147483647;
        record->group = state % 16;
        records[id] = record;
    }
    int64_t ranks[16];
    for (int64_t group = 0; group < 16; group++) ranks[group] = group * 7 % 16;
    for (int64_t centre = 100; centre < 1000; centre += 400) {
        qsort_r(records, n, sizeof *records, compare, then(near(centre), by_id()));
        printf("%lld\n", (long long)checksum(records, n));
        qsort_r(records, n, sizeof *records, compare, then(by_rank(ranks), then(descending(near(centre)), by_id())));
        printf("%lld\n", (long long)checksum(records, n));
    }
}
