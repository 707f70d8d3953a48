// handoff: who waits in a system call keeps its thread, and its P goes on with another one.
package main

import (
	"flag"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golanes/twins/twin"
)

var (
	waiters = flag.Int("waiters", 4, "goroutines that wait")
	kind    = flag.String("kind", "syscall", "what they wait in: channel, sleep or syscall")
	wait    = flag.Duration("wait", 20*time.Millisecond, "how long")
)

func waitIn(bell <-chan bool) {
	if *kind == "channel" {
		<-bell
	} else if *kind == "sleep" {
		time.Sleep(*wait)
	} else {
		left := syscall.NsecToTimespec(wait.Nanoseconds())
		for syscall.Nanosleep(&left, &left) == syscall.EINTR {
		}
	}
}

func program() {
	bell := make(chan bool)
	var returned atomic.Int32
	var wg sync.WaitGroup
	wg.Add(*waiters + 1)
	for i := 1; i <= *waiters; i++ {
		go func() {
			waitIn(bell)
			returned.Add(1)
			wg.Done()
		}()
	}
	runtime.Gosched() // on one P: so that they wait before the worker takes it
	go func() {
		twin.Work(*wait)
		wg.Done()
	}()
	time.Sleep(*wait)
	close(bell)
	wg.Wait()
	twin.Check(int(returned.Load()) == *waiters, "everybody came back")
	twin.Outcome(returned.Load())
}

func main() {
	twin.Run(program)
}
