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

func firstGeneration(n int) []uint8 {
	var cells []uint8
	state := 42
	for i := 0; i < n*n; i++ {
		state = state * 16807 % 2147483647
		if state%100 < 30 {
			cells = append(cells, 1)
		} else {
			cells = append(cells, 0)
		}
	}
	return cells
}

func step(cells, next []uint8, n int) {
	for y := 0; y < n; y++ {
		above, here, below := (y-1)*n, y*n, (y+1)*n
		if y == 0 {
			above = (n - 1) * n
		}
		if y == n-1 {
			below = 0
		}
		for x := 0; x < n; x++ {
			left, right := x-1, x+1
			if x == 0 {
				left = n - 1
			}
			if x == n-1 {
				right = 0
			}
			neighbours := int(cells[above+left]) + int(cells[above+x]) + int(cells[above+right]) +
				int(cells[here+left]) + int(cells[here+right]) +
				int(cells[below+left]) + int(cells[below+x]) + int(cells[below+right])
			if neighbours == 3 || neighbours == 2 && cells[here+x] == 1 {
				next[here+x] = 1
			} else {
				next[here+x] = 0
			}
		}
	}
}

func main() {
	n := argument(500)
	cells := firstGeneration(n)
	next := make([]uint8, len(cells))
	for generation := 0; generation < 100; generation++ {
		step(cells, next, n)
		cells, next = next, cells
	}
	alive, checksum := 0, 0
	for i := 0; i < n*n; i++ {
		if cells[i] == 1 {
			alive++
			checksum = (checksum*31 + i) % 1000000007
		}
	}
	fmt.Println(alive, checksum)
}
