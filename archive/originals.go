package archive

import (
	"bytes"
	"io"
	"iter"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// An Originals reads WARC and WACZ files that belong together. A revisit in one of them
// gets its payload from the record with it, wherever that is: before it, in a file that
// comes later, or in the archive that the files are taken into.
type Originals struct {
	// Ahead surveys the files that are still to be read. It is called at the first revisit
	// whose response is not known. Nil where there are none.
	Ahead func()
	// In is asked last; nil for no archive.
	In *Archive

	known  payloads
	ahead  sync.Once
	loaded sync.Once
	held   map[uint64][]place // responses of the archive by payload, by address and second, and by address
	names  []string           // of its segments
}

// Read gives the responses of a file as ReadWARC and ReadWACZ do; a package is checked
// first, as CheckWACZ does. The file is read again for revisits in later ones.
func (o *Originals) Read(ra io.ReaderAt, size int64, name string) iter.Seq2[Stored, error] {
	o.known.elsewhere = o.elsewhere
	return func(yield func(Stored, error) bool) {
		if !isZip(ra) {
			readWARC(io.NewSectionReader(ra, 0, size), name, &o.known, yield)
		} else if err := CheckWACZ(ra, size, name); err != nil {
			yield(Stored{}, err)
		} else {
			readWACZ(ra, size, name, &o.known, yield)
		}
	}
}

// Survey takes note of the responses in a file, without reading them. What is wrong with
// it is told when it is read.
func (o *Originals) Survey(ra io.ReaderAt, size int64) {
	if !isZip(ra) {
		o.known.survey(io.NewSectionReader(ra, 0, size))
		return
	}
	files, _ := warcsOf(ra, size)
	for _, f := range files {
		if r, err := openEntry(f); err == nil {
			o.known.survey(lying{r, at(ra, f)})
			r.Close()
		}
	}
}

func isZip(ra io.ReaderAt) bool {
	var magic [4]byte
	ra.ReadAt(magic[:], 0)
	return bytes.Equal(magic[:], []byte("PK\x03\x04"))
}

// survey takes note of the responses in a file.
func (p *payloads) survey(r io.Reader) {
	p.file(r)
	rd := warc.NewReader(r)
	for {
		rec, err := rd.Next()
		if err == nil && holdsPayload(rec.Header) {
			p.add(rec)
		} else if _, damage := err.(*warc.DamageError); err != nil && !damage {
			return
		}
	}
}

// elsewhere looks for the response that a revisit refers to where it was not looked for
// yet; nil where it is nowhere.
func (o *Originals) elsewhere(h warc.Header) *page.Exchange {
	if o.Ahead != nil {
		o.ahead.Do(o.Ahead)
		if ex, err := o.known.original(h); err == nil {
			return ex
		}
	}
	if o.In == nil {
		return nil
	}
	o.loaded.Do(o.load)
	digest := h.Get("WARC-Payload-Digest")
	keys := keysOf(h)
	if digest != "" { // which the archive may know by another algorithm
		keys = append(keys, addressKey(originalURI(h)))
	}
	for _, key := range keys {
		list := o.held[key]
		for i := len(list) - 1; i >= max(0, len(list)-mostTried); i-- {
			if ex := o.inArchive(list[i], digest); ex != nil {
				return ex
			}
		}
	}
	return nil
}

// mostTried is how many responses of an address are looked at, the last ones.
const mostTried = 30

// load reads the indexes of the archive.
func (o *Originals) load() {
	o.held = map[uint64][]place{}
	names, _ := list(o.In.root, "index", ".cdxj")
	for _, name := range names {
		lines, err := readFile(o.In.root, name)
		if err != nil {
			continue
		}
		o.names = append(o.names, recordsOf(name))
		for _, l := range byOffset(lines) {
			stamp := stampOf(l.text)
			at := placeOf(len(o.names)-1, l.offset)
			uri := string(valueOf(l.text, "url"))
			for _, key := range []uint64{visitKey(uri, stamp), addressKey(uri), digestKey(string(valueOf(l.text, "digest")))} {
				o.held[key] = append(o.held[key], at)
			}
		}
	}
}

// inArchive reads a response of the archive, if it has the payload.
func (o *Originals) inArchive(at place, digest string) *page.Exchange {
	r := Reader{dir: o.In.dir, root: o.In.root}
	name := o.names[at.file()]
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return nil
	}
	defer f.Close()
	rec, err := recordFrom(f, at.offset(), 1<<62-at.offset(), warc.DefaultAhead)
	if err != nil {
		return nil
	}
	s, err := r.storedOf(rec, name)
	if err != nil || s.Mismatch+s.Undecoded != "" || !isPayload(s.Capture.Document(), digest) {
		return nil
	}
	return s.Capture.Document()
}
