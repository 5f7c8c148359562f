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

// originals knows where the responses lie that a revisit may refer to, by the first half of
// a hash. What it says is checked against the record before it is believed.
type originals struct {
	root   *os.Root
	ledger *ledger

	mu    sync.RWMutex
	fresh news   // since the ledger was written last; without versions
	file  string // the segment that was numbered last
	last  int    // its number

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

func newOriginals(root *os.Root, l *ledger) *originals {
	return &originals{root: root, ledger: l, fresh: emptyNews()}
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

// number gives the segment a number, under which its index will stand in the ledger.
func (o *originals) number(file string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != file {
		o.file, o.last = file, o.ledger.free(o.last)
		o.fresh.files[o.last] = indexOf(file)
	}
	return o.last
}

// nameOf returns the segment with the number.
func (o *originals) nameOf(number int) string {
	if index, ok := o.fresh.files[number]; ok {
		return recordsOf(index)
	}
	return recordsOf(o.ledger.path(number))
}

// recordsOf is the path of the WARC segment whose index that is, as indexOf is of its index.
func recordsOf(index string) string {
	return "warc/" + strings.TrimSuffix(strings.TrimPrefix(index, "index/"), ".cdxj") + ".warc.gz"
}

// add takes note of a response that is durable, or of a revisit, for which its
// original stands.
func (o *originals) add(file int, offset int64, uri, digest string, revisit bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := placeOf(file, offset)
	payload := payloadKey(digest)
	first, known := o.at(byPayload, payload)
	stands, ok := standsFor(p, first, known, revisit)
	if !ok {
		return
	}
	if !known && payload != 0 {
		o.put(byPayload, payload, p)
	}
	o.put(byAddress, addressKey(uri), stands)
}

// standsFor returns what stands for an answer at p whose payload lies first elsewhere, if
// that is known: of a revisit the original, false where it is not known.
func standsFor(p, first place, known, revisit bool) (place, bool) {
	if revisit {
		return first, known
	}
	return p, true
}

func (o *originals) put(kind placeKind, key uint64, p place) {
	o.fresh.places[kind][key] = p
	delete(o.fresh.gone[kind], key)
}

func (o *originals) at(kind placeKind, key uint64) (place, bool) {
	if p, ok := o.fresh.places[kind][key]; ok {
		return p, true
	}
	if o.fresh.gone[kind][key] {
		return 0, false
	}
	return o.ledger.place(kind, key)
}

// forget forgets what turned out to be no response, for a better one to come.
func (o *originals) forget(kind placeKind, key uint64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.fresh.places[kind], key)
	o.fresh.gone[kind][key] = true
}

// note has what is new written into the ledger. Nothing is forgotten meanwhile.
func (o *originals) note(write func(news) error) error {
	if o == nil {
		return write(news{})
	}
	o.mu.RLock()
	err := write(o.fresh)
	o.mu.RUnlock()
	if err == nil {
		o.mu.Lock()
		o.fresh, o.file = emptyNews(), ""
		o.mu.Unlock()
	}
	return err
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

// find returns the original under the key, if the record there is a whole response, as far
// as header tells. Else the key is forgotten.
func (o *originals) find(kind placeKind, key uint64, header func(name string, at int64) (warc.Header, error)) *original {
	o.mu.RLock()
	p, ok := o.at(kind, key)
	file := ""
	if ok {
		file = o.nameOf(p.file())
	}
	o.mu.RUnlock()
	if !ok {
		return nil
	}
	h, err := header(file, p.offset())
	if err != nil || h.Type() != warc.Response || h.Get("WARC-Truncated") != "" {
		o.forget(kind, key)
		return nil
	}
	return &original{file, p.offset(), h}
}
