#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// Open addressing with linear probing, at most half full; removal leaves a mark.
enum { EMPTY, FULL, REMOVED };

typedef struct {
    int64_t *keys, *values;
    unsigned char *states;
    int64_t capacity, used, length;
} Map;

static uint64_t hash(int64_t key) {
    return ((uint64_t)key * 0x9E3779B97F4A7C15ull) >> 20;
}

static void init(Map *map, int64_t capacity) {
    map->keys = malloc(capacity * 8);
    map->values = malloc(capacity * 8);
    map->states = calloc(capacity, 1);
    map->capacity = capacity;
    map->used = map->length = 0;
}

static int64_t find(const Map *map, int64_t key) {
    uint64_t mask = map->capacity - 1;
    for (uint64_t i = hash(key) & mask;; i = (i + 1) & mask) {
        if (map->states[i] == EMPTY) return -1;
        if (map->states[i] == FULL && map->keys[i] == key) return (int64_t)i;
    }
}

static void set(Map *map, int64_t key, int64_t value) {
    int64_t at = find(map, key);
    if (at >= 0) {
        map->values[at] = value;
        return;
    }
    if ((map->used + 1) * 2 > map->capacity) {
        Map old = *map;
        init(map, old.capacity * 2);
        for (int64_t i = 0; i < old.capacity; i++)
            if (old.states[i] == FULL) set(map, old.keys[i], old.values[i]);
        free(old.keys);
        free(old.values);
        free(old.states);
    }
    uint64_t mask = map->capacity - 1;
    uint64_t i = hash(key) & mask;
    while (map->states[i] == FULL) i = (i + 1) & mask;
    map->used += map->states[i] == EMPTY;
    map->length++;
    map->states[i] = FULL;
    map->keys[i] = key;
    map->values[i] = value;
}

static void drop(Map *map, int64_t key) {
    int64_t at = find(map, key);
    if (at < 0) return;
    map->states[at] = REMOVED;
    map->length--;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 1000000;
    Map map;
    init(&map, 16);
    int64_t state = 42;
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        int64_t key = state % n;
        int64_t at = find(&map, key);
        set(&map, key, (at < 0 ? 0 : map.values[at]) + i);
    }
    int64_t found = 0, sum = 0;
    for (int64_t i = 0; i < 2 * n; i++) {
        int64_t at = find(&map, i);
        if (at < 0) continue;
        found++;
        sum = (sum * 31 + map.values[at]) % 1000000007;
    }
    for (int64_t i = 0; i < n; i += 3) drop(&map, i);
    printf("%lld %lld %lld\n", (long long)found, (long long)sum, (long long)map.length);
}
