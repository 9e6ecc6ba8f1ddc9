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

func randomFloats(n int) []float64 {
	var xs []float64
	state := 42
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		xs = append(xs, float64(state)/2147483647.0)
	}
	return xs
}

func siftDown(xs []float64, start, end int) {
	root := start
	value := xs[root]
	for {
		child := 2*root + 1
		if child >= end {
			break
		}
		if child+1 < end && xs[child] < xs[child+1] {
			child++
		}
		if value >= xs[child] {
			break
		}
		xs[root] = xs[child]
		root = child
	}
	xs[root] = value
}

func heapsort(xs []float64) {
	n := len(xs)
	for start := n/2 - 1; start >= 0; start-- {
		siftDown(xs, start, n)
	}
	for end := n - 1; end > 0; end-- {
		largest := xs[0]
		xs[0] = xs[end]
		xs[end] = largest
		siftDown(xs, 0, end)
	}
}

func main() {
	n := argument(1000000)
	xs := randomFloats(n)
	heapsort(xs)
	checksum := 0.0
	for i := 0; i < n; i++ {
		checksum += xs[i] * float64(i%7)
	}
	fmt.Printf("%.9f %.9f %.4f\n", xs[0], xs[n/2], checksum)
}
