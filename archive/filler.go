package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
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
