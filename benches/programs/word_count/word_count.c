#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Open addressing over slices of the text: no word is copied.
typedef struct {
    const char *word;
    int64_t length, count;
} Entry;

typedef struct {
    Entry *entries;
    uint64_t capacity, used;
} Counts;

static Entry *slot(const Counts *counts, const char *word, int64_t length) {
    uint64_t hash = 0xcbf29ce484222325ull;
    for (int64_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)word[i]) * 0x100000001b3ull;
    for (uint64_t i = hash & (counts->capacity - 1);; i = (i + 1) & (counts->capacity - 1)) {
        Entry *entry = &counts->entries[i];
        if (entry->word == NULL) return entry;
        if (entry->length == length && memcmp(entry->word, word, length) == 0) return entry;
    }
}

static void grow(Counts *counts) {
    Counts old = *counts;
    counts->capacity = old.capacity * 2;
    counts->entries = calloc(counts->capacity, sizeof *counts->entries);
    for (uint64_t i = 0; i < old.capacity; i++)
        if (old.entries[i].word) *slot(counts, old.entries[i].word, old.entries[i].length) = old.entries[i];
    free(old.entries);
}

static void count(Counts *counts, const char *word, int64_t length) {
    Entry *entry = slot(counts, word, length);
    if (entry->word) {
        entry->count++;
        return;
    }
    *entry = (Entry){word, length, 1};
    if (++counts->used * 2 > counts->capacity) grow(counts);
}

static char *make_text(int64_t n) {
    char *text = malloc(n * 8 + 1), *end = text;
    int64_t state = 42;
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        int64_t r = state % 1000;
        if (i > 0) *end++ = ' ';
        end += sprintf(end, "w%lld", (long long)(r * r / 200));
    }
    *end = 0;
    return text;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 1500000;
    char *text = make_text(n);
    int64_t length = (int64_t)strlen(text);
    Counts counts = {calloc(16, sizeof(Entry)), 16, 0};
    for (char *word = text;;) {
        char *end = strchr(word, ' ');
        if (!end) {
            count(&counts, word, text + length - word);
            break;
        }
        count(&counts, word, end - word);
        word = end + 1;
    }
    int64_t most = 0, checksum = 0;
    for (uint64_t i = 0; i < counts.capacity; i++) {
        Entry *entry = &counts.entries[i];
        if (!entry->word) continue;
        if (entry->count > most) most = entry->count;
        checksum += entry->count * entry->count % 1009 * entry->length;
    }
    printf("%lld %lld %lld %lld\n", (long long)length, (long long)counts.used, (long long)most, (long long)checksum);
}
