import sys


def count_primes(n):
    prime = bytearray(b"\x01") * n
    count = 0
    for i in range(2, n):
        if prime[i]:
            count += 1
            multiple = i * i
            while multiple < n:
                prime[multiple] = 0
                multiple += i
    return count


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 20000000
    print(count_primes(n))


main()
