import sys
from math import sqrt


def element(i, j):
    ij = i + j
    return 1.0 / ((ij * (ij + 1) >> 1) + i + 1)


def multiply_av(v, result):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(i, j) * v[j]
        result[i] = total


def multiply_atv(v, result):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(j, i) * v[j]
        result[i] = total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1600
    u = [1.0] * n
    v = [0.0] * n
    w = [0.0] * n
    for _ in range(10):
        multiply_av(u, w)
        multiply_atv(w, v)
        multiply_av(v, w)
        multiply_atv(w, u)
    vbv = 0.0
    vv = 0.0
    for i in range(n):
        vbv += u[i] * v[i]
        vv += v[i] * v[i]
    print(f"{sqrt(vbv / vv):.9f}")


main()
