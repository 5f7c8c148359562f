package archive

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

// faults checks the archive in full and tells each fault in a line.
func faults(t testing.TB, dir string, o VerifyOptions) (list []string) {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		return []string{err.Error()}
	}
	defer r.Close()
	for f, err := range r.Verify(t.Context(), o) {
		if err != nil {
			list = append(list, "error: "+err.Error())
		} else {
			list = append(list, f.Kind+" "+f.String())
		}
	}
	return list
}

// kept makes a small archive of two sessions, with a report.
func kept(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for session := range 2 {
		a := opened(t, dir, Options{RunID: fmt.Sprintf("r%d", session)})
		for i := range 2 {
			c, r := ferry(t, fmt.Sprintf("Version %d of session %d.", i+1, session))
			put(t, a, c, r)
		}
		if err := a.Report([]byte(`{"pages":2}`)); err != nil {
			t.Fatal(err)
		}
		closed(t, a)
	}
	return dir
}

func TestVerifyOfASoundArchive(t *testing.T) {
	dir := kept(t)
	var got Checked
	equal(t, faults(t, dir, VerifyOptions{Full: true, Count: func(c Checked) { got = c }}))
	if got.Files != 9 || got.Records < 20 || got.Rows != 4 {
		t.Errorf("checked %+v", got)
	}
	equal(t, faults(t, dir, VerifyOptions{}))
}

func TestVerifyWhileItIsWritten(t *testing.T) {
	b, _ := killed(t)
	equal(t, faults(t, b.restore(t), VerifyOptions{Full: true}))
	for _, suffix := range []string{".warc.gz.open", ".jsonl.gz.open"} {
		name := b.name(t, suffix)
		data := b[name]
		b[name] = data[:len(data)-7] // torn: the next writer's business
		for _, f := range faults(t, b.restore(t), VerifyOptions{Full: true}) {
			if suffix == ".jsonl.gz.open" || !strings.Contains(f, "its record") { // the row came after the sync
				t.Errorf("torn %s: %s", suffix, f)
			}
		}
		b[name] = bytes.Clone(data)
		b[name][len(data)/2] ^= 4
		if list := faults(t, b.restore(t), VerifyOptions{Full: true}); len(list) == 0 {
			t.Errorf("a changed bit in the middle of %s was not found", suffix)
		}
		b[name] = data
	}
}

// TestVerifyFindsEveryDamage changes a bit, cuts, or zeroes a block, a thousand
// times, anywhere.
func TestVerifyFindsEveryDamage(t *testing.T) {
	t.Parallel()
	dir := superseded(t)
	a := opened(t, dir, Options{})
	for n := range 2 { // the second one's are revisits in part
		dressed(t, a, n, "one", "shared")
	}
	closed(t, a)
	b := snapshot(t, dir)
	delete(b, "lock") // says nothing of what is kept
	names := []string{}
	for name := range b {
		names = append(names, name)
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(4, 7))
	for n := range 1000 / sparse() {
		name := names[n%len(names)]
		what, damaged := damage(rng, b[name])
		if bytes.Equal(damaged, b[name]) {
			continue
		}
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		list := faults(t, dir, VerifyOptions{Full: true})
		if len(list) == 0 {
			t.Errorf("%s in %s was not found", what, name)
		} else if !strings.Contains(strings.Join(list, "\n"), name) && name != manifestFile && name != markerFile {
			t.Errorf("%s in %s: %q do not name it", what, name, list)
		}
		if err := os.WriteFile(p, b[name], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
}

func damage(rng *rand.Rand, data []byte) (string, []byte) {
	i := rng.IntN(len(data))
	out := bytes.Clone(data)
	switch rng.IntN(3) {
	case 0:
		out[i] ^= 1 << rng.IntN(8)
		return fmt.Sprintf("a changed bit at %d", i), out
	case 1:
		return fmt.Sprintf("a cut at %d", i), out[:i]
	}
	clear(out[i:min(len(out), i+512)])
	return fmt.Sprintf("a zeroed block at %d", i), out
}

func TestVerifyNamesFileAndOffset(t *testing.T) {
	dir := kept(t)
	b := snapshot(t, dir)
	rd := reader(t, dir)
	var row page.Row
	for row = range rd.Rows() {
		break
	}
	at := row.WARCOffset + row.WARCLength/2
	change := func(name string, f func([]byte) []byte) []string {
		t.Helper()
		p := filepath.Join(dir, name)
		damaged := f(bytes.Clone(b[name]))
		if damaged == nil {
			os.Remove(p)
		} else if err := os.WriteFile(p, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.WriteFile(p, b[name], 0o600)
		return faults(t, dir, VerifyOptions{Full: true})
	}
	index := strings.Replace(strings.Replace(row.WARCFile, "warc/", "index/", 1), ".warc.gz", ".cdxj", 1)
	for _, tt := range []struct {
		what, file string
		change     func([]byte) []byte
		want       []string // beginnings
	}{
		{"a bit of a record", row.WARCFile, func(b []byte) []byte { b[at] ^= 1; return b },
			[]string{"record " + row.WARCFile + fmt.Sprintf(", offset %d: ", row.WARCOffset), "digest " + row.WARCFile + ": SHA-256"}},
		{"the last record", row.WARCFile, func(b []byte) []byte { return b[:len(b)-30] },
			[]string{"size " + row.WARCFile + ": ", "record " + row.WARCFile + ", offset "}},
		{"a file", row.WARCFile, func([]byte) []byte { return nil },
			[]string{"missing " + row.WARCFile + ": ", "row articles/"}},
		{"an index", index, func(b []byte) []byte { return nil }, []string{"missing " + index}},
		{"a line of the manifest", "manifest.jsonl", func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] },
			[]string{"manifest manifest.jsonl, offset 0: the chain is broken", "unlisted archive.json"}},
		{"the manifest", "manifest.jsonl", func(b []byte) []byte { return nil }, []string{"missing manifest.jsonl", "unlisted archive.json"}},
		{"the last line of the manifest", "manifest.jsonl", func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+1] },
			[]string{"unlisted runs/r1.json"}},
	} {
		got := change(tt.file, tt.change)
		for _, want := range tt.want {
			if !slices.ContainsFunc(got, func(f string) bool { return strings.HasPrefix(f, want) }) {
				t.Errorf("%s: got %q, want one that begins with %q", tt.what, got, want)
			}
		}
	}
}

func TestVerifyExtractsAgain(t *testing.T) {
	dir := kept(t)
	version := ""
	extract := func(c *page.Capture) *page.Reading {
		text := strings.TrimPrefix(string(c.Document().Body), "<title>Ferry</title><p>")
		if strings.Contains(text, "session 0") {
			text = "Another."
		}
		return &page.Reading{Row: page.Row{TextSHA256: hexSum([]byte(text)), ExtractorVersion: version}}
	}
	var n Checked
	o := VerifyOptions{Full: true, Extract: extract, Count: func(c Checked) { n = c }}
	if got := faults(t, dir, o); len(got) != 2 || !strings.HasPrefix(got[0], "text articles/") || n.Texts != 4 {
		t.Errorf("faults %q, %+v", got, n)
	}
	version = "later"
	equal(t, faults(t, dir, o)) // another extractor may read another text
	if n.Texts != 0 || n.Others != 4 {
		t.Errorf("by another extractor: %+v", n)
	}
}

// What a fetch that failed left in the archive is no text of its row.
func TestVerifyOfFailedFetches(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back.")
	c.Outcome = page.NetworkError
	r.Row.Outcome, r.Row.Text, r.Row.TextSHA256 = page.NetworkError, "", ""
	put(t, a, c, r)
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true, Extract: func(c *page.Capture) *page.Reading {
		if c.Outcome != "" {
			return &page.Reading{}
		}
		return &page.Reading{Row: page.Row{TextSHA256: hexSum([]byte("Back."))}}
	}}))
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	for _, err := range reader(t, kept(t)).Verify(ctx, VerifyOptions{Full: true}) {
		if n++; err == nil {
			t.Error("a fault")
		}
	}
	if n != 1 {
		t.Errorf("%d errors", n)
	}
}
