// waitgroup: main waits for ten goroutines; and three ways to get the counting wrong.
package main

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"

	"golanes/twins/twin"
)

var (
	goroutines = flag.Int("goroutines", 10, "goroutines")
	variant    = flag.String("variant", "right", "right, add-inside, extra-done or missing-done")
)

type greeting struct {
	said atomic.Int32
	wg   sync.WaitGroup
}

func (g *greeting) hello(number int) {
	if *variant == "add-inside" {
		g.wg.Add(1)
	}
	fmt.Println("Hello Goroutine!", number)
	g.said.Add(1)
	if *variant != "missing-done" || number != 0 {
		g.wg.Done()
	}
}

func program() {
	var g greeting
	for i := 0; i < *goroutines; i++ {
		i := i
		if *variant != "add-inside" {
			g.wg.Add(1)
		}
		go func() { g.hello(i) }()
	}
	g.wg.Wait()
	if *variant == "extra-done" {
		g.wg.Done()
	}
	said := int(g.said.Load())
	twin.Check(said == *goroutines || (*variant == "add-inside" && said < *goroutines),
		"all have said hello when Wait returns")
	twin.Outcome(said)
}

func main() {
	twin.Run(program)
}
