package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// A Tree is where a Reader finds the files of an archive: a folder (*os.Root is a
// Tree) or a bucket. Files that FS opens must be Files.
type Tree interface {
	FS() fs.FS
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	Close() error
}

// A File is an open file of a Tree.
type File interface {
	fs.File
	io.ReaderAt
}

// OpenReaderIn opens the archive in a tree. The name is for messages. There is no
// catalog: what needs one ends with ErrNoCatalog. The Reader closes the tree.
func OpenReaderIn(name string, t Tree) (*Reader, error) {
	if err := readMarker(t); err != nil {
		t.Close()
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: it has no %s", ErrNotArchive, markerFile)
		}
		return nil, fmt.Errorf("open archive %s: %w", name, err)
	}
	return &Reader{dir: name, root: t, remote: true}, nil
}

// openRead opens a file for reading.
func openRead(t Tree, name string) (File, error) {
	if err := noLinks(t, name); err != nil {
		return nil, err
	}
	f, err := t.FS().Open(name)
	if err != nil {
		return nil, err
	}
	file, ok := f.(File)
	if !ok {
		f.Close()
		return nil, fmt.Errorf("%s cannot be read here and there", name)
	}
	return file, nil
}
