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

func randomInts(n int) []int {
	var xs []int
	state := 42
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		xs = append(xs, state)
	}
	return xs
}

func quicksort(xs []int, low, high int) {
	for low < high {
		pivot := xs[low+(high-low)>>1]
		i, j := low, high
		for i <= j {
			for xs[i] < pivot {
				i++
			}
			for xs[j] > pivot {
				j--
			}
			if i <= j {
				t := xs[i]
				xs[i] = xs[j]
				xs[j] = t
				i++
				j--
			}
		}
		quicksort(xs, low, j)
		low = i
	}
}

func main() {
	n := argument(2000000)
	xs := randomInts(n)
	quicksort(xs, 0, n-1)
	checksum := 0
	for i := 0; i < n; i++ {
		checksum = (checksum*31 + xs[i]) % 1000000007
	}
	fmt.Println(xs[0], xs[n-1], checksum)
}
