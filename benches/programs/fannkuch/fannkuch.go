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

func fannkuch(n int) (int, int) {
	permutation := make([]int, n)
	for i := range permutation {
		permutation[i] = i
	}
	flipped := make([]int, n)
	count := make([]int, n)
	checksum, maxFlips, index, r := 0, 0, 0, n
	for ; ; index++ {
		for ; r != 1; r-- {
			count[r-1] = r
		}
		for i := 0; i < n; i++ {
			flipped[i] = permutation[i]
		}
		flips := 0
		for k := flipped[0]; k != 0; k = flipped[0] {
			for low, high := 0, k; low < high; low, high = low+1, high-1 {
				t := flipped[low]
				flipped[low] = flipped[high]
				flipped[high] = t
			}
			flips++
		}
		if flips > maxFlips {
			maxFlips = flips
		}
		if index%2 == 0 {
			checksum += flips
		} else {
			checksum -= flips
		}
		for {
			if r == n {
				return checksum, maxFlips
			}
			first := permutation[0]
			for i := 0; i < r; i++ {
				permutation[i] = permutation[i+1]
			}
			permutation[r] = first
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
	}
}

func main() {
	checksum, maxFlips := fannkuch(argument(10))
	fmt.Println(checksum, maxFlips)
}
