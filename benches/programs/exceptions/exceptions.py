import sys


def check(i):
    if i % 3 == 0:
        raise Exception("multiple of three")
    return i


def twice(i):
    return check(i) + check(i + 3)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 6000000
    total = 0
    caught = 0
    finished = 0
    for i in range(n):
        try:
            total = (total + twice(i)) % 1000000007
        except Exception as e:
            caught += len(str(e))
        finally:
            finished += 1
    print(total, caught, finished)


main()
