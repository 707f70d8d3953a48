// steal: all tasks begin in one P's queue; the other Ps take half of what they find there.
package main

import (
	"flag"
	"sync"
	"sync/atomic"
	"time"

	"golanes/twins/twin"
)

var (
	tasks = flag.Int("tasks", 24, "tasks")
	each  = flag.Duration("each", 4*time.Millisecond, "work of each task")
	skew  = flag.Int("skew", 1, "the last task is longer, times")
)

func program() {
	last := *each * time.Duration(*skew)
	var done, sum atomic.Int32
	var wg sync.WaitGroup
	wg.Add(*tasks)
	for i := 1; i <= *tasks; i++ {
		i, length := i, *each
		if i == *tasks {
			length = last
		}
		go func() {
			twin.Work(length)
			done.Add(1)
			sum.Add(int32(i))
			wg.Done()
		}()
	}
	wg.Wait()
	twin.Check(int(done.Load()) == *tasks && int(sum.Load()) == *tasks*(*tasks+1)/2,
		"every task ran once, wherever it was carried")
	twin.Outcome(done.Load())
}

func main() {
	twin.Run(program)
}
