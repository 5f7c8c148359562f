package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
)

// files lists what is to be checked: records before the rows and the index of
// the same name, and later readings, which are of any records, last. Symbolic links are reported.
func (v *verifier) files() ([]string, error) {
	var names []string
	for _, top := range []string{"warc", "articles", "index", "runs", "damaged"} {
		err := fs.WalkDir(v.r.root.FS(), top, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case d.Type()&fs.ModeSymlink != 0:
				v.whole(FaultSymlink, name, "a symbolic link inside the archive")
			case !d.IsDir() && !strings.HasSuffix(name, tempSuffix) && !strings.HasSuffix(name, ".cdxj"+openSuffix):
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			return names, err
		}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		if later := strings.HasSuffix(a, readingsSuffix); later != strings.HasSuffix(b, readingsSuffix) {
			return map[bool]int{true: 1, false: -1}[later]
		}
		return strings.Compare(stem(a), stem(b))
	})
	return append([]string{markerFile}, names...), nil
}

// stem is the part of the name that the files of one writing session share.
func stem(name string) string {
	base, _, _ := strings.Cut(path.Base(name), ".")
	return base
}

// listed reports files of the manifest that are gone.
func (v *verifier) listed(names []string) {
	there := map[string]bool{}
	for _, name := range names {
		there[strings.TrimSuffix(name, openSuffix)] = true // sealing may have been interrupted before the renaming
	}
	missing := []string{}
	for name := range v.sealed {
		if !there[name] && !gone(v.damages, name) {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	for _, name := range missing {
		if _, err := v.r.root.Lstat(name); errors.Is(err, fs.ErrNotExist) && !v.done {
			v.whole(FaultMissing, name, "the file is gone")
			v.harm.gone(name)
		}
	}
}

// file checks one file that is there.
func (v *verifier) file(name string) {
	sealed, open := strings.CutSuffix(name, openSuffix)
	e, known := v.sealed[sealed]
	if !known && !open {
		if e, known = v.sealedSince(name); !known {
			v.whole(FaultUnlisted, name, "the file has no line in the manifest")
		}
	}
	f, _, err := openSegment(v.r.root, sealed)
	if err != nil {
		v.fail(err)
		return
	}
	defer f.Close()
	v.count.Files++
	if known && !open && !v.o.Full && !v.size(f, e) {
		return
	}
	switch {
	case strings.HasPrefix(name, "warc/") && v.o.Full:
		v.checkRecords(sealed, f, e, open)
	case strings.HasPrefix(name, "articles/") && v.o.Full:
		v.checkRows(sealed, f, e, open)
	case known && !open && (v.o.Full || e.Bytes <= smallFile):
		if v.o.Full {
			v.size(f, e)
		}
		v.checkDigest(f, e)
		v.checkLines(f, e)
	}
}

// checkLines compares what the manifest says beside size and digest of a file
// without dates: the number of lines of an index, nothing else.
func (v *verifier) checkLines(f File, e entry) {
	if strings.HasSuffix(e.Path, ".gz") || v.done {
		return
	}
	want := entry{}
	if strings.HasPrefix(e.Path, "index/") {
		in := bufio.NewScanner(io.NewSectionReader(f, 0, e.Bytes))
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			want.Records++
		}
	}
	if !want.sameCount(e) {
		v.whole(FaultManifest, e.Path, "the manifest says %d records from %s to %s", e.Records, stamp(e.First), stamp(e.Last))
	}
}

// size reports whether the file has the size that the manifest says.
func (v *verifier) size(f File, e entry) bool {
	info, err := f.Stat()
	if err != nil {
		v.fail(err)
		return false
	}
	if info.Size() != e.Bytes {
		v.whole(FaultSize, e.Path, "%d bytes, %d were sealed", info.Size(), e.Bytes)
		if strings.HasPrefix(e.Path, "warc/") {
			v.harm.lose(e.Path, info.Size())
		}
		return false
	}
	return true
}

func (v *verifier) checkDigest(f File, e entry) {
	sum := newSum()
	n, err := copyTo(v.ctx, sum, io.NewSectionReader(f, 0, math.MaxInt64))
	v.count.Bytes += n
	if err != nil {
		v.fail(fmt.Errorf("%s: %w", e.Path, err))
		return
	}
	v.sum(e, sum)
}
