// Command scrape captures news pages: the clean article as a row of JSON, the
// page itself as WARC records that the row points to.
//
// This package only wires: flags in, exit code out. What the program does is in
// the packages below it.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // schedules in any time zone, also where the system knows none
)

func main() {
	tuneMemory()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// tuneMemory trades memory for time, within bounds, unless the environment says
// otherwise: a page's tree is garbage as soon as its row is written.
func tuneMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(300)
		debug.SetMemoryLimit(104 << 20)
	}
}

// run is the whole program. It returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := untilSignal()
	defer stop()
	a := newApp(in, out, errs)
	root := a.rootCommand()
	root.SetArgs(addGet(root, args))
	c, err := root.ExecuteContextC(ctx)
	return a.exit(ctx, c.Name(), err)
}

// signalled is the cause of a context that a signal ended.
type signalled struct{ sig syscall.Signal }

func (s signalled) Error() string {
	if s.sig == syscall.SIGTERM {
		return "terminated"
	}
	return "interrupted"
}

// sameSignal is the time within which a second signal is the first one again: timeout(1)
// and terminals send it to a process and then to its group.
const sameSignal = 500 * time.Millisecond

// untilSignal returns a context that ends with the first SIGINT or SIGTERM, its
// cause a signalled. A later signal ends the process at once. A reader that went
// away (SIGPIPE) is seen as an error of the write instead.
func untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	got := make(chan os.Signal, 2)
	signal.Notify(got, os.Interrupt, syscall.SIGTERM)
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	go func() {
		var first time.Time
		for sig := range got {
			s := sig.(syscall.Signal)
			if !first.IsZero() && time.Since(first) > sameSignal {
				os.Exit(128 + int(s))
			}
			if first.IsZero() {
				first = time.Now()
			}
			cancel(signalled{s})
		}
	}()
	return ctx, func() {
		signal.Stop(got)
		signal.Stop(pipe)
		close(got)
		cancel(nil)
	}
}

// gone reports whether err says that nobody reads our output any more.
func gone(err error) bool { return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) }
