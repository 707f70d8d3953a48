// letters: ten goroutines print the alphabet. On one P the last one made runs first.
package main

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"

	"golanes/twins/twin"
)

var (
	goroutines = flag.Int("goroutines", 10, "goroutines")
	pause      = flag.Duration("pause", 0, "work per letter")
)

func printAlphabet(number int, printed *atomic.Int32) {
	first := 'A'
	if number%2 == 1 {
		first = 'a'
	}
	for i := rune(0); i < 26; i++ {
		fmt.Println(string(first + i))
		twin.Work(*pause)
		printed.Add(1)
	}
	fmt.Println("goroutine", number, "is done")
}

func program() {
	var printed atomic.Int32
	var wg sync.WaitGroup
	wg.Add(*goroutines)
	for i := 1; i <= *goroutines; i++ {
		i := i
		go func() {
			printAlphabet(i, &printed)
			wg.Done()
		}()
	}
	wg.Wait()
	twin.Check(int(printed.Load()) == *goroutines*26, "every goroutine printed 26 letters")
	twin.Outcome(printed.Load())
}

func main() {
	twin.Run(program)
}
