package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive"
)

// File writes a single file: rows without the description of a package, WARC or
// WACZ. A name that ends in ".gz" is compressed; WARC always is.
func File(ctx context.Context, r *archive.Reader, name string, o Options) (Result, error) {
	at, f, err := newFile(name, o.Force)
	if err != nil {
		return Result{}, err
	}
	defer at.drop()
	w := &counting{w: bufio.NewWriterSize(f, 256<<10)}
	o.beside = name // the system's folder of files that pass may be missing, or small
	res, err := Stream(ctx, r, w, name, o)
	if err == nil {
		err = w.w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return Result{}, err
	}
	res.Files, res.Bytes = 1, w.n
	return res, at.appear()
}

// Stream writes to w what File writes to a file of that name.
func Stream(ctx context.Context, r *archive.Reader, w io.Writer, name string, o Options) (Result, error) {
	o = o.filled()
	switch o.Format {
	case Text:
		return Result{}, fmt.Errorf("text needs a folder: it is a file for each article")
	case WARC:
		return writeWARC(ctx, r, w, name, o)
	case WACZ:
		return writeWACZ(ctx, r, w, o)
	}
	return writeRows(ctx, r, w, name, o)
}

func writeRows(ctx context.Context, r *archive.Reader, w io.Writer, name string, o Options) (res Result, err error) {
	var gz *gzip.Writer
	if strings.HasSuffix(name, ".gz") {
		gz = gzip.NewWriter(w)
		w = gz
	}
	out := newRowWriter(w, o.Format, o.Profile)
	for row, err := range o.rows(ctx, r, nil) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = out.Write(row)
		}
		if err != nil {
			return res, err
		}
		res.Rows++
	}
	if res.Rows == 0 {
		return res, ErrNothing
	}
	if err = out.Close(); gz != nil {
		err = errors.Join(err, gz.Close())
	}
	return res, err
}

// counting counts bytes.
type counting struct {
	w *bufio.Writer
	n int64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
