// generator: a goroutine stops in the middle of its loop and goes on there.
package main

import (
	"flag"
	"fmt"
	"time"

	"golanes/twins/twin"
)

var (
	count   = flag.Int("count", 20, "numbers")
	thought = flag.Duration("thought", 100*time.Microsecond, "work for each number")
)

func fibonacci(numbers chan<- int64) {
	a, b := int64(0), int64(1)
	for k := 0; k < *count; k++ {
		twin.Work(*thought)
		numbers <- a // stands here until somebody asks; a and b wait on its stack
		a, b = b, a+b
	}
	close(numbers)
}

func program() {
	numbers := make(chan int64)
	go fibonacci(numbers)
	last, before := int64(0), int64(1)
	follows := true
	for k := 0; ; k++ {
		number, ok := <-numbers
		if !ok {
			break
		}
		fmt.Println(number)
		follows = follows && (k > 0 || number == 0) && (k == 0 || number == last+before)
		if k > 0 {
			before = last
		}
		last = number
	}
	twin.Check(follows, "each number is the sum of the two before it")
	twin.Outcome(last)
}

func main() {
	twin.Run(program)
}
