package main

import (
	"fmt"
	"os"
	"strconv"
)

type node struct {
	left, right *node
}

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{build(depth - 1), build(depth - 1)}
}

func count(n *node) int {
	total := 1
	if n.left != nil {
		total += count(n.left)
	}
	if n.right != nil {
		total += count(n.right)
	}
	return total
}

func main() {
	n := argument(16)
	longLived := build(n)
	for depth := 4; depth <= n; depth += 4 {
		trees := 1 << (n - depth + 4)
		total := 0
		for i := 0; i < trees; i++ {
			total += count(build(depth))
		}
		fmt.Println(trees, depth, total)
	}
	fmt.Println(count(longLived))
}
