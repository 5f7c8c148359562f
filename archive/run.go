package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
)

// runName is what the id of a run must be to name its report.
var runName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$`)

// Report hands over the account of the run as JSON. Close keeps it, as
// runs/RUN.json with Options.RunID for RUN, beside the records that it tells of.
// A run has one report: another writer's of the same id is not replaced.
func (a *Archive) Report(account []byte) error {
	if !runName.MatchString(a.opt.RunID) {
		return fmt.Errorf("keep the report of run %.100q: its id is no file name", a.opt.RunID)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	if _, err := a.root.Lstat(a.reportFile()); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the report of run %s: there is one already", a.opt.RunID)
	}
	a.report = account
	return nil
}

func (a *Archive) reportFile() string { return "runs/" + a.opt.RunID + ".json" }

// putReport writes the report. The committer must have ended.
func (a *Archive) putReport() error {
	if a.report == nil {
		return nil
	}
	if err := writeWhole(a.root, a.reportFile(), a.report); err != nil {
		return fmt.Errorf("write %s: %w", a.reportFile(), err)
	}
	return a.listReport(a.reportFile(), a.report)
}

func (a *Archive) listReport(name string, account []byte) error {
	return a.commit.manifest.add(entry{Path: name, Bytes: int64(len(account)), SHA256: hexSum(account)})
}

// recoverReports lists the reports whose line in the manifest a kill prevented.
func (a *Archive) recoverReports() error {
	names, err := list(a.root, "runs", ".json")
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, ok := a.commit.manifest.sealed[name]; ok {
			continue
		}
		account, err := readFile(a.root, name)
		if err == nil {
			err = a.listReport(name, account)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
