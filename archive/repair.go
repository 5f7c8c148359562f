package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

// Repaired says what a repair did.
type Repaired struct {
	Damages []Damage // set aside now; an index that is made again for them is none
	Files   []string // that were written anew or listed anew
}

// repair is one run of Repair.
type repair struct {
	ctx      context.Context
	root     *os.Root
	now      time.Time
	names    namer
	manifest *manifest
	listed   map[string]entry // good lines of the manifest as it was
	last     string           // path of its last line
	damages  []Damage         // of earlier repairs
	done     Repaired
}

// Repair makes an archive sound again that damage has reached. Every record and
// row that can be read stays where it is, byte for byte. What cannot is kept as
// it was found under damaged/, with an account of it, and fillers of the same
// length take its place, so that all offsets hold. Nothing is deleted. Rows whose
// record is lost stay; Verify knows of the loss from the account.
//
// It takes the lock. It may be killed at any time and run again.
func Repair(ctx context.Context, dir string) (Repaired, error) {
	p := &repair{ctx: ctx, now: time.Now(), names: newNamer()}
	err := p.run(dir)
	if err == nil {
		err = p.sealed(dir)
	}
	if err != nil {
		return p.done, fmt.Errorf("repair archive %s: %w", dir, err)
	}
	return p.done, nil
}

// sealed seals what a killed writer left open and repairs that too.
func (p *repair) sealed(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	left, err := list(root, "warc", openSuffix)
	more, rerr := list(root, "articles", openSuffix)
	if err = errors.Join(err, rerr); err != nil || len(left)+len(more) == 0 {
		return err
	}
	a, err := Open(dir, Options{})
	if err == nil {
		err = a.Close()
	}
	if err != nil {
		return err
	}
	return p.run(dir)
}

func (p *repair) run(dir string) (err error) {
	if p.root, err = openRoot(dir); err != nil {
		return err
	}
	defer p.root.Close()
	if err := checkFolder(p.root); err != nil && !listsMarker(p.root) {
		return err
	}
	lock, err := takeLock(p.root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, freeLock(lock)) }()
	if err := p.top(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.manifest.close()) }()
	p.damages = readDamages(p.root)
	for _, step := range []func() error{p.missing, p.records, p.rows, p.others} {
		if err := step(); err != nil {
			return err
		}
	}
	return removeCatalog(dir) // it may be of files that are others now
}

// brokenManifest is where a manifest waits to be set aside.
const brokenManifest = manifestFile + ".broken" + tempSuffix

// top makes marker and manifest readable. A manifest with a broken line or chain
// is set aside and begun anew; the files say what stood in it.
func (p *repair) top() error {
	old, err := readFile(p.root, manifestFile)
	had := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sound := false
	sound, p.listed, p.last = soundLines(old)
	if had && !sound {
		if err := rename(p.root, manifestFile, brokenManifest); err != nil {
			return err
		}
	}
	marker, err := p.marker(had)
	if err != nil {
		return err
	}
	if p.manifest, err = openManifest(p.root); err != nil {
		return err
	}
	if marker != nil {
		err = p.keep(markerFile, marker)
	}
	if left, rerr := readFile(p.root, brokenManifest); rerr == nil && err == nil { // of this run or a killed one
		err = errors.Join(p.keep(manifestFile, left), p.root.Remove(brokenManifest))
	}
	if err == nil {
		err = p.list(markerFile, 0)
	}
	if err != nil {
		p.manifest.close()
	}
	return err
}

// marker writes archive.json anew, with a new id, where it is not what the
// manifest says, and returns what it was.
func (p *repair) marker(hadManifest bool) ([]byte, error) {
	was, err := readFile(p.root, markerFile)
	if errors.Is(err, fs.ErrNotExist) && listsMarker(p.root, brokenManifest) {
		p.done.Files = append(p.done.Files, markerFile)
		return nil, writeMarker(p.root)
	}
	if err != nil {
		return nil, err
	}
	e, known := p.listed[markerFile]
	unreadable := readMarker(p.root)
	if unreadable == nil && (!known || e.SHA256 == hexSum(was)) {
		return nil, nil
	}
	if !hadManifest {
		return nil, unreadable // nothing says that it is an archive
	}
	return was, writeMarker(p.root)
}

// listsMarker reports whether the manifest, or another file in its form, says that the
// folder is an archive, though archive.json is lost.
func listsMarker(root *os.Root, others ...string) bool {
	for _, name := range append(others, manifestFile) {
		b, err := readFile(root, name)
		if err != nil {
			continue
		}
		if _, sealed, _ := soundLines(b); sealed[markerFile].SHA256 != "" {
			return true
		}
	}
	return false
}

// keep sets aside what a file was.
func (p *repair) keep(name string, was []byte) error {
	p.done.Files = append(p.done.Files, name)
	d := Damage{Length: int64(len(was)), Reason: reasonFile}
	if e, listed := p.manifest.sealed[name]; listed && strings.HasPrefix(name, "index/") && e.SHA256 == hexSum(was) {
		d.Reason = reasonRemade
	}
	return p.setAside(name, bytes.NewReader(was), d)
}

// soundLines reads the lines of a manifest and reports whether all are as they
// were written and nothing follows them. The last is the path of the last line.
func soundLines(b []byte) (sound bool, sealed map[string]entry, last string) {
	sealed, sound = map[string]entry{}, true
	previous := ""
	for line := range bytes.Lines(b) {
		line, whole := bytes.CutSuffix(line, []byte("\n"))
		e, err := readLine(line)
		sound = sound && whole && err == nil && e.Previous == previous
		if err == nil {
			sealed[e.Path] = e
		}
		previous, last = hexSum(line), e.Path
	}
	return sound, sealed, last
}

// missing accounts for listed files that are gone.
func (p *repair) missing() error {
	listed := maps.Clone(p.listed)
	maps.Copy(listed, p.manifest.sealed)
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		_, err := p.root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			_, err = p.root.Lstat(name + openSuffix)
		}
		if !errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(name, "index/") || gone(p.damages, name) {
			continue
		}
		if err := p.setAside(name, nil, Damage{Length: listed[name].Bytes, Reason: reasonGone}); err != nil {
			return err
		}
	}
	return nil
}

// records repairs the sealed WARC segments and their indexes.
func (p *repair) records() error { return p.each("warc", ".warc.gz", p.recordEdits) }

// rows repairs the sealed article segments.
func (p *repair) rows() error { return p.each("articles", ".jsonl.gz", p.rowEdits) }

// each repairs the files under top that are damaged or not as the manifest says.
// A segment may have been sealed with damage, so all are read whole.
func (p *repair) each(top, suffix string, find func(*os.File) ([]edit, error)) error {
	names, err := list(p.root, top, suffix)
	for _, name := range names {
		if err == nil {
			err = p.one(name, find)
		}
	}
	return err
}

func (p *repair) one(name string, find func(*os.File) ([]edit, error)) error {
	f, err := openFile(p.root, name, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	e, listed := p.manifest.sealed[name]
	sum := newSum()
	size, err := copyTo(p.ctx, sum, f)
	if err != nil {
		return err
	}
	edits, err := find(f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if listed && hex.EncodeToString(sum.Sum(nil)) == e.SHA256 && len(edits) == 0 && (name != p.last || p.counts(name, e)) {
		return nil
	}
	p.done.Files = append(p.done.Files, name)
	if listed && size < e.Bytes && !lost(p.damages, name, e.Bytes-1) {
		if err := p.setAside(name, nil, Damage{Offset: size, Length: e.Bytes - size, Reason: reasonEnd}); err != nil {
			return err
		}
	}
	if err := p.mend(name, f, edits); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return p.relist(name)
}

// mend sets aside what the edits replace and makes them.
func (p *repair) mend(name string, f *os.File, edits []edit) error {
	for _, e := range edits {
		if i := damageAt(p.damages, name, e.offset); i >= 0 && e.reason != reasonHeader {
			p.done.Damages = append(p.done.Damages, p.damages[i]) // set aside before a kill, and not told
			continue
		}
		if err := p.setAside(name, f, Damage{Offset: e.offset, Length: e.length, Reason: e.reason}); err != nil {
			return err
		}
	}
	if len(edits) == 0 {
		return nil
	}
	_, _, err := apply(p.root, name, f, edits)
	return err
}
