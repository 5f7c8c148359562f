package bench

import (
	"bytes"
	stdgzip "compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive"
	"newsarchive/page"
)

// captured is how many pages TestArchive works with.
const captured = 200

// TestArchive prints what writing, checking and indexing an archive cost beside
// the least that such work can be. All take turns over the same pages of 170 kB.
// Content is the blocks of the WARC records, without the gzip around them.
func TestArchive(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for a minute")
	}
	list := captures(t)
	content := 0
	for _, c := range list {
		content += len(c.Document().Request) + len(c.Document().Wire)
	}
	dir := t.TempDir()
	store(t, dir, list, archive.Options{})
	packed := segment(t, dir)
	works := []work{
		{"write: compress/gzip at level 6, and digests", true, func() { stdWrite(list) }},
		{"write: Archive.Put with rows and syncs, as a crawl does", false, func() { store(t, fresh(t), list, archive.Options{LateCatalog: 4 << 20}) }},
		{"write: the same, and the catalog", false, func() { store(t, fresh(t), list, archive.Options{}) }},
		{"check: gunzip, and digests of file, blocks and payloads", true, func() { digested(t, packed, content) }},
		{"check: verify --full, without extracting again", false, func() { verify(t, dir) }},
		{"index: gunzip", true, func() { gunzipped(t, packed, content) }},
		{"index: reindex", false, func() { reindex(t, dir) }},
	}
	took := inTurns(t, works)
	fmt.Fprintf(t.Output(), "%d pages, %.1f MB of content, %.2f of it in gzip\n\n| work | content per CPU second | CPU |\n|---|---:|---:|\n",
		len(list), float64(content)/1e6, float64(len(packed))/float64(content))
	least := 0 // the last that is the least a work can be
	for i, w := range works {
		if w.least {
			least = i
		}
		fmt.Fprintf(t.Output(), "| %s | %.0f MB | %.2f |\n", w.name, float64(content)/1e6/took[i], took[i]/took[least])
	}
}

type work struct {
	name  string
	least bool // those that follow are compared with it
	do    func()
}

// inTurns returns the least CPU seconds that each took.
func inTurns(t *testing.T, works []work) []float64 {
	least := make([]float64, len(works))
	for round := range rounds {
		for i, w := range works {
			runtime.GC()
			from := cpuTime(t)
			w.do()
			if took := cpuTime(t) - from; round == 0 || took < least[i] {
				least[i] = took
			}
		}
	}
	return least
}

// captures are pages as a server sends them that compresses nothing.
func captures(t *testing.T) []*page.Capture {
	sources, err := Pages(0)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]*page.Capture, captured)
	for i := range list {
		list[i] = sources[i%len(sources)].Capture(i, 170_000)
	}
	return list
}

func fresh(t *testing.T) string {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// store archives the captures from four goroutines.
func store(t *testing.T, dir string, list []*page.Capture, o archive.Options) {
	o.MinFree = -1
	a, err := archive.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for part := range slices.Chunk(list, (len(list)+3)/4) {
		wg.Go(func() {
			for _, c := range part {
				r := &page.Reading{Row: page.Row{URLCanonical: c.Requested, Text: "Back in service.", Outcome: page.OK}}
				if _, err := a.Put(t.Context(), c, r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// segment returns the bytes of the only WARC segment.
func segment(t *testing.T, dir string) []byte {
	names, err := filepath.Glob(filepath.Join(dir, "warc/*/*/*/*.warc.gz"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	packed, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

func verify(t *testing.T, dir string) {
	rd, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer rd.Close()
	for f, err := range rd.Verify(t.Context(), archive.VerifyOptions{Full: true}) {
		t.Fatal(f, err)
	}
}

func reindex(t *testing.T, dir string) {
	a, err := archive.Open(dir, archive.Options{MinFree: -1})
	if err == nil {
		_, err = a.Reindex(t.Context())
	}
	if err == nil {
		err = a.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// stdWrite compresses and digests the messages: the least that a writer of WARC does.
func stdWrite(list []*page.Capture) {
	file := sha256.New()
	z, _ := stdgzip.NewWriterLevel(file, 6)
	for _, c := range list {
		doc := c.Document()
		for _, block := range [][]byte{doc.Request, doc.Wire} {
			sha256.Sum256(block)
			z.Reset(file)
			z.Write(block) // a hash takes everything
			z.Close()
		}
		sha256.Sum256(doc.Entity)
	}
}

// gunzipped returns the records of a segment with so much content.
func gunzipped(t *testing.T, packed []byte, content int) []byte {
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain := make([]byte, 2*content)
	n, err := io.ReadFull(zr, plain)
	if err != io.ErrUnexpectedEOF {
		t.Fatal(n, err)
	}
	return plain[:n]
}

// digested does what no check of a segment can leave out.
func digested(t *testing.T, packed []byte, content int) {
	plain := gunzipped(t, packed, content)
	sha256.Sum256(packed)
	sha256.Sum256(plain[:content]) // the blocks
	sha256.Sum256(plain[:content]) // the payloads
}
