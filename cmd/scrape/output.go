package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/mattn/go-runewidth"

	"newsarchive/page"
)

// output is standard output: data, buffered, flushed after each line that a
// reader may wait for.
type output struct {
	mu    sync.Mutex
	w     io.Writer
	buf   *bufio.Writer
	tty   bool
	color bool
	err   error // the first failed write; later ones are dropped

	documents int // printed so far, of those that are no lines

	file *os.File // with toFile, what grows until it gets its name
	name string
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	if o.buf == nil {
		o.buf = bufio.NewWriterSize(o.w, 1<<16)
	}
	n, err := o.buf.Write(p)
	o.err = err
	return n, err
}

func (o *output) flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil && o.buf != nil {
		o.err = o.buf.Flush()
	}
	return o.err
}

// close hands on what is left. A file that was written to appears now, if it is whole.
func (o *output) close(whole bool) error {
	err := o.flush()
	if o.file == nil {
		return err
	}
	err = errors.Join(err, o.file.Sync(), o.file.Close())
	if err != nil || !whole {
		os.Remove(o.file.Name())
		return err
	}
	return os.Rename(o.file.Name(), o.name)
}

// toFile writes to a file instead, which appears when the program ends.
func (o *output) toFile(name string) error {
	if name == "" || name == "-" {
		return nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return usagef("%s is a folder; name the file to write in it", name)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".scrape-*")
	if err != nil {
		return coded{exitUsage, fmt.Errorf("write %s: %w", name, errors.Unwrap(err))}
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	o.w, o.tty, o.color, o.file, o.name = f, false, false, f, name
	return nil
}

// line writes one JSON line and hands it on at once.
func (o *output) line(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	if _, err := o.Write(page.EscapeBidi(b.Bytes())); err != nil {
		return err
	}
	return o.flush()
}

// row writes one article row and hands it on at once.
func (o *output) row(r page.Row) error {
	line, err := r.AppendLine(nil)
	if err != nil {
		return err
	}
	if _, err := o.Write(line); err != nil {
		return err
	}
	return o.flush()
}

// typedRow is a row as --json prints it: among lines of several types.
type typedRow struct {
	Type string
	Row  page.Row
}

// MarshalJSON puts the type before the keys of the row.
func (t typedRow) MarshalJSON() ([]byte, error) {
	line, err := t.Row.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return append([]byte(`{"type":"`+t.Type+`",`), line[1:]...), nil
}

// escaper is standard error: whatever passes is made fit for a terminal, our own
// colours apart, which go through paint. On one, lines are folded with their indent.
type escaper struct {
	mu  sync.Mutex
	w   io.Writer
	tty bool
}

func (e *escaper) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out bytes.Buffer
	for line := range bytes.Lines(p) {
		text, nl := bytes.CutSuffix(line, []byte("\n"))
		s := page.Printable(string(text), 0)
		indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
		switch width := columnsOf(e.w); {
		case nl && width > 0 && runewidth.StringWidth(s) > width:
			out.WriteString(wrap(s, indent, indent, width))
		case nl:
			out.WriteString(s + "\n")
		default:
			out.WriteString(s)
		}
	}
	if _, err := e.w.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// raw writes control sequences of our own.
func (e *escaper) raw(s string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	io.WriteString(e.w, s)
}

// setColor decides on colour: --color, then NO_COLOR, CLICOLOR_FORCE and TERM.
func (a *app) setColor() error {
	switch a.color {
	case "always":
		a.out.color = true
	case "never":
	case "auto":
		forced := os.Getenv("CLICOLOR_FORCE") != "" && os.Getenv("CLICOLOR_FORCE") != "0"
		a.out.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && (a.out.tty || forced)
	default:
		return usagef("--color is auto, always or never, not %q", a.color)
	}
	return nil
}

// style is an SGR code.
type style string

const (
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
)

// paint escapes s for the terminal and colours it if colours are on.
func (o *output) paint(st style, s string) string {
	s = page.Printable(s, 0)
	if !o.color || s == "" || st == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}
