// Package twin holds what every twin of a scenario needs: -trace FILE, work that takes CPU time,
// and reports in the words of Golanes.
package twin

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/trace"
	"time"
)

var failed bool

// Run parses the command line and runs program, traced if -trace names a file. A check that did
// not hold makes it exit with code 1.
func Run(program func()) {
	file := flag.String("trace", "", "write a Go execution trace to this `file`")
	flag.Parse()
	if *file != "" {
		out, err := os.Create(*file)
		if err != nil {
			log.Fatal(err)
		}
		if err := trace.Start(out); err != nil {
			log.Fatal(err)
		}
		program()
		trace.Stop()
		if err := out.Close(); err != nil {
			log.Fatal(err)
		}
	} else {
		program()
	}
	if failed {
		os.Exit(1)
	}
}

// Work computes for about d. Time in which this goroutine did not run is left out.
func Work(d time.Duration) {
	const gap = 50 * time.Microsecond
	last := time.Now()
	for used := time.Duration(0); used < d; {
		now := time.Now()
		if step := now.Sub(last); step < gap {
			used += step
		}
		last = now
	}
}

// Check tests an invariant of the program.
func Check(holds bool, what string) {
	if !holds {
		failed = true
		fmt.Fprintln(os.Stderr, "check failed:", what)
	}
}

// Outcome reports the result.
func Outcome(value any) {
	fmt.Println("outcome:", value)
}
