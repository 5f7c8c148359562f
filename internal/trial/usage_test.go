package trial

import (
	"os"
	"syscall"
)

// maxRSS is the most memory that an ended process held, in bytes (Linux counts KiB).
func maxRSS(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return int64(u.Maxrss) << 10
}
