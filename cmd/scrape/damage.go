package main

import (
	"errors"
	"fmt"

	"newsarchive/archive"
	"newsarchive/archive/warc"
)

// losses gather what a command meets of damage in rows and passes over. The zero value
// has met none.
type losses struct {
	first error
	n     int
}

// met reports whether the error is of damage, which leaves the rest to be read.
func (d *losses) met(err error) bool {
	if !damaged(err) {
		return false
	}
	if d.n++; d.first == nil {
		d.first = err
	}
	return true
}

func damaged(err error) bool {
	var at *warc.DamageError
	return errors.As(err, &at)
}

// known takes what the catalog knows of damage.
func (d *losses) known(r *archive.Reader) {
	for _, err := range r.Damage() {
		d.met(err)
	}
}

// leaves is the error of a command whose own was err, and which printed what can be read:
// damage says more than that little or nothing was found.
func (d *losses) leaves(a *app, err error) error {
	if d.n == 0 || err != nil && !errors.Is(err, errSaid) {
		return err
	}
	more := ""
	if d.n > 1 {
		more = fmt.Sprintf(" (and %s more)", count(d.n-1, "place"))
	}
	return a.damageError(fmt.Errorf("not all could be read: %w%s", d.first, more))
}

// damageError is the error of damage in rows, with what can be done about it.
func (a *app) damageError(err error) error {
	return coded{exitArchive, fmt.Errorf("%w; scrape verify%s lists the damage, scrape repair saves the rest", err, a.archiveFlag())}
}

// missed is the error of an article that was not found where rows are damaged.
func (a *app) missed(err error) error {
	return a.damageError(fmt.Errorf("part of %s is damaged, and the article may be in it: %w", a.archiveDir, err))
}

// instead is the error of a version that was not found: damage may have taken it.
func (d *losses) instead(a *app, err error) error {
	if err == nil || d.n == 0 {
		return err
	}
	return d.leaves(a, nil)
}
