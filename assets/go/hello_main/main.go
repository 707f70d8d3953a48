// hello_main: when main returns, all other goroutines end with it, wherever they stand.
package main

import (
	"flag"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golanes/twins/twin"
)

var (
	variant = flag.String("variant", "go", "call, go, sleep or wait")
	pause   = flag.Duration("pause", 100*time.Millisecond, "how long main sleeps")
)

// stage keeps who spoke, one digit each: 1 hello, 2 main.
type stage struct {
	order atomic.Int32
	wg    sync.WaitGroup
}

func (s *stage) say(who int32, words string) {
	for {
		before := s.order.Load()
		if s.order.CompareAndSwap(before, before*10+who) {
			break
		}
	}
	fmt.Println(words)
}

func lettersOf(order int32) string {
	return strings.NewReplacer("1", "H", "2", "M").Replace(fmt.Sprint(order))
}

func program() {
	var s stage
	s.wg.Add(1)
	hello := func() {
		s.say(1, "Hello Goroutine!")
		s.wg.Done()
	}
	if *variant == "call" {
		hello()
	} else {
		go hello()
	}
	if *variant == "wait" {
		s.wg.Wait()
	}
	s.say(2, "main goroutine done!")
	if *variant == "sleep" {
		time.Sleep(*pause)
	}
	order := s.order.Load()
	twin.Check(order%10 == 2 || order == 21, "main spoke once, hello at most once")
	twin.Outcome(lettersOf(order))
}

func main() {
	twin.Run(program)
}
