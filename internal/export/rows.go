package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"strings"

	"newsarchive/page"
)

// A rowWriter writes rows in one format. Close ends what it writes, but not the
// writer below.
type rowWriter interface {
	Write(*page.Row) error
	Close() error
}

func newRowWriter(w io.Writer, f Format, p Profile) rowWriter {
	switch f {
	case CSV, Text:
		return newCSV(w, p)
	case Parquet:
		return newParquet(w, p)
	}
	return newJSONL(w, p)
}

// jsonlWriter writes the lines of the archive, less the keys that the profile lacks.
type jsonlWriter struct {
	w    io.Writer
	out  []column
	line []byte
}

func newJSONL(w io.Writer, p Profile) *jsonlWriter {
	_, out := columns(p)
	return &jsonlWriter{w: w, out: out}
}

func (j *jsonlWriter) Write(r *page.Row) (err error) {
	row := *r
	v := reflect.ValueOf(&row).Elem()
	for _, c := range j.out {
		v.Field(c.field).SetZero()
	}
	if j.line, err = row.AppendLine(j.line[:0]); err != nil {
		return err
	}
	for _, c := range j.out {
		// Quotes inside of a string are escaped, so this is a key and its value.
		j.line = bytes.Replace(j.line, []byte(`,"`+c.name+`":`+c.zero()), nil, 1)
	}
	_, err = j.w.Write(j.line)
	return err
}

func (j *jsonlWriter) Close() error { return nil }

// zero is how JSON has the zero value.
func (c column) zero() string {
	switch c.kind {
	case integer:
		return "0"
	case moment:
		return "null"
	}
	return `""`
}

// csvWriter writes RFC 4180 with a header line, but for its ends of lines: they are those of the
// items within cells, a line feed.
type csvWriter struct {
	w       *csv.Writer
	columns []column
	cells   []string
	begun   bool
}

func newCSV(w io.Writer, p Profile) *csvWriter {
	in, _ := columns(p)
	return &csvWriter{w: csv.NewWriter(w), columns: in, cells: make([]string, len(in))}
}

func (c *csvWriter) header() error {
	if c.begun {
		return nil
	}
	c.begun = true
	for i, col := range c.columns {
		c.cells[i] = col.name
	}
	return c.w.Write(c.cells)
}

func (c *csvWriter) Write(r *page.Row) error {
	if err := c.header(); err != nil {
		return err
	}
	row := reflect.ValueOf(r).Elem()
	for i, col := range c.columns {
		c.cells[i] = col.plain(row)
		if col.kind == text || col.kind == list {
			c.cells[i] = inert(c.cells[i])
		}
	}
	return c.w.Write(c.cells)
}

func (c *csvWriter) Close() error {
	if err := c.header(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

// inert returns a cell that no spreadsheet takes for a formula: an apostrophe comes
// before = + - @, their full-width forms, tab and carriage return at its beginning,
// white space before them or not, and before an apostrophe. So taking one
// apostrophe off the beginning of a cell always gives the value.
func inert(cell string) string {
	bare := strings.TrimLeft(cell, " \u00a0\ufeff\n")
	if bare == "" || !strings.ContainsRune("=+-@\t\r'＝＋－＠", firstRune(bare)) {
		return cell
	}
	return "'" + cell
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
