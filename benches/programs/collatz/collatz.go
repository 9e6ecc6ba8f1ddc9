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

func chainLength(n int) int {
	steps := 1
	for n != 1 {
		if n%2 == 0 {
			n = n / 2
		} else {
			n = 3*n + 1
		}
		steps++
	}
	return steps
}

func main() {
	n := argument(500000)
	longest, at := 0, 0
	for start := 1; start < n; start++ {
		steps := chainLength(start)
		if steps > longest {
			longest = steps
			at = start
		}
	}
	fmt.Println(at, longest)
}
