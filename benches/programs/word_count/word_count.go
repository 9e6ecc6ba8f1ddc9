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

func makeText(n int) string {
	var words []string
	state := 42
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		r := state % 1000
		words = append(words, "w"+strconv.Itoa(r*r/200))
	}
	return strings.Join(words, " ")
}

func main() {
	text := makeText(argument(1500000))
	counts := map[string]int{}
	for _, word := range strings.Split(text, " ") {
		counts[word]++
	}
	most, checksum := 0, 0
	for word, count := range counts {
		if count > most {
			most = count
		}
		checksum += count * count % 1009 * len(word)
	}
	fmt.Println(len(text), len(counts), most, checksum)
}
