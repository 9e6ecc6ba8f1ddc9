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

func matrix(n int, seed float64) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		row := make([]float64, n)
		for j := range row {
			row[j] = float64(i-j) * float64(i+j) * seed
		}
		rows[i] = row
	}
	return rows
}

func multiply(a, b [][]float64, n int) [][]float64 {
	c := make([][]float64, n)
	for i := 0; i < n; i++ {
		row := make([]float64, n)
		aRow := a[i]
		for j := 0; j < n; j++ {
			sum := 0.0
			for k := 0; k < n; k++ {
				sum += aRow[k] * b[k][j]
			}
			row[j] = sum
		}
		c[i] = row
	}
	return c
}

func main() {
	n := argument(600)
	seed := 1.0 / float64(n) / float64(n)
	c := multiply(matrix(n, seed), matrix(n, seed), n)
	trace := 0.0
	for i := 0; i < n; i++ {
		trace += c[i][i]
	}
	fmt.Printf("%.9f %.9f\n", c[n/2][n/2], trace)
}
