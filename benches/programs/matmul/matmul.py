import sys


def matrix(n, seed):
    rows = []
    for i in range(n):
        row = []
        for j in range(n):
            row.append(float(i - j) * float(i + j) * seed)
        rows.append(row)
    return rows


def multiply(a, b, n):
    c = []
    for i in range(n):
        row = [0.0] * n
        a_row = a[i]
        for j in range(n):
            total = 0.0
            for k in range(n):
                total += a_row[k] * b[k][j]
            row[j] = total
        c.append(row)
    return c


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = 1.0 / n / n
    c = multiply(matrix(n, seed), matrix(n, seed), n)
    trace = 0.0
    for i in range(n):
        trace += c[i][i]
    print(f"{c[n // 2][n // 2]:.9f} {trace:.9f}")


main()
