package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Runs returns the ids of the runs that left a report, oldest first as far as
// their names tell the time.
func (r *Reader) Runs() ([]string, error) {
	names, err := list(r.root, "runs", ".json")
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = strings.TrimSuffix(path.Base(name), ".json")
	}
	slices.Sort(ids)
	return ids, nil
}

// Report returns the account that a run gave of itself, as JSON. ErrNotFound
// reports that there is none.
func (r *Reader) Report(run string) ([]byte, error) {
	err := fs.ErrNotExist
	var account []byte
	if runName.MatchString(run) {
		account, err = readFile(r.root, "runs/"+run+".json")
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("report of run %.100q: %w", run, err)
	}
	return account, nil
}
