// speedup: what many Ps gain when a part of the work has to be done by one (Amdahl, Gustafson).
package main

import (
	"flag"
	"fmt"
	"sync"
	"time"

	"golanes/twins/twin"
)

var (
	workers = flag.Int("workers", 4, "workers")
	serial  = flag.Int("serial", 5, "serial part, percent")
	total   = flag.Duration("work", 200*time.Millisecond, "work of one")
	law     = flag.String("law", "amdahl", "amdahl or gustafson")
)

func program() {
	alone := *total * time.Duration(*serial) / 100
	together := *total - alone
	share := together / time.Duration(*workers)
	if *law == "gustafson" { // each worker does as much as one alone would
		share = together
	}
	begin := time.Now()
	twin.Work(alone)
	var wg sync.WaitGroup
	wg.Add(*workers)
	for i := 1; i <= *workers; i++ {
		go func() {
			twin.Work(share)
			wg.Done()
		}()
	}
	wg.Wait()
	took := time.Since(begin)
	twin.Check(took*102/100 >= alone+share, "nobody is faster than the serial part and a share")
	whole := alone + share*time.Duration(*workers)
	twin.Outcome(fmt.Sprintf("%.2f", whole.Seconds()/took.Seconds()))
}

func main() {
	twin.Run(program)
}
