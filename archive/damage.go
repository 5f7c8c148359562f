package archive

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// damagedField marks the record that stands in the place of damaged bytes.
const damagedField = "Scrape-Damaged"

// A Damage is what a repair has set aside: bytes that could not be read, or a
// file that is gone. Its account stays in the archive, beside the bytes.
type Damage struct {
	File   string    `json:"file"`   // path in the archive
	Offset int64     `json:"offset"` // where the bytes stood
	Length int64     `json:"length"` // of them
	Kept   string    `json:"kept"`   // path of the bytes as they were found; "" where there are none
	SHA256 string    `json:"sha256"` // of them
	Found  time.Time `json:"found"`
	Reason string    `json:"reason"`
}

// readDamages reads the accounts of earlier repairs. One that cannot be read
// excuses nothing.
func readDamages(root Tree) []Damage {
	names, err := list(root, "damaged", ".json")
	if err != nil {
		return nil
	}
	var all []Damage
	for _, name := range names {
		var d Damage
		if b, err := readFile(root, name); err == nil && json.Unmarshal(b, &d) == nil {
			all = append(all, d)
		}
	}
	return all
}

// LostRows reports whether a repair has set rows aside, now or earlier: captures may
// be without theirs since then, and Reextract finds them.
func (r *Reader) LostRows() bool {
	return slices.ContainsFunc(readDamages(r.root), func(d Damage) bool { return strings.HasPrefix(d.File, "articles/") })
}

// lost reports whether the byte is known to be damaged.
func lost(damages []Damage, file string, offset int64) bool {
	return damageAt(damages, file, offset) >= 0
}

// damageAt finds the damage that the byte is of; -1 for none.
func damageAt(damages []Damage, file string, offset int64) int {
	return slices.IndexFunc(damages, func(d Damage) bool {
		return d.File == file && offset >= d.Offset && offset < d.Offset+d.Length
	})
}

// gone reports whether the file is known to be gone as a whole.
func gone(damages []Damage, file string) bool {
	return slices.ContainsFunc(damages, func(d Damage) bool { return d.File == file && d.Reason == reasonGone })
}

// withoutGone returns the sealed files but for those that repairs account for as gone, and that
// nobody brought back.
func withoutGone(root Tree, sealed map[string]entry) map[string]entry {
	left := sealed
	for _, d := range readDamages(root) {
		if _, err := root.Lstat(d.File); d.Reason != reasonGone || !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if len(left) == len(sealed) { // not a copy yet
			left = maps.Clone(sealed)
		}
		delete(left, d.File)
	}
	return left
}

// Lost reports whether records or rows are gone with the bytes. Else they were made again:
// a header of gzip, an index, the manifest.
func (d *Damage) Lost() bool {
	return d.Reason == reasonGone || d.Reason == reasonRecord || d.Reason == reasonRow || d.Reason == reasonEnd ||
		d.Reason == reasonFile && (strings.HasPrefix(d.File, "runs/") || strings.HasPrefix(d.File, "damaged/"))
}

// Reasons of damages.
const (
	reasonGone   = "the file is gone"
	reasonRecord = "no whole record"
	reasonRow    = "no whole row"
	reasonHeader = "the header of the gzip member is not as it was written"
	reasonEnd    = "the end of the file is gone"
	reasonFile   = "the file does not have the digest that was taken of it"
	reasonRemade = "the index is made again; as it was it tells of the records that are damaged"
)

// setAside keeps the bytes of an edit, or tells of a file without any, under
// damaged/, and lists both in the manifest.
func (p *repair) setAside(name string, from io.ReaderAt, d Damage) error {
	stem := "damaged/" + p.names.next(p.now).name()
	d.File, d.Found = name, p.now.UTC().Truncate(time.Second)
	var entries []entry
	if from != nil {
		b := make([]byte, d.Length)
		if _, err := from.ReadAt(b, d.Offset); err != nil && err != io.EOF {
			return err
		}
		d.Kept, d.SHA256 = stem+".bin", hexSum(b)
		if err := writeWhole(p.root, d.Kept, b); err != nil {
			return err
		}
		entries = append(entries, entry{Path: d.Kept, Bytes: d.Length, SHA256: d.SHA256})
	}
	account, err := json.Marshal(d)
	if err != nil {
		return err
	}
	account = append(account, '\n')
	if err := writeWhole(p.root, stem+".json", account); err != nil {
		return err
	}
	if d.Reason != reasonRemade {
		p.done.Damages = append(p.done.Damages, d)
	}
	return p.manifest.add(append(entries, entry{Path: stem + ".json", Bytes: int64(len(account)), SHA256: hexSum(account)})...)
}

// name is what the files of the plan share.
func (p *plan) name() string { return strings.TrimSuffix(baseName(p.warc), ".warc.gz") }
