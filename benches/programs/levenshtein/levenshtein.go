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

func randomText(n, seed int) string {
	var bytes []byte
	state := seed
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		bytes = append(bytes, byte(97+state%4))
	}
	return string(bytes)
}

func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 0; i < len(a); i++ {
		diagonal := row[0]
		row[0] = i + 1
		c := a[i]
		for j := 0; j < len(b); j++ {
			above := row[j+1]
			best := diagonal
			if c != b[j] {
				best = diagonal + 1
			}
			if above+1 < best {
				best = above + 1
			}
			if row[j]+1 < best {
				best = row[j] + 1
			}
			row[j+1] = best
			diagonal = above
		}
	}
	return row[len(b)]
}

func main() {
	n := argument(8000)
	fmt.Println(distance(randomText(n, 42), randomText(n, 43)))
}
