// alternate: the same tasks take turns on one P and overlap on several.
package main

import (
	"flag"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	tasks = flag.Int("tasks", 4, "tasks")
	each  = flag.Duration("work", 50*time.Millisecond, "work of each task")
)

func program() {
	var wg sync.WaitGroup
	wg.Add(*tasks)
	for i := 1; i <= *tasks; i++ {
		go func() {
			twin.Work(*each)
			wg.Done()
		}()
	}
	wg.Wait()
	twin.Outcome(*tasks)
}

func main() {
	twin.Run(program)
}
