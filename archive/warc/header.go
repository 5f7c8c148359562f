package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxHeader bounds a record header, its version line and empty line included.
const maxHeader = 64 << 10

var (
	errHeaderLong = fmt.Errorf("record header is longer than %d bytes", maxHeader)
	errNoVersion  = errors.New("no WARC record begins here")
)

// parsed is a record header with what the reader needs from it.
type parsed struct {
	version string
	header  Header
	length  int64 // Content-Length, bytes
	size    int64 // bytes of the header itself
}

// readHeader reads one record header. At the end of br it returns io.EOF if
// nothing was there, else io.ErrUnexpectedEOF.
func readHeader(br *bufio.Reader) (parsed, error) {
	var p parsed
	line, err := p.line(br)
	if err != nil {
		return p, err
	}
	if !isVersion(line) {
		return p, errNoVersion
	}
	p.version = line
	for {
		line, err := p.line(br)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return p, err
		}
		if line == "" {
			break
		}
		if err := p.field(line); err != nil {
			return p, err
		}
	}
	p.length, err = contentLength(p.header)
	return p, err
}

// begins looks whether a record may begin here and takes nothing.
func begins(br *bufio.Reader) error {
	const magic = "WARC/"
	start, err := br.Peek(len(magic))
	if string(start) == magic {
		return nil
	}
	if err != nil && err != io.EOF {
		return err
	}
	if strings.HasPrefix(magic, string(start)) {
		return io.ErrUnexpectedEOF
	}
	return errNoVersion
}

// line reads a line without its end, CRLF or LF.
func (p *parsed) line(br *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := br.ReadSlice('\n')
		p.size += int64(len(part))
		if p.size > maxHeader {
			return "", errHeaderLong
		}
		if err == nil && line == nil {
			return trimEOL(part), nil
		}
		line = append(line, part...)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && len(line) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return trimEOL(line), err
	}
}

func trimEOL(line []byte) string {
	return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
}

// field takes one header line; one that begins with white space continues the
// line before it (section 4).
func (p *parsed) field(line string) error {
	if line[0] == ' ' || line[0] == '\t' {
		if len(p.header) == 0 {
			return errors.New("record header begins with a continuation line")
		}
		last := &p.header[len(p.header)-1]
		last.Value = strings.TrimSpace(last.Value + " " + strings.TrimSpace(line))
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" {
		return fmt.Errorf("record header line without a name: %.60q", line)
	}
	p.header = append(p.header, Field{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	return nil
}

// isVersion reports a version line such as "WARC/1.0".
func isVersion(line string) bool {
	major, minor, ok := strings.Cut(strings.TrimPrefix(line, "WARC/"), ".")
	return strings.HasPrefix(line, "WARC/") && ok && digits(major) && digits(strings.TrimRight(minor, " "))
}

func digits(s string) bool {
	return s != "" && len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

func contentLength(h Header) (int64, error) {
	s := h.Get("Content-Length")
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("record without a usable Content-Length: %.40q", s)
	}
	return int64(n), nil
}
