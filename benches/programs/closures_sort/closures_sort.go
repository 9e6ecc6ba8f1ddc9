package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
)

type record struct {
	id, place, group int
}

type order func(a, b *record) int

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

func byID() order {
	return func(a, b *record) int { return a.id - b.id }
}

func near(centre int) order {
	return func(a, b *record) int { return abs(a.place-centre) - abs(b.place-centre) }
}

func byRank(ranks []int) order {
	return func(a, b *record) int { return ranks[a.group] - ranks[b.group] }
}

func descending(o order) order {
	return func(a, b *record) int { return o(b, a) }
}

func then(first, second order) order {
	return func(a, b *record) int {
		if result := first(a, b); result != 0 {
			return result
		}
		return second(a, b)
	}
}

func sortBy(records []*record, o order) {
	sort.Slice(records, func(i, j int) bool { return o(records[i], records[j]) < 0 })
}

func checksum(records []*record) int {
	sum := 0
	for _, r := range records {
		sum = (sum*31 + r.id) % 1000000007
	}
	return sum
}

func main() {
	n := argument(80000)
	var records []*record
	state := 42
	for id := 0; id < n; id++ {
		state = state * 16807 % 2147483647
		place := state % 1000
		state = state * 16807 % 2147483647
		records = append(records, &record{id, place, state % 16})
	}
	var ranks []int
	for group := 0; group < 16; group++ {
		ranks = append(ranks, group*7%16)
	}
	for centre := 100; centre < 1000; centre += 400 {
		sortBy(records, then(near(centre), byID()))
		fmt.Println(checksum(records))
		sortBy(records, then(byRank(ranks), then(descending(near(centre)), byID())))
		fmt.Println(checksum(records))
	}
}
