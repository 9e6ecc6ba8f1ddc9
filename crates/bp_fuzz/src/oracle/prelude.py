# What programs of the common subset mean, in Python. Runs the files that it is given, each by itself.
import ctypes
import ctypes.util
import math
import sys

_M = (1 << 64) - 1
_libm = ctypes.CDLL(ctypes.util.find_library("m") or "libm.so.6")
for _name in ("floor", "ceil", "trunc", "round", "sqrt"):
    getattr(_libm, _name).argtypes = [ctypes.c_double]
    getattr(_libm, _name).restype = ctypes.c_double
for _name in ("pow", "fmod"):
    getattr(_libm, _name).argtypes = [ctypes.c_double, ctypes.c_double]
    getattr(_libm, _name).restype = ctypes.c_double


def _w(value):
    value &= _M
    return value - (1 << 64) if value >> 63 else value


def _checked(value):
    if _w(value) != value:
        raise OverflowError()
    return value


def _div(a, b):
    if b == 0:
        raise ZeroDivisionError()
    quotient = abs(a) // abs(b)
    return _w(-quotient if (a < 0) != (b < 0) else quotient)


def _rem(a, b):
    if b == 0:
        raise ZeroDivisionError()
    return abs(a) % abs(b) * (-1 if a < 0 else 1)


def _floordiv(a, b):
    return _w(a // b)


def _pow(a, b):
    if b < 0:
        raise ValueError()
    return _w(pow(a, b, 1 << 64))


def _shl(a, b):
    return _w(a << (b & 63))


def _shr(a, b):
    return a >> (b & 63)


def _ushr(a, b):
    return _w((a & _M) >> (b & 63))


def _ctz(a):
    return (a & -a).bit_length() - 1 if a else 64


def _rotl(a, b):
    a, b = a & _M, b & 63
    return _w(a << b | a >> (64 - b))


def _fdiv(a, b):
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _ffloordiv(a, b):
    return _libm.floor(_fdiv(a, b))


def _fmin(a, b):
    return a if a < b or math.isnan(b) else b


def _fmax(a, b):
    return a if a > b or math.isnan(b) else b


def _fsum(values):
    total = 0.0
    for value in values:
        total += value
    return total


def _int(value):
    if math.isnan(value) or math.isinf(value) or not -(2.0**63) <= value < 2.0**63:
        raise ValueError()
    return int(value)


def _parse(text):
    value = int(text)
    if _w(value) != value:
        raise ValueError()
    return value


def _get(values, index):
    if not -len(values) <= index < len(values):
        raise IndexError(f"index {index} out of range for length {len(values)}")
    return values[index]


def _set(value, values, index):
    _get(values, index)
    values[index] = value


def _pop(values):
    if not values:
        raise IndexError()
    return values.pop()


def _index_of(values, value):
    return values.index(value) if value in values else -1


def _contains(text, part):
    return part in text


def _map(values, function):
    return [function(value) for value in values]


def _filter(values, function):
    return [value for value in values if function(value)]


def _cast(value, kind):
    if not isinstance(value, kind):
        raise TypeError()
    return value


def _le(a, b):
    return not b < a


class _Set:
    """A set in the order of insertion."""

    def __init__(self, values=()):
        self.keys = dict.fromkeys(values)

    def __contains__(self, value):
        return value in self.keys

    def __len__(self):
        return len(self.keys)

    def __iter__(self):
        return iter(self.keys)

    def __eq__(self, other):
        return set(self) == set(other)

    def add(self, value):
        self.keys[value] = None

    def remove(self, value):
        return self.keys.pop(value, self) is None

    def union(self, other):
        return _Set([*self, *other])

    def intersect(self, other):
        return _Set(value for value in self if value in other)

    def difference(self, other):
        return _Set(value for value in self if value not in other)

    def copy(self):
        return _Set(self)


def _repr(value):
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _str(value)


def _str(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(_repr, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_repr, value)) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(_repr(key) + ": " + _repr(item) for key, item in value.items()) + "}"
    if isinstance(value, _Set):
        return "{" + ", ".join(map(_repr, value)) + "}" if value else "set()"
    return str(value)


def _format(value, spec):
    return format(value, spec) if spec else _str(value)


def _print(*values):
    print(*map(_str, values))


def _run(path):
    with open(path, encoding="utf-8") as file:
        code = compile(file.read(), path, "exec")
    names = dict(globals())
    try:
        exec(code, names)
        names["main"]()
    except Exception as error:
        print("uncaught", type(error).__name__, error)


if __name__ == "__main__":
    sys.setrecursionlimit(20000)
    for _path in sys.argv[1:]:
        _run(_path)
        print("\x1e")
