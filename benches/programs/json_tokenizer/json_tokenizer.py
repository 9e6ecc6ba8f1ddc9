import sys


def make_text(n):
    records = []
    state = 42
    for i in range(n):
        state = state * 16807 % 2147483647
        records.append(
            f'{{"id": {i}, "name": "user{state % 1000}", "tags": [true, false, null], "score": {state % 100000}}}'
        )
    return "[" + ",\n".join(records) + "]"


class Counts:
    __slots__ = ("punctuation", "words", "strings", "string_bytes", "number_sum")

    def __init__(self):
        self.punctuation = 0
        self.words = 0
        self.strings = 0
        self.string_bytes = 0
        self.number_sum = 0


def is_letter(c):
    return c >= 97 and c <= 122


def is_digit_byte(c):
    return c >= 48 and c <= 57


def tokenize(text, tokens):
    counts = Counts()
    i = 0
    end = len(text)
    while i < end:
        c = text[i]
        if c == 32 or c == 10:
            i += 1
        elif c == 34:
            start = i + 1
            i = start
            while text[i] != 34:
                i += 1
            token = text[start:i]
            i += 1
            tokens.append(token)
            counts.strings += 1
            counts.string_bytes += len(token)
        elif is_digit_byte(c):
            value = 0
            while i < end and is_digit_byte(text[i]):
                value = value * 10 + text[i] - 48
                i += 1
            counts.number_sum += value
        elif is_letter(c):
            while i < end and is_letter(text[i]):
                i += 1
            counts.words += 1
        else:
            counts.punctuation += 1
            i += 1
    return counts


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    text = make_text(n).encode()
    tokens = []
    c = tokenize(text, tokens)
    last = tokens[len(tokens) - 3].decode()
    print(len(text), c.punctuation, c.words, c.strings, c.string_bytes, c.number_sum, last)


main()
