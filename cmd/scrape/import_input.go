package main

import (
	"context"
	"errors"
	"io"
	"os"
)

// input is a file that is imported.
type input struct {
	name string
	file onDisk
	size int64
	copy bool // of what came through a pipe; removed at the end
}

// onDisk is a file that is opened for each look: those of a crawl may be more than can be
// open at a time.
type onDisk string

func (name onDisk) ReadAt(p []byte, off int64) (int, error) {
	f, err := os.Open(string(name))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.ReadAt(p, off)
}

// input takes note of a file, and copies what comes through a pipe.
func (m *importing) input(ctx context.Context, name string) error {
	if name == "-" {
		return m.copied(ctx, name, m.in)
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return coded{exitUsage, err}
	case info.IsDir():
		return usagef("%s is a folder; name the files in it", name)
	case info.Mode().IsRegular():
		m.inputs = append(m.inputs, input{name: name, file: onDisk(name), size: info.Size()})
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return coded{exitUsage, err}
	}
	defer f.Close()
	return m.copied(ctx, name, f)
}

func (m *importing) copied(ctx context.Context, name string, r io.Reader) error {
	f, err := os.CreateTemp("", ".scrape-import-*")
	if err != nil {
		return err
	}
	defer f.Close()
	in := input{name: name, file: onDisk(f.Name()), copy: true}
	m.inputs = append(m.inputs, in) // so that it is removed whatever comes
	n, err := io.Copy(f, r)
	m.inputs[len(m.inputs)-1].size = n
	return errors.Join(err, ctx.Err())
}

// discard removes the copies.
func (m *importing) discard() (err error) {
	for _, in := range m.inputs {
		if in.copy {
			err = errors.Join(err, os.Remove(string(in.file)))
		}
	}
	return err
}
