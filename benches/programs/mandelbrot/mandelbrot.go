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

func escapeTime(cr, ci float64, limit int) int {
	zr, zi := 0.0, 0.0
	for i := 0; i < limit; i++ {
		rr, ii := zr*zr, zi*zi
		if rr+ii > 4.0 {
			return i
		}
		zi = 2.0*zr*zi + ci
		zr = rr - ii + cr
	}
	return limit
}

func main() {
	n := argument(1300)
	total := 0
	for y := 0; y < n; y++ {
		ci := 2.0*float64(y)/float64(n) - 1.0
		for x := 0; x < n; x++ {
			cr := 2.0*float64(x)/float64(n) - 1.5
			total += escapeTime(cr, ci, 50)
		}
	}
	fmt.Println(total)
}
