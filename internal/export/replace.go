package export

import (
	"os"
	"path/filepath"
)

// replaceInSteps moves an old folder away first. A kill between the steps leaves
// it under its hidden name.
func replaceInSteps(temp, final string) error {
	if os.Rename(temp, final) == nil {
		return nil
	}
	aside := filepath.Join(filepath.Dir(final), "."+filepath.Base(final)+".replaced")
	if err := os.Rename(final, aside); err != nil {
		return err
	}
	if err := os.Rename(temp, final); err != nil {
		return err
	}
	return os.RemoveAll(aside)
}
