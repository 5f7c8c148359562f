package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
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

// edit replaces bytes of a file with as many others, or cuts its end.
type edit struct {
	offset, length int64
	with           []byte // of the same length; nil cuts the end
	reason         string
}

// maxFiller is the most bytes that one filler stands for; the rest of a longer
// gap gets another.
const maxFiller = 48 << 10

var errGapSmall = errors.New("the gap is too small for a filler")

// padded returns data as a gzip member of exactly so many bytes, by an extra
// field of zeros (RFC 1952 section 2.3.1.1).
func padded(data []byte, length int64) ([]byte, error) {
	const subfield = 4 // its name and length
	bare, err := memberOf(data, nil)
	if err != nil {
		return nil, err
	}
	room := length - int64(len(bare)) - 2 - subfield
	if room < 0 {
		return nil, errGapSmall
	}
	extra := make([]byte, subfield+room)
	copy(extra, []byte{'S', 'D', byte(room), byte(room >> 8)})
	return memberOf(data, extra)
}

func memberOf(data, extra []byte) ([]byte, error) {
	var b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	zw.Extra = extra
	if _, err := zw.Write(data); err != nil {
		return nil, err
	}
	err = zw.Close()
	return b.Bytes(), err
}

// recordFiller returns records of exactly length bytes that say what was there.
// In the place of the segment's first record stands a warcinfo of its id.
func recordFiller(offset, length int64, info string, now time.Time) ([]byte, error) {
	var all []byte
	for length > 0 {
		n := length
		if n > maxFiller {
			n = min(maxFiller, length/2)
		}
		kind, id := warc.Metadata, warc.NewID()
		if offset == 0 {
			kind, id = warc.Info, info
		}
		member, err := padded(fillerRecord(kind, id, info, offset, n, now), n)
		if err != nil {
			return nil, err
		}
		all = append(all, member...)
		offset, length = offset+n, length-n
	}
	return all, nil
}

func fillerRecord(kind, id, info string, offset, length int64, now time.Time) []byte {
	block := "software: scrape\r\n"
	if kind == warc.Info {
		info = ""
	} else {
		info = "WARC-Warcinfo-ID: " + info + "\r\n"
	}
	return fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\nWARC-Date: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nWARC-Block-Digest: %s\r\n%s%s: %d+%d\r\n\r\n%s\r\n\r\n",
		kind, id, now.UTC().Format(warc.DateFormat), warc.Fields, len(block), warc.Digest([]byte(block)), info, damagedField, offset, length, block)
}

// rowFiller returns empty gzip members of exactly length bytes.
func rowFiller(length int64) ([]byte, error) {
	var all []byte
	for length > 0 {
		n := length
		if n > maxFiller {
			n = min(maxFiller, length/2)
		}
		member, err := padded(nil, n)
		if err != nil {
			return nil, err
		}
		all = append(all, member...)
		length -= n
	}
	return all, nil
}

// apply writes the file anew with the edits in it and puts it in its place. It
// returns the digest and the size.
func apply(root *os.Root, name string, f *os.File, edits []edit) (sum string, size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	temp := name + tempSuffix
	if err := root.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", 0, err
	}
	out, err := create(root, temp)
	if err != nil {
		return "", 0, denied(err)
	}
	h := newSum()
	w := io.MultiWriter(out, h)
	at, end := int64(0), info.Size()
	for _, e := range append(edits, edit{offset: end}) {
		if _, err = io.Copy(w, io.NewSectionReader(f, at, e.offset-at)); err != nil {
			break
		}
		if _, err = w.Write(e.with); err != nil {
			break
		}
		size += e.offset - at + int64(len(e.with))
		at = e.offset + e.length
	}
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		root.Remove(temp)
		return "", 0, noSpace(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil)), size, rename(root, temp, name)
}

// usual are the gzip headers that members are written with (RFC 1952 section
// 2.3), but for the ninth byte, which tells the level. The compressor writes the
// time of no file in one of two ways.
var usual = [][]byte{
	{0x1f, 0x8b, 8, 0, 0x00, 0x09, 0x6e, 0x88, 0, 0xff},
	{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff},
}

// headerEdit mends the header of the member at an offset where it is not as it
// was written. Members with an extra field are fillers.
func headerEdit(f io.ReaderAt, offset int64) (edit, bool) {
	got := make([]byte, len(usual[0]))
	if _, err := f.ReadAt(got, offset); err != nil || got[3] == 4 {
		return edit{}, false
	}
	var want []byte
	least := len(got) + 1
	for _, u := range usual {
		if n := differing(got, u); n < least {
			want, least = bytes.Clone(u), n
		}
	}
	if got[8] == 2 || got[8] == 4 {
		want[8] = got[8]
	}
	return edit{offset, int64(len(want)), want, reasonHeader}, !bytes.Equal(got, want)
}

func differing(a, b []byte) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

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
