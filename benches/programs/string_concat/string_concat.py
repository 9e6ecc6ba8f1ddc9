import sys


def build(n):
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    text = ""
    for i in range(n):
        text += alphabet[i % 26]
    return text


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 6000000
    text = build(n)
    total = 0
    for i in range(0, len(text), 101):
        total += ord(text[i])
    print(len(text), total)


main()
