import sys


def escape_time(cr, ci, limit):
    zr = 0.0
    zi = 0.0
    for i in range(limit):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return i
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return limit


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1300
    total = 0
    for y in range(n):
        ci = 2.0 * y / n - 1.0
        for x in range(n):
            cr = 2.0 * x / n - 1.5
            total += escape_time(cr, ci, 50)
    print(total)


main()
