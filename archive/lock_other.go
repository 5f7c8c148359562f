//go:build !unix

package archive

import (
	"errors"
	"fmt"
	"os"
)

// takeLock fails: without a lock that dies with its process two writers could
// spoil an archive. Reading works everywhere.
func takeLock(*os.Root) (*os.File, error) {
	return nil, fmt.Errorf("lock for writing: %w", errors.ErrUnsupported)
}

func freeLock(f *os.File) error { return f.Close() }
