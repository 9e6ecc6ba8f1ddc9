"""Writes format.tsv: what CPython answers for values and format specifications.

Columns: target (i, f, s), value (int in decimal, float as 16 hex digits of its bits, str in hex),
specification in hex, result in hex or `!` where CPython rejects the specification.
"""
import itertools
import random
import struct

random.seed(20240607)

FLOATS = [
    0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1.5, 2.5, 0.125, 123.456, 1234567.891, 1e15, 1e16, 123456789012345680.0,
    1e17, 1e22, 1e23, 1e-4, 1e-5, 0.00012345, 9.995, 99.95, 999999.5, 9999995.0, 0.99999999, 1.7976931348623157e308,
    5e-324, 2.2250738585072014e-308, float("inf"), float("-inf"), float("nan"), 3.141592653589793, 2.675, 1e100,
]
INTS = [0, 1, -1, 7, -7, 42, 255, 1000, -1000, 999999, 1234567, 2**31, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63), 0x1F600, 65]
STRS = ["", "a", "hello", "héllo wörld", "日本語", "tab\there"]


def random_float():
    return struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0]


def specs(types):
    fills = ["", "<", ">", "^", "=", "*<", "·>", "0^", "x="]
    while True:
        spec = random.choice(fills) + random.choice(["", "", "", "+", "-", " "]) + random.choice(["", "", "", "#"])
        spec += random.choice(["", "", "0"]) + random.choice(["", "1", "5", "8", "12", "17", "30"])
        spec += random.choice(["", "", "", ",", "_"]) + random.choice(["", "", ".0", ".1", ".2", ".3", ".6", ".10", ".17", ".25"])
        yield spec + random.choice(types)


def main():
    rows = []

    def add(target, key, value, spec):
        try:
            result = format(value, spec).encode().hex() or "-"
        except (ValueError, OverflowError):
            result = "!"
        rows.append(f"{target}\t{key}\t{spec.encode().hex() or '-'}\t{result}")

    def add_float(value, spec):
        add("f", struct.pack(">d", value).hex(), value, spec)

    for value, spec in itertools.product(FLOATS, ["", "e", "f", "g", "%", "#g", ".3", ".0", ".1", ".17", "#.0e", "#.0f", ".0%", ".30f", ".40e", "012,.2f"]):
        add_float(value, spec)
    for spec in itertools.islice(specs(["", "e", "E", "f", "F", "g", "G", "n", "%", "d", "s"]), 4000):
        add_float(random.choice(FLOATS), spec)
        add_float(random_float(), spec)
    for _ in range(3000):
        add_float(random_float(), "")
        add_float(random.uniform(-1e6, 1e6), random.choice(["", ".2f", ".3g", ".5"]))
    for spec in itertools.islice(specs(["", "d", "b", "o", "x", "X", "c", "n", "e", "f", "g", "%", "s"]), 4000):
        value = random.choice(INTS)
        add("i", value, value, spec)
    for spec in itertools.islice(specs(["", "s", "d"]), 1500):
        value = random.choice(STRS)
        add("s", value.encode().hex() or "-", value, spec)
    for width in range(1, 30):
        for value in [0, 7, 1234, 1234567]:
            for grouping in [",", "_", "_x", "_b"]:
                add("i", value, value, f"0{width}{grouping}")
    with open("format.tsv", "w", encoding="ascii") as out:
        out.write("\n".join(rows) + "\n")


main()
