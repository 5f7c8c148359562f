package bucket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// A Tree shows what a bucket held when it was listed as read-only files. Its
// methods may be called from several goroutines.
type Tree struct {
	ctx     context.Context
	b       *Bucket
	objects map[string]minio.ObjectInfo // by path in the archive
	folders map[string][]fs.DirEntry    // by path; "." is the top
}

// Tree lists the place. Files are read while ctx lasts.
func (b *Bucket) Tree(ctx context.Context) (*Tree, error) {
	t := &Tree{ctx: ctx, b: b, objects: map[string]minio.ObjectInfo{}, folders: map[string][]fs.DirEntry{".": nil}}
	for o := range b.core.Client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, fmt.Errorf("list %s: %w", b, o.Err)
		}
		// A key may be anything, a path of an archive may not.
		if name := strings.TrimPrefix(o.Key, b.prefix); fs.ValidPath(name) && name != "." {
			t.objects[name] = o
			t.enter(name, info{path.Base(name), o.Size, false, o.LastModified})
		}
	}
	for _, entries := range t.folders {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return t, nil
}

// enter puts an entry into its folder, which is entered in the one above if it is new.
func (t *Tree) enter(name string, i info) {
	dir := path.Dir(name)
	if _, known := t.folders[dir]; !known {
		t.folders[dir] = nil
		t.enter(dir, info{name: path.Base(dir), dir: true})
	}
	t.folders[dir] = append(t.folders[dir], fs.FileInfoToDirEntry(i))
}

// FS returns the files as a file system.
func (t *Tree) FS() fs.FS { return t }

// Close frees what the Tree holds.
func (t *Tree) Close() error { return nil }

// Lstat describes a file or folder.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) {
	if o, ok := t.objects[name]; ok {
		return info{path.Base(name), o.Size, false, o.LastModified}, nil
	}
	if _, ok := t.folders[name]; ok {
		return info{name: path.Base(name), dir: true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// Stat does the same: there are no links.
func (t *Tree) Stat(name string) (fs.FileInfo, error) { return t.Lstat(name) }

// ReadDir lists a folder.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := t.folders[name]; ok {
		return slices.Clone(entries), nil
	}
	return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
}

// Open opens a file. It can be read from any place.
func (t *Tree) Open(name string) (fs.File, error) {
	o, ok := t.objects[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &object{tree: t, name: name, info: o}, nil
}

// ReadFile reads a whole file.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// info describes an entry.
type info struct {
	name string
	size int64
	dir  bool
	time time.Time
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.time }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o500
	}
	return 0o400
}

var errClosed = errors.New("the file is closed")
