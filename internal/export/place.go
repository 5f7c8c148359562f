package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrExists reports that something is in the place of the export.
var ErrExists = errors.New("it exists already")

// ErrPlace reports that nothing can be made in the place of the export.
var ErrPlace = errors.New("nothing can be made there")

// noPlace tells why, without the passing name.
func noPlace(final string, err error) error {
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("export to %s: %w: %w", final, ErrPlace, err)
}

// mark is the key of datapackage.json by which an export knows its own.
const mark = "scrape:export"

// newFolder makes the temporary folder of an export.
func newFolder(final string, force bool) (*place, error) {
	if err := free(final, force); err != nil {
		return nil, fmt.Errorf("export to %s: %w", final, err)
	}
	final = filepath.Clean(final)
	if err := os.MkdirAll(filepath.Dir(final), 0o777); err != nil {
		return nil, noPlace(final, err)
	}
	at, err := hidden(final, os.MkdirTemp)
	if err != nil {
		return nil, err
	}
	return at, os.Chmod(at.temp, 0o755)
}

// free reports whether a folder may take the place.
func free(final string, force bool) error {
	info, err := os.Lstat(final)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%w and is no folder", ErrExists)
	}
	entries, err := os.ReadDir(final)
	switch {
	case err != nil || len(entries) == 0:
		return err
	case !isExport(final):
		return fmt.Errorf("%w, is not empty and is no export: name another folder", ErrExists)
	case !force:
		return fmt.Errorf("%w; --force replaces it", ErrExists)
	}
	return nil
}

// isExport reports whether the folder was made by this package.
func isExport(dir string) bool {
	b, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	var p map[string]json.RawMessage
	return err == nil && json.Unmarshal(b, &p) == nil && p[mark] != nil
}

// newFile makes the temporary file of an export.
func newFile(final string, force bool) (*place, *os.File, error) {
	if info, err := os.Lstat(final); err == nil {
		if !info.Mode().IsRegular() {
			return nil, nil, fmt.Errorf("export to %s: %w and is no file", final, ErrExists)
		}
		if !force {
			return nil, nil, fmt.Errorf("export to %s: %w; --force replaces it", final, ErrExists)
		}
	}
	at, f, err := passing(final)
	if err != nil {
		return nil, nil, err
	}
	return at, f, f.Chmod(0o644)
}

// passing makes a hidden file beside final.
func passing(final string) (*place, *os.File, error) {
	at, err := hidden(final, func(dir, pattern string) (string, error) {
		f, err := os.CreateTemp(dir, pattern)
		if err != nil {
			return "", err
		}
		return f.Name(), f.Close()
	})
	if err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(at.temp, os.O_RDWR, 0)
	if err != nil {
		at.drop()
	}
	return at, f, err
}

// appear syncs the folder above after the temporary name has become the final one.
func (p *place) appear() error {
	if err := replace(p.temp, p.final); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(p.final))
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
