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

func sumRange(last int) int {
	total := 0
	for i := 1; i <= last; i++ {
		total += i
	}
	return total
}

func main() {
	n := argument(300)
	checksum := 0
	for turn := 0; turn < n; turn++ {
		checksum += sumRange(1000000 + turn)
	}
	fmt.Println(checksum)
}
