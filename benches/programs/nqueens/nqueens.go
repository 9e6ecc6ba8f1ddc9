package main

import (
	"fmt"
	"os"
	"strconv"
)

type board struct {
	n                        int
	columns, rising, falling []bool
}

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func place(b *board, row int) int {
	n := b.n
	if row == n {
		return 1
	}
	solutions := 0
	for column := 0; column < n; column++ {
		up, down := row+column, row-column+n-1
		if !b.columns[column] && !b.rising[up] && !b.falling[down] {
			b.columns[column] = true
			b.rising[up] = true
			b.falling[down] = true
			solutions += place(b, row+1)
			b.columns[column] = false
			b.rising[up] = false
			b.falling[down] = false
		}
	}
	return solutions
}

func main() {
	n := argument(13)
	fmt.Println(place(&board{n, make([]bool, n), make([]bool, 2*n-1), make([]bool, 2*n-1)}, 0))
}
