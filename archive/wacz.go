package archive

import (
	"archive/zip"
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
		files, err := warcsOf(ra, size)
		if err != nil {
			yield(Stored{}, fmt.Errorf("read %s: %w", name, err))
			return
		}
		var known payloads
		for _, f := range files {
			if !readEntry(ra, f, name, &known, yield) {
				return
			}
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

// at is an entry that is stored as it is; one that is compressed is not to be read at will.
func at(ra io.ReaderAt, f *zip.File) io.ReaderAt {
	offset, err := f.DataOffset()
	if err != nil || f.Method != zip.Store {
		offset, f = 0, &zip.File{}
	}
	return io.NewSectionReader(ra, offset, int64(f.UncompressedSize64))
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
