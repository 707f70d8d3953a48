// serial_parallel: the same tasks one after another, taking turns, and at the same time.
package main

import (
	"flag"
	"fmt"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	tasks = flag.Int("tasks", 10, "tasks")
	each  = flag.Duration("each", 100*time.Millisecond, "length of each task")
	kind  = flag.String("kind", "cpu", "what a task does: cpu or io")
	way   = flag.String("way", "goroutines", "serial, mutex or goroutines")
)

func doTask() {
	if *kind == "cpu" {
		twin.Work(*each)
	} else {
		time.Sleep(*each)
	}
}

func program() {
	begin := time.Now()
	done := 0
	var oneAtATime, counting sync.Mutex
	var wg sync.WaitGroup
	for i := 1; i <= *tasks && *way == "serial"; i++ {
		doTask()
		done++
	}
	for i := 1; i <= *tasks && *way != "serial"; i++ {
		wg.Add(1)
		go func() {
			if *way == "mutex" {
				oneAtATime.Lock()
			}
			doTask()
			if *way == "mutex" {
				oneAtATime.Unlock()
			}
			counting.Lock()
			done++
			counting.Unlock()
			wg.Done()
		}()
	}
	wg.Wait()
	fmt.Println("all done after", time.Since(begin).Milliseconds(), "ms")
	twin.Check(done == *tasks, "every task was done once")
	twin.Outcome(done)
}

func main() {
	twin.Run(program)
}
