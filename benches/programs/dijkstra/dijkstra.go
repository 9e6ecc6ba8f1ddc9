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

func push(heap []int, key int) []int {
	heap = append(heap, key)
	at := len(heap) - 1
	for at > 0 {
		parent := (at - 1) >> 1
		if heap[parent] <= key {
			break
		}
		heap[at] = heap[parent]
		at = parent
	}
	heap[at] = key
	return heap
}

func pop(heap []int) (int, []int) {
	smallest := heap[0]
	n := len(heap) - 1
	key := heap[n]
	heap = heap[:n]
	if n == 0 {
		return smallest, heap
	}
	at := 0
	for {
		child := 2*at + 1
		if child >= n {
			break
		}
		if child+1 < n && heap[child+1] < heap[child] {
			child++
		}
		if heap[child] >= key {
			break
		}
		heap[at] = heap[child]
		at = child
	}
	heap[at] = key
	return smallest, heap
}

func distances(n int, targets, weights []int) []int {
	found := make([]int, n)
	for i := range found {
		found[i] = -1
	}
	heap := push(nil, 0)
	for len(heap) > 0 {
		var key int
		key, heap = pop(heap)
		distance, node := key/n, key%n
		if found[node] >= 0 {
			continue
		}
		found[node] = distance
		for edge := node * 5; edge < node*5+5; edge++ {
			target := targets[edge]
			if found[target] < 0 {
				heap = push(heap, (distance+weights[edge])*n+target)
			}
		}
	}
	return found
}

func main() {
	n := argument(200000)
	var targets, weights []int
	state := 42
	for i := 0; i < 5*n; i++ {
		state = state * 16807 % 2147483647
		targets = append(targets, state%n)
		state = state * 16807 % 2147483647
		weights = append(weights, state%1000+1)
	}
	reached, farthest, checksum := 0, 0, 0
	for _, distance := range distances(n, targets, weights) {
		if distance >= 0 {
			reached++
			if distance > farthest {
				farthest = distance
			}
		}
		checksum = (checksum*31 + distance + 1) % 1000000007
	}
	fmt.Println(reached, farthest, checksum)
}
