package main

import (
	"fmt"

	"newsarchive/archive"
	"newsarchive/page"
)

// evidence tells below an article when its page was captured, and where the bytes are that
// it was read from.
func (a *app) evidence(r *archive.Reader, row page.Row) error {
	if row.WARCFile == "" {
		return nil
	}
	of := row.Version
	if newest, err := r.Row(row.ID); err == nil { // else the others are damaged, which verify tells
		of = max(of, newest.Version)
	}
	fmt.Fprintln(a.out)
	for _, line := range []string{
		fmt.Sprintf("captured %s · version %d of %d", row.FetchedAt.UTC().Format("2006-01-02 15:04:05 MST"), row.Version, of),
		fmt.Sprintf("%s, offset %d · payload %s", page.Printable(row.WARCFile, 0), row.WARCOffset, page.Printable(row.WARCPayloadDigest, 200)),
	} {
		fmt.Fprint(a.out, a.out.paintLines(dim, wrap(line, "", "", a.out.readable())))
	}
	return a.out.flush()
}
