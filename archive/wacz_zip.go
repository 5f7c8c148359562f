package archive

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Bounds on a WACZ package, far above what tools write.
const (
	maxEntries  = 100_000
	maxEntry    = 1 << 40  // bytes of one file inside, unpacked; it is streamed
	freeEntry   = 64 << 20 // bytes that a file inside may unpack to however small it is packed
	growthEntry = 200      // and beyond that, times its size in the package
)

// errBomb reports a file in a package that grows more than files of text do.
var errBomb = errors.New("it unpacks to far more than its size in the package")

// openZip lists the files of a package, each name once. Files that share bytes are
// refused: a few bytes could stand for any number of files, or for two at once.
func openZip(ra io.ReaderAt, size int64) (map[string]*zip.File, []*zip.File, error) {
	z, err := zip.NewReader(ra, size)
	if err != nil {
		return nil, nil, err
	}
	if len(z.File) > maxEntries {
		return nil, nil, fmt.Errorf("%d entries are more than %d", len(z.File), maxEntries)
	}
	byName := make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		if byName[f.Name] != nil {
			return nil, nil, fmt.Errorf("two entries are named %.100q", f.Name)
		}
		byName[f.Name] = f
	}
	return byName, z.File, checkApart(z.File, size)
}

// checkApart reports the first file whose bytes are not in the package, or are
// another's too.
func checkApart(files []*zip.File, size int64) error {
	type span struct {
		at, end int64
		name    string
	}
	spans := make([]span, 0, len(files))
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("%.100q: %w", f.Name, err)
		}
		if f.CompressedSize64 > uint64(size-at) {
			return fmt.Errorf("%.100q ends beyond the package", f.Name)
		}
		spans = append(spans, span{at, at + int64(f.CompressedSize64), f.Name})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.end, b.end)) })
	for i := 1; i < len(spans); i++ {
		if spans[i].at < spans[i-1].end {
			return fmt.Errorf("%.100q and %.100q share bytes", spans[i-1].name, spans[i].name)
		}
	}
	return nil
}

// openEntry opens a file of a package. Reading fails with errBomb once it has
// grown beyond its bounds.
func openEntry(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	most := int64(maxEntry)
	if f.CompressedSize64 < maxEntry/growthEntry {
		most = max(freeEntry, int64(f.CompressedSize64)*growthEntry)
	}
	return &growing{r, most}, nil
}

type growing struct {
	io.ReadCloser
	left int64
}

func (e *growing) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	if e.left -= int64(n); e.left < 0 {
		return 0, errBomb
	}
	return n, err
}
