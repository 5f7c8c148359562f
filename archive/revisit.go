package archive

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// Fields of revisit records beyond those of ISO 28500: where the original lies.
const (
	originalFile   = "WARC-Refers-To-Filename"
	originalOffset = "WARC-Refers-To-File-Offset"
)

// minRevisit is the least size, in bytes, of an entity that is not stored again.
const minRevisit = 1 << 10

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

func (p place) file() int     { return int(p >> 40) }
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

// payload finds a response with the payload of ex.
func (o *originals) payload(ex *page.Exchange, digest string) *original {
	if o == nil || ex.Status != 200 || ex.Truncated != "" || len(ex.Entity) <= minRevisit {
		return nil
	}
	whole := func(name string, at int64) (warc.Header, error) { return headerIn(o.root, name, at) }
	found := o.find(o.byPayload, payloadKey(digest), whole) // nothing else will hold the payload
	if found == nil || found.header.Get("WARC-Payload-Digest") != digest {
		return nil
	}
	return found
}

// notModified finds the response that a 304 answer to ex confirms: none that came later,
// for an answer may be imported after it.
func (o *originals) notModified(ex *page.Exchange) *original {
	if o == nil || ex.Status != 304 {
		return nil
	}
	found := o.find(o.byAddress, addressKey(warc.EncodeURI(ex.URL)), o.head)
	if found == nil || found.header.Date().After(dateOf(ex)) {
		return nil
	}
	return found
}

// refer makes a revisit of the response record m: the head of the answer alone,
// and where the rest is.
func (m *made) refer(profile string, head []byte, to *original) {
	m.entry.Type, m.entry.Block, m.entry.Packed, m.mime = warc.Revisit, [][]byte{head}, false, RevisitMIME
	m.entry.PayloadDigest = to.header.Get("WARC-Payload-Digest")
	if profile == warc.IdenticalPayload {
		m.entry.Fields = append(m.entry.Fields, warc.Field{Name: "WARC-Truncated", Value: "length"})
	}
	m.entry.Fields = append(m.entry.Fields,
		warc.Field{Name: "WARC-Profile", Value: profile},
		warc.Field{Name: "WARC-Refers-To", Value: to.header.ID()},
		warc.Field{Name: "WARC-Refers-To-Target-URI", Value: to.header.TargetURI()},
		warc.Field{Name: "WARC-Refers-To-Date", Value: to.header.Get("WARC-Date")},
		warc.Field{Name: originalFile, Value: to.file},
		warc.Field{Name: originalOffset, Value: strconv.FormatInt(to.offset, 10)})
}

// RevisitMIME is what an index, and a Visit, says of the type of a revisit.
const RevisitMIME = "warc/revisit"

var errOriginal = errors.New("the record that the revisit refers to is not there")

// originalOf returns where the original of a revisit lies.
func originalOf(h warc.Header) (file string, offset int64, err error) {
	offset, err = strconv.ParseInt(h.Get(originalOffset), 10, 64)
	if err != nil {
		return "", 0, fmt.Errorf("%w: it does not say where", errOriginal)
	}
	return h.Get(originalFile), offset, nil
}

// checkOriginal checks that the record which a revisit refers to is there and
// has the same payload.
func (r *Reader) checkOriginal(revisit warc.Header) error {
	file, offset, err := originalOf(revisit)
	if err != nil {
		return err
	}
	h, err := headerIn(r.root, file, offset)
	if err != nil {
		return fmt.Errorf("%w: %s, offset %d: %w", errOriginal, file, offset, err)
	}
	if h.Type() != warc.Response || h.ID() != revisit.Get("WARC-Refers-To") || h.TargetURI() != revisit.Get("WARC-Refers-To-Target-URI") ||
		h.Get("WARC-Date") != revisit.Get("WARC-Refers-To-Date") || h.Get("WARC-Payload-Digest") != revisit.Get("WARC-Payload-Digest") {
		return fmt.Errorf("%w: at %s, offset %d, is %.100s", errOriginal, file, offset, h.ID())
	}
	return nil
}

// complete gives the exchange of a revisit the payload of its original. The
// head stays that of the revisit.
func (r *Reader) complete(ex *page.Exchange, revisit warc.Header) error {
	if err := r.checkOriginal(revisit); err != nil {
		return err
	}
	file, offset, err := originalOf(revisit)
	if err != nil {
		return err
	}
	s, err := r.stored(file, offset)
	if err != nil {
		return err
	}
	if s.Mismatch != "" {
		return fmt.Errorf("its original at %s, offset %d: %s", file, offset, s.Mismatch)
	}
	doc := s.Capture.Document()
	ex.Truncated = doc.Truncated
	ex.Entity, ex.Body, ex.DecodeError = doc.Entity, doc.Body, doc.DecodeError
	if coding := ex.Header.Values("Content-Encoding"); strings.Join(coding, ",") != strings.Join(doc.Header.Values("Content-Encoding"), ",") && ex.Status == 200 {
		again := page.Exchange{Wire: append([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: "+strings.Join(coding, ", ")+"\r\n\r\n"), doc.Entity...)}
		if err := wire.Read(&again, limits); err != nil {
			return err
		}
		ex.Body, ex.DecodeError = again.Body, again.DecodeError
	}
	return nil
}
