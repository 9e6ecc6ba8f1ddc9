package main

import (
	"fmt"
	"os"
	"strconv"
)

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func main() {
	n := argument(1000000)
	values := map[int]int{}
	state := 42
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		key := state % n
		values[key] = values[key] + i
	}
	found, sum := 0, 0
	for i := 0; i < 2*n; i++ {
		if value, present := values[i]; present {
			found++
			sum = (sum*31 + value) % 1000000007
		}
	}
	for i := 0; i < n; i += 3 {
		delete(values, i)
	}
	fmt.Println(found, sum, len(values))
}
