import sys


def fannkuch(n):
    permutation = list(range(n))
    flipped = [0] * n
    count = [0] * n
    checksum = 0
    max_flips = 0
    index = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        for i in range(n):
            flipped[i] = permutation[i]
        flips = 0
        k = flipped[0]
        while k != 0:
            low = 0
            high = k
            while low < high:
                t = flipped[low]
                flipped[low] = flipped[high]
                flipped[high] = t
                low += 1
                high -= 1
            flips += 1
            k = flipped[0]
        if flips > max_flips:
            max_flips = flips
        if index % 2 == 0:
            checksum += flips
        else:
            checksum -= flips
        while True:
            if r == n:
                return checksum, max_flips
            first = permutation[0]
            for i in range(r):
                permutation[i] = permutation[i + 1]
            permutation[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        index += 1


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(*fannkuch(n))


main()
