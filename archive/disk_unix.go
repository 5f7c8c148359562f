//go:build linux || darwin || freebsd

package archive

import "syscall"

// space returns the bytes free for this user on the disk of dir, and its size.
func space(dir string) (free, size int64, known bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), int64(st.Blocks) * int64(st.Bsize), true
}
