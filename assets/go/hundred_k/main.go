// hundred_k: a hundred thousand goroutines live at once; and some threads beside them.
package main

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golanes/twins/twin"
)

const (
	row       = 1000 // they come and go by rows, each with its gate
	pause     = 3 * time.Millisecond
	asksAbove = 200_000
)

var (
	goroutines = flag.Int("goroutines", 100_000, "goroutines")
	threads    = flag.Int("threads", 1000, "threads")
	sure       = flag.Bool("sure", false, "more than 200,000: I am sure")
)

func newGate() chan bool {
	return make(chan bool)
}

func crowd(goroutines int) {
	var gates []chan bool
	var sum atomic.Int64
	var arrived, left sync.WaitGroup
	before := twin.ResidentBytes()
	arrived.Add(goroutines)
	left.Add(goroutines)
	for i := 0; i < goroutines; i++ {
		if i%row == 0 {
			gates = append(gates, newGate())
			time.Sleep(pause)
		}
		i, gate := i, gates[len(gates)-1]
		go func() {
			arrived.Done()
			<-gate
			sum.Add(int64(i))
			left.Done()
		}()
	}
	arrived.Wait() // all of them live now
	each := (twin.ResidentBytes() - before) / int64(goroutines)
	fmt.Println(goroutines, "goroutines at once,", each, "bytes of memory each")
	for _, gate := range gates {
		close(gate)
		time.Sleep(pause)
	}
	left.Wait()
	n := int64(goroutines)
	twin.Check(sum.Load() == n*(n-1)/2, "each of them added its number once")
}

func program() {
	if *goroutines > asksAbove && !*sure {
		fmt.Println(*goroutines, "goroutines: if you are sure, say -sure")
		twin.Outcome("asks first")
		return
	}
	crowd(*goroutines)
	made := twin.ThreadsAtOnce(*threads)
	fmt.Println(made, "threads at once")
	twin.Outcome(*goroutines)
}

func main() {
	twin.Run(program)
}
