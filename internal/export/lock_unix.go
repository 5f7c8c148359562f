//go:build unix

package export

import (
	"os"
	"syscall"
)

// lock reports whether this process alone holds the file or folder now. The system frees
// it when the process ends, however it ends.
func lock(f *os.File, wait bool) bool {
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	return syscall.Flock(int(f.Fd()), how) == nil
}
