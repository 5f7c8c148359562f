package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"newsarchive/archive"
)

// file extracts one file by what its first bytes are.
func (e *extracting) file(ctx context.Context, name string) error {
	in, size, err := e.openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<16)
	head, err := r.Peek(4)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", name, err)
		}
		return coded{exitNoArticle, fmt.Errorf("%s is empty: nothing to read", name)}
	}
	base := filepath.Base(name)
	switch {
	case bytes.Equal(head, []byte("PK\x03\x04")):
		return e.wacz(ctx, name, in, size)
	case strings.HasSuffix(base, ".wacz"):
		return usagef("%s is no WACZ: it does not begin as a ZIP file does", name)
	case bytes.Equal(head, []byte("WARC")), strings.HasSuffix(strings.TrimSuffix(base, ".gz"), ".warc"): // what is broken is named, and read past
		return e.each(ctx, archive.ReadWARC(fromStart(r, in), base))
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		if gzippedWARC(r) {
			return e.each(ctx, archive.ReadWARC(fromStart(r, in), base))
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return usagef("read %s: it begins as gzip does, and is none: %w", name, err)
		}
		return e.html(name, z)
	}
	return e.html(name, r)
}

func (e *extracting) openInput(name string) (io.ReadCloser, int64, error) {
	if name == "-" {
		return io.NopCloser(e.in), -1, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, coded{exitUsage, err}
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return nil, 0, usagef("%s is a folder; name the files in it", name)
	}
	return f, info.Size(), nil
}

// fromStart is what is read, and may be read at will too where it is a file.
func fromStart(r io.Reader, in any) io.Reader {
	ra, ok := in.(io.ReaderAt)
	if !ok {
		return r
	}
	return struct {
		io.Reader
		io.ReaderAt
	}{r, ra}
}

// gzippedWARC looks into the first member without taking it from r.
func gzippedWARC(r *bufio.Reader) bool {
	head, _ := r.Peek(r.Size())
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	first := make([]byte, 5)
	_, err = io.ReadFull(z, first)
	return err == nil && string(first) == "WARC/"
}

func (e *extracting) wacz(ctx context.Context, name string, in io.Reader, size int64) error {
	ra, ok := in.(io.ReaderAt)
	if !ok {
		return usagef("a WACZ cannot be read from standard input; give its file name")
	}
	return e.each(ctx, archive.ReadWACZ(ra, size, filepath.Base(name)))
}

// html extracts a bare page.
func (e *extracting) html(name string, r io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(r, maxHTML+1))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return coded{exitUsage, fmt.Errorf("read %s: the file is cut short", name)}
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if len(body) > maxHTML {
		return coded{exitUnreachable, fmt.Errorf("%s is larger than %d MiB", name, maxHTML>>20)}
	}
	row := e.x.HTML(body, e.url).Row
	row.WARCFile = filepath.Base(name)
	return e.print(row)
}
