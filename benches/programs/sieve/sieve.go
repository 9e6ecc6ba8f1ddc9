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

func countPrimes(n int) int {
	prime := make([]bool, n)
	for i := range prime {
		prime[i] = true
	}
	count := 0
	for i := 2; i < n; i++ {
		if !prime[i] {
			continue
		}
		count++
		for multiple := i * i; multiple < n; multiple += i {
			prime[multiple] = false
		}
	}
	return count
}

func main() {
	fmt.Println(countPrimes(argument(20000000)))
}
