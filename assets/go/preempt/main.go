// preempt: one goroutine computes without end. Only force gives main its P back.
package main

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golanes/twins/twin"
)

var (
	spinners = flag.Int("spinners", 1, "goroutines that spin")
	nap      = flag.Duration("nap", time.Millisecond, "main's nap")
)

func program() {
	var mainIsBack atomic.Bool
	var wg sync.WaitGroup
	for i := 1; i <= *spinners; i++ {
		wg.Add(1)
		go func() {
			for !mainIsBack.Load() {
				twin.Work(10 * time.Microsecond)
			}
			wg.Done()
		}()
	}
	begin := time.Now()
	time.Sleep(*nap)
	late := time.Since(begin) - *nap
	mainIsBack.Store(true)
	fmt.Println("main was back", late.Microseconds(), "us late")
	wg.Wait()
	twin.Check(late >= 0, "nobody wakes early")
	twin.Outcome("main came back")
}

func main() {
	twin.Run(program)
}
