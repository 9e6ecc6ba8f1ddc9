import sys
from functools import cmp_to_key


class Record:
    __slots__ = ("id", "place", "group")

    def __init__(self, id, place, group):
        self.id = id
        self.place = place
        self.group = group


def by_id():
    return lambda a, b: a.id - b.id


def near(centre):
    return lambda a, b: abs(a.place - centre) - abs(b.place - centre)


def by_rank(ranks):
    return lambda a, b: ranks[a.group] - ranks[b.group]


def descending(order):
    return lambda a, b: order(b, a)


def then(first, second):
    def both(a, b):
        result = first(a, b)
        return result if result != 0 else second(a, b)

    return both


def checksum(records):
    sum = 0
    for record in records:
        sum = (sum * 31 + record.id) % 1000000007
    return sum


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 80000
    records = []
    state = 42
    for id in range(n):
        state = state * 16807 % 2147483647
        place = state % 1000
        state = state * 16807 % 2147483647
        records.append(Record(id, place, state % 16))
    ranks = [group * 7 % 16 for group in range(16)]
    for centre in range(100, 1000, 400):
        records.sort(key=cmp_to_key(then(near(centre), by_id())))
        print(checksum(records))
        records.sort(key=cmp_to_key(then(by_rank(ranks), then(descending(near(centre)), by_id()))))
        print(checksum(records))


main()
