package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"modernc.org/sqlite"
)

// openRoot opens a folder that is there; ErrNotArchive reports a file.
func openRoot(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	if err == nil {
		return root, nil
	}
	if info, serr := os.Stat(dir); serr == nil && !info.IsDir() {
		err = fmt.Errorf("%w: it is a file", ErrNotArchive)
	}
	return nil, err
}

// openFolder opens or makes the folder of an archive. One that holds other
// things is refused.
func openFolder(dir string) (*os.Root, error) {
	if err := makeFolder(dir); err != nil {
		return nil, denied(err)
	}
	root, err := openRoot(dir)
	if err != nil {
		return nil, denied(err)
	}
	if err := checkFolder(root); err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

// makeFolder makes the folder of an archive and those above it, and syncs the
// entries that are new.
func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if parent != dir {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.Open(parent)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// noLinks refuses a path with a symbolic link in it. os.Root keeps links from
// leaving the archive; inside one none belongs either.
func noLinks(root Tree, name string) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsRune(name, '\\') {
		return fmt.Errorf("%.200q does not lie in the archive", name)
	}
	for at := name; at != "."; at = path.Dir(at) {
		info, err := root.Lstat(at)
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s: %w", at, ErrSymlink)
		}
	}
	return nil
}

func readFile(root Tree, name string) ([]byte, error) {
	if err := noLinks(root, name); err != nil {
		return nil, err
	}
	return root.ReadFile(name)
}

func openFile(root *os.Root, name string, flag int) (*os.File, error) {
	if err := noLinks(root, name); err != nil {
		return nil, err
	}
	return root.OpenFile(name, flag, 0o600)
}

// create makes a file that did not exist, with its folders, and syncs the
// entries that are new.
func create(root *os.Root, name string) (*os.File, error) {
	if err := noLinks(root, name); err != nil {
		return nil, err
	}
	if err := makeFolders(root, path.Dir(name)); err != nil {
		return nil, err
	}
	f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syncFolder(root, path.Dir(name)); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// makeFolders makes dir and its parents; each new entry is synced.
func makeFolders(root *os.Root, dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := root.Lstat(dir); err == nil {
		return nil
	}
	if err := makeFolders(root, path.Dir(dir)); err != nil {
		return err
	}
	if err := root.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(root, path.Dir(dir))
}

func syncFolder(root *os.Root, dir string) error {
	f, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// writeWhole makes a file appear with all of data or not at all.
func writeWhole(root *os.Root, name string, data []byte) error {
	temp := name + tempSuffix
	if err := root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := create(root, temp)
	if err != nil {
		return denied(err)
	}
	_, err = bytes.NewReader(data).WriteTo(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		root.Remove(temp)
		return noSpace(err)
	}
	return rename(root, temp, name)
}

func rename(root *os.Root, from, to string) error {
	if err := noLinks(root, to); err != nil {
		return err
	}
	if err := root.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(root, path.Dir(to))
}

// list returns the files under top whose names end in one of the suffixes, by
// name. A symbolic link is an error; a missing folder is empty.
func list(root Tree, top string, suffixes ...string) ([]string, error) {
	var names []string
	err := fs.WalkDir(root.FS(), top, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s: %w", name, ErrSymlink)
		}
		if d.Type().IsRegular() && slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) }) {
			names = append(names, name)
		}
		return nil
	})
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	return names, err
}

// denied turns the system's refusals to write into ErrReadOnly.
func denied(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return noSpace(err)
}

// sqliteFull is SQLITE_FULL, the primary result code of a full disk.
const sqliteFull = 13

// noSpace turns the words of the system and of SQLite for a full disk into ErrNoSpace.
func noSpace(err error) error {
	full := new(sqlite.Error)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.As(err, &full) && full.Code()&0xff == sqliteFull {
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	}
	return err
}
