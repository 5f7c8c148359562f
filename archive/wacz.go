package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
)

// ReadWACZ gives the responses of the WARC files in a WACZ package, archive/
// *.warc and *.warc.gz, as ReadWARC does. They are read by name where they lie;
// nothing is unpacked. A package with two entries of one name, or with entries that
// share bytes, is refused; a file that grows beyond measure is damage.
func ReadWACZ(ra io.ReaderAt, size int64, name string) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		var o Originals
		o.Ahead = func() { o.Survey(ra, size) }
		o.known.elsewhere = o.elsewhere
		readWACZ(ra, size, name, &o.known, yield)
	}
}

func readWACZ(ra io.ReaderAt, size int64, name string, known *payloads, yield func(Stored, error) bool) {
	files, err := warcsOf(ra, size)
	if err != nil {
		yield(Stored{}, fmt.Errorf("read %s: %w", name, err))
		return
	}
	for _, f := range files {
		if !readEntry(ra, f, name, known, yield) {
			return
		}
	}
}

func readEntry(ra io.ReaderAt, f *zip.File, name string, known *payloads, yield func(Stored, error) bool) bool {
	inner := name + "!" + f.Name
	r, err := openEntry(f)
	if err != nil {
		return yield(Stored{}, fmt.Errorf("read %s: %w", inner, err))
	}
	defer r.Close()
	return readWARC(lying{r, at(ra, f)}, inner, known, yield)
}

// lying is an entry as it is read, and as it lies in the package.
type lying struct {
	io.Reader
	io.ReaderAt
}

// at is an entry to be read at will.
func at(ra io.ReaderAt, f *zip.File) io.ReaderAt {
	offset, err := f.DataOffset()
	if err != nil || f.Method != zip.Store {
		return &inflating{f: f, left: mostInflated * (int64(f.UncompressedSize64) + freeEntry)}
	}
	return io.NewSectionReader(ra, offset, int64(f.UncompressedSize64))
}

// mostInflated is how many times over an entry is inflated at most, so that pieces of it
// can be read.
const mostInflated = 50

// inflating is an entry that is compressed: what lies before a piece is inflated for it.
type inflating struct {
	f    *zip.File
	r    io.ReadCloser
	at   int64
	left int64 // bytes that may still be inflated
}

func (e *inflating) ReadAt(p []byte, off int64) (n int, err error) {
	if e.r == nil || off < e.at {
		e.at = 0
		if e.r, err = openEntry(e.f); err != nil {
			return 0, err
		}
	}
	if e.left -= off - e.at + int64(len(p)); e.left < 0 {
		return 0, errors.New("it would have to be inflated too often")
	}
	skipped, err := io.CopyN(io.Discard, e.r, off-e.at)
	if e.at += skipped; err == nil {
		n, err = io.ReadFull(e.r, p)
	}
	if e.at += int64(n); err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}

// warcsOf lists the WARC files of the package.
func warcsOf(ra io.ReaderAt, size int64) ([]*zip.File, error) {
	_, all, err := openZip(ra, size)
	if err != nil {
		return nil, err
	}
	var files []*zip.File
	for _, f := range all {
		if isWARC(f) {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no WARC file under archive/")
	}
	return files, nil
}

func isWARC(f *zip.File) bool {
	dir, base := path.Split(f.Name)
	return dir == "archive/" && f.Mode().IsRegular() && (strings.HasSuffix(base, ".warc") || strings.HasSuffix(base, ".warc.gz"))
}
