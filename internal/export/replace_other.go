//go:build !linux

package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// replace gives temp the name final.
func replace(temp, final string) error { return replaceInSteps(temp, final) }

// syncAll makes a tree durable, file by file.
func syncAll(dir string) error {
	return filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}
