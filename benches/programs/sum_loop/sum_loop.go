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

func sumLoop(n int) int {
	total := 0
	for i := 0; i < n; i++ {
		total += i * 3 % 7
	}
	return total
}

func main() {
	fmt.Println(sumLoop(argument(100000000)))
}
