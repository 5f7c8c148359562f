package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Report hands over the account of the run as JSON. Close keeps it, as
// runs/RUN.json with Options.RunID for RUN, beside the records that it tells of.
func (a *Archive) Report(account []byte) error {
	if a.opt.RunID == "" {
		return errors.New("archive: a report needs Options.RunID")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	a.report = account
	return nil
}

// putReport writes the report. The committer must have ended.
func (a *Archive) putReport() error {
	if a.report == nil {
		return nil
	}
	name := "runs/" + a.opt.RunID + ".json"
	if err := writeWhole(a.root, name, a.report); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := sha256.Sum256(a.report)
	return a.commit.manifest.add(entry{Path: name, Bytes: int64(len(a.report)), SHA256: hex.EncodeToString(sum[:])})
}
