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

func check(i int) int {
	if i%3 == 0 {
		panic("multiple of three")
	}
	return i
}

func twice(i int) int {
	return check(i) + check(i+3)
}

type tally struct {
	sum, caught, finished int
}

func attempt(t *tally, i int) {
	defer func() {
		if e := recover(); e != nil {
			t.caught += len(e.(string))
		}
		t.finished++
	}()
	t.sum = (t.sum + twice(i)) % 1000000007
}

func main() {
	n := argument(6000000)
	var t tally
	for i := 0; i < n; i++ {
		attempt(&t, i)
	}
	fmt.Println(t.sum, t.caught, t.finished)
}
