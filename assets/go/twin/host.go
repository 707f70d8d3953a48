package twin

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const childVariable = "GOLANES_TWIN_CHILD"

// IsChild tells a program that was started by Child.
func IsChild() bool {
	return os.Getenv(childVariable) != ""
}

// Child starts this program again and returns what it printed, and the signal it died of (0: none).
func Child() (string, syscall.Signal) {
	program, err := os.Executable()
	if err != nil {
		return "", 0
	}
	command := exec.Command(program, os.Args[1:]...)
	command.Env = append(os.Environ(), childVariable+"=1")
	output, _ := command.Output()
	status, ok := command.ProcessState.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() {
		return string(output), status.Signal()
	}
	return strings.TrimSpace(string(output)), 0
}

// ProcessCost makes processes one after the other and returns the time of each.
func ProcessCost(count int) time.Duration {
	begin := time.Now()
	for i := 0; i < count; i++ {
		_ = exec.Command("/bin/true").Run()
	}
	return time.Since(begin) / time.Duration(count)
}

// ThreadCost makes threads one after the other: a goroutine that ends locked ends its thread.
func ThreadCost(count int) time.Duration {
	begin := time.Now()
	for i := 0; i < count; i++ {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			runtime.LockOSThread()
			wg.Done()
		}()
		wg.Wait()
	}
	return time.Since(begin) / time.Duration(count)
}

// KernelSwitches counts those of this process so far.
func KernelSwitches() int64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Nvcsw + usage.Nivcsw
}

// ResidentBytes is the memory this process has.
func ResidentBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	var pages int64
	for _, digit := range fields[1] {
		pages = pages*10 + int64(digit-'0')
	}
	return pages * int64(os.Getpagesize())
}

// ThreadsAtOnce lets so many threads live at once and returns how many there were.
func ThreadsAtOnce(count int) int {
	var arrived, left sync.WaitGroup
	gate := make(chan bool)
	arrived.Add(count)
	left.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			defer left.Done()
			runtime.LockOSThread()
			arrived.Done()
			<-gate
		}()
	}
	arrived.Wait()
	close(gate)
	left.Wait()
	return count
}
