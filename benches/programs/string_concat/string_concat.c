#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *bytes;
    int64_t length, capacity;
} Text;

static void append(Text *text, const char *piece, int64_t length) {
    if (text->length + length > text->capacity) {
        text->capacity = (text->length + length) * 2;
        text->bytes = realloc(text->bytes, text->capacity);
    }
    memcpy(text->bytes + text->length, piece, length);
    text->length += length;
}

static Text build(int64_t n) {
    const char *alphabet = "abcdefghijklmnopqrstuvwxyz";
    Text text = {0};
    for (int64_t i = 0; i < n; i++) append(&text, alphabet + i % 26, 1);
    return text;
}

int main(int argc, char **argv) {
    int64_t n = argc > 1 ? atoll(argv[1]) : 6000000;
    Text text = build(n);
    int64_t sum = 0;
    for (int64_t i = 0; i < text.length; i += 101) sum += (unsigned char)text.bytes[i];
    printf("%lld %lld\n", (long long)text.length, (long long)sum);
}
