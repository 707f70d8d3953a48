// stack_growth: goroutines call themselves deeper and deeper; their stacks grow under them.
package main

import (
	"flag"
	"fmt"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	divers = flag.Int("divers", 4, "divers")
	depth  = flag.Int("depth", 80, "calls of the deepest")
	frame  = flag.String("frame", "1024", "bytes of a frame: 64, 256 or 1024")
)

// dive writes into its frame, goes deeper, and reads on the way back what it wrote.
//
//go:noinline
func dive[F [64]byte | [256]byte | [1024]byte](depth int) int {
	var frame F
	written := [2]int{depth, len(frame)}
	if depth == 1 {
		return written[0]
	}
	return dive[F](depth-1) + written[0]
}

func diveWith(depth int) int {
	switch *frame {
	case "64":
		return dive[[64]byte](depth)
	case "256":
		return dive[[256]byte](depth)
	}
	return dive[[1024]byte](depth)
}

func program() {
	sum, expected := 0, 0
	for i := 1; i <= *divers; i++ {
		depth := (*depth*i + *divers - 1) / *divers
		expected += depth * (depth + 1) / 2
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			twin.Work(time.Millisecond)
			sum += diveWith(depth)
			twin.Work(time.Millisecond)
			wg.Done()
		}()
		wg.Wait()
		fmt.Println("back from", depth, "calls")
	}
	twin.Check(sum == expected, "what was written into each frame was read again")
	twin.Outcome(sum)
}

func main() {
	twin.Run(program)
}
