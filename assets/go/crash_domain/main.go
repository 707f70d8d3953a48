// crash_domain: who dies with whom: a child process, a goroutine that panics, a thread.
package main

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golanes/twins/twin"
)

var (
	who   = flag.String("who", "process", "who fails: process, recovered, goroutine or thread")
	after = flag.Duration("after", 20*time.Millisecond, "after how long")
)

func fail() {
	switch *who {
	case "process":
		_, signal := twin.Child()
		fmt.Println("the child process died of signal", int(signal))
		twin.Check(signal == syscall.SIGKILL, "the child died, and we were told")
	case "recovered":
		func() {
			defer func() { recover() }()
			panic("something went wrong")
		}()
		fmt.Println("the panic was recovered")
	case "goroutine":
		panic("something went wrong")
	default:
		_ = syscall.Kill(syscall.Getpid(), syscall.SIGSEGV)
	}
}

func program() {
	if twin.IsChild() {
		_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
		select {}
	}
	const bystanders = 3
	var alive atomic.Int32
	var wg sync.WaitGroup
	wg.Add(bystanders + 1)
	for i := 1; i <= bystanders; i++ {
		go func() {
			twin.Work(2 * *after)
			alive.Add(1)
			wg.Done()
		}()
	}
	go func() {
		twin.Work(*after)
		fail()
		wg.Done()
	}()
	wg.Wait()
	twin.Check(alive.Load() == bystanders, "the others have finished their work")
	twin.Outcome(alive.Load())
}

func main() {
	twin.Run(program)
}
