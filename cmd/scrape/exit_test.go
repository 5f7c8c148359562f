package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestInterrupted: one line says what is left, the code is the signal's, and a file that
// was to be written stays what it was.
func TestInterrupted(t *testing.T) {
	for _, tt := range []struct {
		command string
		err     error
		code    int
		said    string
		file    string
	}{
		{"extract", signalled{syscall.SIGINT}, 130, "interrupted; not all pages were read; FILE was not written\n", "old"},
		{"crawl", context.Canceled, 130, "interrupted; the same command goes on from here; FILE was not written\n", "old"},
		{"crawl", signalled{syscall.SIGTERM}, 143, "terminated; the same command goes on from here; FILE was not written\n", "old"},
		{"list", signalled{syscall.SIGINT}, 130, "", "old"},
		{"extract", errors.New("disk on fire"), 1, "scrape: disk on fire\n", "old"},
		{"extract", saidCode(exitPartial), 3, "", "new"},
		{"extract", nil, 0, "", "new"},
	} {
		t.Run(fmt.Sprintf("%s %v", tt.command, tt.err), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "rows.jsonl")
			if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancelCause(t.Context())
			if tt.code > 128 {
				cancel(signalled{syscall.Signal(tt.code - 128)})
			}
			defer cancel(nil)
			var errs bytes.Buffer
			a := newApp(nil, nil, &errs)
			if err := a.out.toFile(file); err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(a.out, "new")
			if code := a.exit(ctx, tt.command, tt.err); code != tt.code {
				t.Errorf("code %d, want %d", code, tt.code)
			}
			if said := bytes.ReplaceAll(errs.Bytes(), []byte(file), []byte("FILE")); string(said) != tt.said {
				t.Errorf("said %q, want %q", said, tt.said)
			}
			if kept, err := os.ReadFile(file); err != nil || string(kept) != tt.file {
				t.Errorf("the file holds %q (%v), want %q", kept, err, tt.file)
			}
			if list, _ := os.ReadDir(filepath.Dir(file)); len(list) != 1 {
				t.Errorf("left behind: %v", list)
			}
		})
	}
}

// TestSignalSentTwice: timeout(1) signals a process and then its group. That is one signal,
// and the process ends in order.
func TestSignalSentTwice(t *testing.T) {
	ctx, stop := untilSignal()
	defer stop()
	for range 2 {
		if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		<-ctx.Done()
	}
	time.Sleep(50 * time.Millisecond) // for the second one to arrive
	if s, ok := stopped(ctx, nil); !ok || s.sig != syscall.SIGTERM {
		t.Errorf("stopped by %v", context.Cause(ctx))
	}
}
