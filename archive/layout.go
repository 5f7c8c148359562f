package archive

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"newsarchive/archive/warc"
)

// The top of the layout.
const (
	format       = "scrape.archive/1"
	markerFile   = "archive.json"
	lockFile     = "lock"
	manifestFile = "manifest.jsonl"
	openSuffix   = ".open"
	tempSuffix   = ".tmp"
)

// marker is what archive.json says.
type marker struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Digest  string    `json:"digest"`
	Created time.Time `json:"created"`
}

// A plan names the files of a pair of segments before they exist.
type plan struct {
	warc, rows, index string // paths in the archive, without ".open"
	info              string // id of the warcinfo record
}

// namer makes names that no other process and no earlier call made.
type namer struct {
	process string
	count   *int
}

func newNamer() namer {
	var b [4]byte
	rand.Read(b[:]) // never fails
	return namer{process: fmt.Sprintf("%x", b), count: new(int)}
}

func (n namer) next(now time.Time) *plan {
	*n.count++
	now = now.UTC()
	name := fmt.Sprintf("%s-%s-%05d", now.Format("20060102T150405Z"), n.process, *n.count)
	return planOf(path.Join(now.Format("2006/01/02"), name))
}

// planOf returns the plan of a day folder and name, such as "2026/11/23/NAME".
func planOf(stem string) *plan {
	return &plan{
		warc:  "warc/" + stem + ".warc.gz",
		rows:  "articles/" + stem + ".jsonl.gz",
		index: "index/" + stem + ".cdxj",
		info:  warc.NewID(),
	}
}

func checkFolder(root *os.Root) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return denied(err)
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == markerFile }) {
		return nil
	}
	for _, e := range entries {
		if e.Name() != lockFile && e.Name() != markerFile+tempSuffix {
			return fmt.Errorf("%w: the folder is not empty and has no %s", ErrNotArchive, markerFile)
		}
	}
	return nil
}

// ensureMarker reads archive.json, or writes it where there is none.
func ensureMarker(root *os.Root) error {
	err := readMarker(root)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return writeMarker(root)
}

// writeMarker writes archive.json with an id of its own.
func writeMarker(root *os.Root) error {
	m, err := json.Marshal(marker{Format: format, ID: strings.Trim(warc.NewID(), "<>"), Digest: "sha256", Created: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	return writeWhole(root, markerFile, append(m, '\n'))
}

func readMarker(root Tree) error {
	b, err := readFile(root, markerFile)
	if err != nil {
		return err
	}
	var m marker
	if err := json.Unmarshal(b, &m); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrNotArchive, markerFile, err)
	}
	if m.Format != format {
		return fmt.Errorf("%w of format %s, but %q", ErrNotArchive, format, m.Format)
	}
	return nil
}
