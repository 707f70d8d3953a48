// runqueue: a burst of goroutines fills a P's queue of 256; half of it moves to the global one.
package main

import (
	"flag"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golanes/twins/twin"
)

var (
	goroutines = flag.Int("goroutines", 300, "goroutines at once")
	yields     = flag.Int("yields", 2, "yields of each")
	turn       = flag.Duration("turn", 20*time.Microsecond, "work between yields")
)

func program() {
	var turns atomic.Int32
	var wg sync.WaitGroup
	wg.Add(*goroutines)
	for i := 1; i <= *goroutines; i++ {
		go func() {
			twin.Work(*turn)
			turns.Add(1)
			for k := 0; k < *yields; k++ {
				runtime.Gosched()
				twin.Work(*turn)
				turns.Add(1)
			}
			wg.Done()
		}()
	}
	wg.Wait()
	twin.Check(int(turns.Load()) == *goroutines*(*yields+1),
		"who yields runs again, as often as it yields")
	twin.Outcome(turns.Load())
}

func main() {
	twin.Run(program)
}
