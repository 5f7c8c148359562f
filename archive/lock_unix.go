//go:build unix

package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

// holder is what the lock file says of the process that holds it.
type holder struct {
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Start time.Time `json:"start"`
}

// takeLock locks the archive for this process. The system frees the lock when
// the process ends, however it ends.
func takeLock(root *os.Root) (*os.File, error) {
	f, err := openFile(root, lockFile, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, denied(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, lockedBy(f)
		}
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := sign(f); err != nil {
		f.Close()
		return nil, noSpace(err)
	}
	return f, nil
}

func sign(f *os.File) error {
	host, _ := os.Hostname() // a lock without a host still locks
	b, err := json.Marshal(holder{host, os.Getpid(), time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	if _, err := f.WriteAt(append(b, '\n'), 0); err != nil {
		return err
	}
	return f.Sync() // nothing in an archive stays unsynced once a page is reported
}

func lockedBy(f *os.File) error {
	var h holder
	b, _ := io.ReadAll(io.LimitReader(f, 4096))
	if json.Unmarshal(b, &h) != nil {
		return ErrLocked
	}
	return fmt.Errorf("%w (process %d on %.100q since %s)", ErrLocked, h.PID, h.Host, h.Start.Format(time.RFC3339))
}

// freeLock empties the lock file and frees the lock. The file stays: another
// process may hold it open already.
func freeLock(f *os.File) error { return errors.Join(f.Truncate(0), f.Close()) }
