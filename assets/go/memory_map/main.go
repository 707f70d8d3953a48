// memory_map: what the threads of a process share, what each has alone, and what a child copies.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"golanes/twins/twin"
)

const threads = 3

var global = 1

type view struct {
	thread              int
	global, heap, local uintptr
}

//go:noinline
func lookAround(heap *int) view {
	var local int
	v := view{syscall.Gettid(), uintptr(unsafe.Pointer(&global)),
		uintptr(unsafe.Pointer(heap)), uintptr(unsafe.Pointer(&local))}
	fmt.Printf("thread %d: global %#x, heap %#x, local %#x\n", v.thread, v.global, v.heap, v.local)
	return v
}

func distinct(views [threads]view, field func(view) uintptr) int {
	all := map[uintptr]bool{}
	for _, v := range views {
		all[field(v)] = true
	}
	return len(all)
}

func program() {
	if twin.IsChild() {
		global = 2
		return
	}
	heap := new(int)
	var views [threads]view
	var arrived, wg sync.WaitGroup
	arrived.Add(threads)
	wg.Add(threads)
	for i := range views {
		i := i
		go func() {
			runtime.LockOSThread()
			arrived.Done()
			arrived.Wait() // so that each has its thread while the others have theirs
			views[i] = lookAround(heap)
			runtime.UnlockOSThread()
			wg.Done()
		}()
	}
	wg.Wait()
	twin.Check(distinct(views, func(v view) uintptr { return v.global }) == 1,
		"all threads see one global variable")
	twin.Check(distinct(views, func(v view) uintptr { return v.heap }) == 1,
		"all threads see one object on the heap")
	twin.Check(distinct(views, func(v view) uintptr { return v.local }) == threads,
		"each has a local variable of its own")
	twin.Check(distinct(views, func(v view) uintptr { return uintptr(v.thread) }) == threads,
		"each is a thread of its own")
	twin.Child()
	twin.Check(global == 1, "what a child process writes is not seen here")
	twin.Outcome(threads)
}

func main() {
	twin.Run(program)
}
