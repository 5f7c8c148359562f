package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// A Sealed is a file that the manifest lists.
type Sealed struct {
	Path   string
	Bytes  int64
	SHA256 string // hex
}

// Sealed gives the manifest as it is now, whole lines, and the files that it lists,
// each once, in the order of sealing. Files that a repair accounts for as gone are
// left out.
func (r *Reader) Sealed() (manifest []byte, files []Sealed, err error) {
	b, err := readFile(r.root, manifestFile)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", manifestFile, err)
	}
	manifest = b[:bytes.LastIndexByte(b, '\n')+1]
	damages := readDamages(r.root)
	at := map[string]int{}
	for line := range bytes.Lines(manifest) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", manifestFile, err)
		}
		if gone(damages, e.Path) {
			continue
		}
		i, ok := at[e.Path]
		if !ok {
			i, files = len(files), append(files, Sealed{})
			at[e.Path] = i
		}
		files[i] = Sealed{e.Path, e.Bytes, e.SHA256}
	}
	return manifest, files, nil
}

// OpenSealed opens a file that the manifest lists.
func (r *Reader) OpenSealed(name string) (io.ReadSeekCloser, error) {
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return section{io.NewSectionReader(f, 0, info.Size()), f}, nil
}

type section struct {
	*io.SectionReader
	io.Closer
}
