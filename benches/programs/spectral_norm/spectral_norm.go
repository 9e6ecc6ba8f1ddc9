package main

import (
	"fmt"
	"math"
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

func element(i, j int) float64 {
	ij := i + j
	return 1.0 / float64((ij*(ij+1)>>1)+i+1)
}

func multiplyAv(v, result []float64) {
	n := len(v)
	for i := 0; i < n; i++ {
		sum := 0.0
		for j := 0; j < n; j++ {
			sum += element(i, j) * v[j]
		}
		result[i] = sum
	}
}

func multiplyAtv(v, result []float64) {
	n := len(v)
	for i := 0; i < n; i++ {
		sum := 0.0
		for j := 0; j < n; j++ {
			sum += element(j, i) * v[j]
		}
		result[i] = sum
	}
}

func main() {
	n := argument(1600)
	u, v, w := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1.0
	}
	for i := 0; i < 10; i++ {
		multiplyAv(u, w)
		multiplyAtv(w, v)
		multiplyAv(v, w)
		multiplyAtv(w, u)
	}
	vbv, vv := 0.0, 0.0
	for i := 0; i < n; i++ {
		vbv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	fmt.Printf("%.9f\n", math.Sqrt(vbv/vv))
}
