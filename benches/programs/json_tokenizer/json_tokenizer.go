package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

type counts struct {
	punctuation, words, strings, stringBytes, numberSum int
}

func argument(fallback int) int {
	if len(os.Args) < 2 {
		return fallback
	}
	n, _ := strconv.Atoi(os.Args[1])
	return n
}

func makeText(n int) string {
	var records []string
	state := 42
	for i := 0; i < n; i++ {
		state = state * 16807 % 2147483647
		records = append(records, "{\"id\": "+strconv.Itoa(i)+", \"name\": \"user"+strconv.Itoa(state%1000)+
			"\", \"tags\": [true, false, null], \"score\": "+strconv.Itoa(state%100000)+"}")
	}
	return "[" + strings.Join(records, ",\n") + "]"
}

func isLetter(c byte) bool {
	return c >= 97 && c <= 122
}

func isDigit(c byte) bool {
	return c >= 48 && c <= 57
}

func tokenize(text string) (counts, []string) {
	var found counts
	var tokens []string
	i := 0
	end := len(text)
	for i < end {
		c := text[i]
		if c == 32 || c == 10 {
			i++
		} else if c == 34 {
			start := i + 1
			i = start
			for text[i] != 34 {
				i++
			}
			token := text[start:i]
			i++
			tokens = append(tokens, token)
			found.strings++
			found.stringBytes += len(token)
		} else if isDigit(c) {
			value := 0
			for i < end && isDigit(text[i]) {
				value = value*10 + int(text[i]) - 48
				i++
			}
			found.numberSum += value
		} else if isLetter(c) {
			for i < end && isLetter(text[i]) {
				i++
			}
			found.words++
		} else {
			found.punctuation++
			i++
		}
	}
	return found, tokens
}

func main() {
	text := makeText(argument(200000))
	c, tokens := tokenize(text)
	fmt.Println(len(text), c.punctuation, c.words, c.strings, c.stringBytes, c.numberSum, tokens[len(tokens)-3])
}
