package archive

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsarchive/archive/warc"
)

// originals knows where the responses lie that a revisit may refer to: by the
// first half of a hash, so that it takes about 20 bytes each. What it says is
// checked against the record before it is believed.
type originals struct {
	root *os.Root
	once sync.Once // loads what is sealed

	mu        sync.RWMutex
	files     []string
	byPayload map[uint64]place // the first response with the payload
	byAddress map[uint64]place // what the newest visit of the address got

	reading sync.Mutex
	name    string // of the segment that is open; heads of many of its records are read in a row
	open    File
}

// place packs a number of files and an offset.
type place uint64

func placeOf(file int, offset int64) place { return place(file)<<40 | place(offset) }

func (p place) file() int { return int(p >> 40) }

func (p place) offset() int64 { return int64(p & (1<<40 - 1)) }

// original is the response that a revisit refers to.
type original struct {
	file   string
	offset int64
	header warc.Header
}

func newOriginals(root *os.Root) *originals {
	return &originals{root: root, byPayload: map[uint64]place{}, byAddress: map[uint64]place{}}
}

func addressKey(uri string) uint64 {
	sum := sha256.Sum256([]byte(uri))
	return binary.BigEndian.Uint64(sum[:])
}

// payloadKey packs the beginning of a SHA-256 digest; 0 for other digests.
func payloadKey(digest string) uint64 {
	var b [8]byte
	value, ok := strings.CutPrefix(digest, "sha256:")
	if n, err := hex.Decode(b[:], []byte(value[:min(16, len(value))])); !ok || err != nil || n < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b[:])
}

// load reads the indexes. What cannot be read is not known and will be stored again.
func (o *originals) load() {
	names, err := list(o.root, "index", ".cdxj")
	if err != nil {
		return
	}
	for _, name := range names {
		lines, err := readFile(o.root, name)
		if err != nil {
			continue
		}
		file := o.number(strings.TrimSuffix("warc/"+strings.TrimPrefix(name, "index/"), ".cdxj") + ".warc.gz")
		for _, line := range byOffset(lines) {
			if string(valueOf(line.text, "status")) == "200" {
				o.add(file, line.offset, string(valueOf(line.text, "url")), string(valueOf(line.text, "digest")), string(valueOf(line.text, "mime")) == RevisitMIME)
			}
		}
	}
}

// indexLine is a line of an index.
type indexLine struct {
	offset int64
	text   []byte
}

// byOffset returns the lines of an index in the order of writing. Those without
// an offset are left out.
func byOffset(index []byte) (list []indexLine) {
	for line := range bytes.Lines(index) {
		if offset, err := strconv.ParseInt(string(valueOf(line, "offset")), 10, 64); err == nil {
			list = append(list, indexLine{offset, line})
		}
	}
	slices.SortFunc(list, func(a, b indexLine) int { return cmp.Compare(a.offset, b.offset) })
	return list
}

// valueOf returns the string of a key in a CDXJ line as this package writes it,
// with nothing escaped.
func valueOf(line []byte, key string) []byte {
	_, rest, _ := bytes.Cut(line, []byte(`"`+key+`":"`))
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return value
}

// stampOf returns the timestamp of a CDXJ line.
func stampOf(line []byte) string {
	_, rest, _ := bytes.Cut(line, []byte(" "))
	stamp, _, _ := bytes.Cut(rest, []byte(" "))
	return string(stamp)
}

// number gives the file a number.
func (o *originals) number(file string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n := len(o.files); n > 0 && o.files[n-1] == file {
		return n - 1
	}
	o.files = append(o.files, file)
	return len(o.files) - 1
}

// add takes note of a response that is durable, or of a revisit, for which its
// original stands.
func (o *originals) add(file int, offset int64, uri, digest string, revisit bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := placeOf(file, offset)
	payload := payloadKey(digest)
	first, known := o.byPayload[payload]
	switch {
	case revisit && !known:
		return
	case revisit:
		p = first
	case !known && payload != 0:
		o.byPayload[payload] = p
	}
	o.byAddress[addressKey(uri)] = p
}

// head returns the header of a record, and leaves its segment open for the next one.
func (o *originals) head(name string, at int64) (warc.Header, error) {
	o.reading.Lock()
	defer o.reading.Unlock()
	if o.open == nil || o.name != name {
		o.shut()
		f, _, err := openSegment(o.root, name)
		if err != nil {
			return nil, err
		}
		o.name, o.open = name, f
	}
	rec, err := recordFrom(o.open, at, math.MaxInt64-at, headAhead)
	if err != nil {
		return nil, err
	}
	return rec.Header, nil
}

func (o *originals) shut() {
	if o.open != nil {
		o.open.Close()
		o.open = nil
	}
}

// find returns the original in the table under the key, if the record there is a
// whole response, as far as header tells. Else the key is forgotten, for a better one
// to come.
func (o *originals) find(table map[uint64]place, key uint64, header func(name string, at int64) (warc.Header, error)) *original {
	o.once.Do(o.load)
	o.mu.RLock()
	p, ok := table[key]
	file := ""
	if ok {
		file = o.files[p.file()]
	}
	o.mu.RUnlock()
	if !ok {
		return nil
	}
	h, err := header(file, p.offset())
	if err != nil || h.Type() != warc.Response || h.Get("WARC-Truncated") != "" {
		o.mu.Lock()
		delete(table, key)
		o.mu.Unlock()
		return nil
	}
	return &original{file, p.offset(), h}
}
