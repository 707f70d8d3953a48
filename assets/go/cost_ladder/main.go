// cost_ladder: what it costs here to make a process, a thread, a goroutine, and to switch.
package main

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	processes  = flag.Int("processes", 20, "processes to make")
	threads    = flag.Int("threads", 200, "threads to make")
	goroutines = flag.Int("goroutines", 5000, "goroutines to make")
	switches   = flag.Int("switches", 20000, "switches")
)

func say(what string, each time.Duration) {
	fmt.Println(what+":", each.Nanoseconds(), "ns each")
}

func goroutineCost(count int) time.Duration {
	begin := time.Now()
	for i := 0; i < count; i++ {
		done := make(chan bool)
		go func() { close(done) }()
		<-done
	}
	return time.Since(begin) / time.Duration(count)
}

func goroutineSwitchCost(count int) time.Duration {
	var wg sync.WaitGroup
	wg.Add(2)
	begin := time.Now()
	for range [2]int{} {
		go func() {
			for i := 0; i < count/2; i++ {
				runtime.Gosched()
			}
			wg.Done()
		}()
	}
	wg.Wait()
	return time.Since(begin) / time.Duration(count)
}

func program() {
	process := twin.ProcessCost(*processes)
	thread := twin.ThreadCost(*threads)
	goroutine := goroutineCost(*goroutines)
	say("make a process and wait for its end", process)
	say("make a thread and wait for its end", thread)
	say("make a goroutine and wait for its end", goroutine)
	before := twin.KernelSwitches()
	yield := goroutineSwitchCost(*switches)
	inKernel := twin.KernelSwitches() - before
	say("switch between two goroutines, by the scheduler", yield)
	fmt.Println(*switches, "switches of goroutines took", inKernel, "of the kernel")
	twin.Check(inKernel < int64(*switches), "goroutines switch without the kernel")
	twin.Outcome(yield.Nanoseconds())
}

func main() {
	twin.Run(program)
}
