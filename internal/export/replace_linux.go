package export

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// replace gives temp the name final. Where that is taken by a folder the two change
// places in one step, and then the old one goes.
func replace(temp, final string) error {
	err := unix.Renameat2(unix.AT_FDCWD, temp, unix.AT_FDCWD, final, unix.RENAME_EXCHANGE)
	switch {
	case err == nil:
		return os.RemoveAll(temp)
	case errors.Is(err, unix.ENOENT):
		return os.Rename(temp, final)
	}
	return replaceInSteps(temp, final)
}

// syncAll makes a tree durable, of many small files in one call.
func syncAll(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}
