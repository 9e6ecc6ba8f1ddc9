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

func sumRange(n int) int {
	total := 0
	for i := 0; i < n; i++ {
		total += i
	}
	return total
}

func main() {
	fmt.Println(sumRange(argument(100000000)))
}
