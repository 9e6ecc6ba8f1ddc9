#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t punctuation, words, strings, string_bytes, number_sum;
} Counts;

typedef struct {
    char **items;
    int64_t length, capacity;
} Tokens;

static void push(Tokens *tokens, const char *start, int64_t length) {
    if (tokens->length == tokens->capacity) {
        tokens->capacity = tokens->capacity ? tokens->capacity * 2 : 16;
        tokens->items = realloc(tokens->items, tokens->capacity * sizeof *tokens->items);
    }
    char *copy = malloc(length + 1);
    memcpy(copy, start, length);
    copy[length] = 0;
    tokens->items[tokens->length++] = copy;
}

static char *make_text(int64_t n) {
    char *text = malloc(n * 100 + 3), *end = text;
    int64_t state = 42;
    *end++ = '[';
    for (int64_t i = 0; i < n; i++) {
        state = state * 16807 % 2147483647;
        if (i > 0) end += sprintf(end, ",\n");
        end += sprintf(end,
            "{\"id\": %lld, \"name\": \"user%lld\", \"tags\": [true, false, null], \"score\": %lld}",
            (long long)i, (long long)(state % 1000), (long long)(state % 100000));
    }
    *end++ = ']';
    *end = 0;
    return text;
}

static bool is_letter(unsigned char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_digit_byte(unsigned char c) {
    return c >= '0' && c <= '9';
}

static Counts tokenize(const char *text, int64_t end, Tokens *tokens) {
    Counts counts = {0};
    int64_t i = 0;
    while (i < end) {
        unsigned char c = (unsigned char)text[i];
        if (c == ' ' || c == '\n') {
            i++;
        } else if (c == '"') {
            int64_t start = ++i;
            while (text[i] != '"') i++;
            push(tokens, text + start, i - start);
            counts.strings++;
            counts.string_bytes += i - start;
            i++;
        } else if (is_digit_byte(c)) {
            int64_t value = 0;
            for (; i < end && is_digit_byte((unsigned char)text[i]); i++) value = value * 10 + text[i] - '0';
            counts.number_sum += value;
        } else if (is_letter(c)) {
            while (i < end && is_letter((unsigned char)text[i])) i++;
            counts.words++;
        } else {
            counts.punctuation++;
            i++;
        }
    }
    return counts;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 200000;
    char *text = make_text(n);
    int64_t length = (int64_t)strlen(text);
    Tokens tokens = {0};
    Counts c = tokenize(text, length, &tokens);
    printf("%lld %lld %lld %lld %lld %lld %s\n", (long long)length, (long long)c.punctuation, (long long)c.words,
        (long long)c.strings, (long long)c.string_bytes, (long long)c.number_sum, tokens.items[tokens.length - 3]);
}
