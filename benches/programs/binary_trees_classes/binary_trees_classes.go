package main

import (
	"fmt"
	"os"
	"strconv"
)

type tree interface {
	check() int
}

type leaf struct {
	item int
}

type branch struct {
	item        int
	left, right tree
}

func (l *leaf) check() int {
	return l.item
}

func (b *branch) check() int {
	return b.item + b.left.check() - b.right.check()
}

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func build(item, depth int) tree {
	if depth == 0 {
		return &leaf{item}
	}
	return &branch{item, build(2*item-1, depth-1), build(2*item, depth-1)}
}

func main() {
	n := argument(16)
	longLived := build(1, n)
	for depth := 4; depth <= n; depth += 4 {
		trees := 1 << (n - depth + 4)
		total := 0
		for i := 0; i < trees; i++ {
			total += build(i, depth).check()
		}
		fmt.Println(trees, depth, total)
	}
	fmt.Println(longLived.check())
}
