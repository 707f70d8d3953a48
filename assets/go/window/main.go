// window: whether two operations count as simultaneous depends on the window one looks through.
package main

import (
	"flag"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	count = flag.Int("operations", 2, "operations")
	each  = flag.Duration("each", time.Second, "length of each")
	width = flag.Duration("window", 5*time.Second, "width of the window")
)

type operation struct {
	begin, end time.Duration
}

// isAtWork: it fills half of the window, or half of it lies in there.
func (o operation) isAtWork(opens, width time.Duration) bool {
	inside := min(o.end, opens+width) - max(o.begin, opens)
	return 2*inside >= min(width, o.end-o.begin)
}

func mostInAWindow(operations []operation, origin, width time.Duration) int {
	most := 0
	for _, first := range operations {
		opens := origin + (first.begin-origin)/width*width
		here := 0
		for _, each := range operations {
			if each.isAtWork(opens, width) {
				here++
			}
		}
		most = max(most, here)
	}
	return most
}

func program() {
	operations := make([]operation, *count)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range operations {
		o := &operations[i]
		wg.Add(1)
		go func() {
			o.begin = time.Since(start)
			twin.Work(*each)
			o.end = time.Since(start)
			wg.Done()
		}()
	}
	wg.Wait()
	origin := operations[0].begin
	for _, o := range operations {
		origin = min(origin, o.begin)
	}
	most := mostInAWindow(operations, origin, *width)
	twin.Check(most >= 1 && most <= *count, "a window holds one to all of them")
	twin.Outcome(most)
}

func main() {
	twin.Run(program)
}
