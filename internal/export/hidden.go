package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A place is where a folder or file will appear once it is whole.
type place struct {
	final string
	temp  string   // beside it, hidden
	held  *os.File // of temp: locked for as long as this process writes there
}

// hidden removes what killed exports to the same place have left, and makes a file or
// folder with a passing name beside it.
func hidden(final string, make func(dir, pattern string) (string, error)) (*place, error) {
	dir, prefix := filepath.Dir(final), "."+filepath.Base(final)+".unfinished-"
	sweep(dir, prefix)
	for {
		temp, err := make(dir, prefix)
		if err != nil {
			return nil, noPlace(final, err)
		}
		held, err := os.Open(temp)
		if err == nil {
			if !lock(held, true) { // where there are no locks nothing is swept, and what is open cannot be renamed
				held.Close()
			}
			_, err = os.Lstat(temp)
		}
		if err == nil {
			return &place{final, temp, held}, nil
		}
		held.Close()
		if !errors.Is(err, fs.ErrNotExist) { // else another export swept it before it was locked
			return nil, err
		}
	}
}

// sweep removes the passing files and folders that no process holds. What cannot be removed
// is in nobody's way.
func sweep(dir, prefix string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		number, ok := strings.CutPrefix(e.Name(), prefix)
		if !ok || strings.Trim(number, "0123456789") != "" || !e.IsDir() && !e.Type().IsRegular() {
			continue
		}
		name := filepath.Join(dir, e.Name())
		if f, err := os.Open(name); err == nil {
			if lock(f, false) {
				os.RemoveAll(name)
			}
			f.Close()
		}
	}
}

// drop removes what was not finished.
func (p *place) drop() {
	os.RemoveAll(p.temp)
	p.held.Close()
}
