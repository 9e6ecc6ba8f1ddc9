package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func build(n int) string {
	alphabet := "abcdefghijklmnopqrstuvwxyz"
	var text strings.Builder
	for i := 0; i < n; i++ {
		at := i % 26
		text.WriteString(alphabet[at : at+1])
	}
	return text.String()
}

func main() {
	text := build(argument(6000000))
	sum := 0
	for i := 0; i < len(text); i += 101 {
		sum += int(text[i])
	}
	fmt.Println(len(text), sum)
}
