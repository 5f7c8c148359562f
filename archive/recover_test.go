package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// bundle is the content of an archive's files by their paths.
type bundle map[string][]byte

// snapshot reads an archive as a power cut would leave it, but for its cache.
func snapshot(t testing.TB, dir string) bundle {
	t.Helper()
	b := bundle{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == cacheFolder {
			return filepath.SkipDir
		}
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			b[rel], err = os.ReadFile(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b bundle) restore(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range b {
		p := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o700), os.WriteFile(p, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// name finds the one file whose name ends so.
func (b bundle) name(t testing.TB, suffix string) string {
	t.Helper()
	for name := range b {
		if strings.HasSuffix(name, suffix) {
			return name
		}
	}
	t.Fatalf("no file ends in %s", suffix)
	return ""
}

// killed returns what a writer leaves that is killed after three Puts, and
// where each capture ends in the WARC segment.
func killed(t testing.TB) (bundle, []int64) {
	t.Helper()
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	var ends []int64
	for i := range 3 {
		c, r := ferry(t, fmt.Sprintf("Version %d.", i+1))
		row := put(t, a, c, r)
		ends = append(ends, row.WARCOffset+row.WARCLength)
	}
	return snapshot(t, dir), ends
}

// whole checks an archive from its files alone: every WARC reads without damage
// and tiles its file, ends with a whole capture, each row has its record, the
// manifest is true, nothing is left open.
func whole(t testing.TB, dir string) {
	t.Helper()
	b := snapshot(t, dir)
	m := &manifest{sealed: map[string]entry{}}
	if err := m.load(b["manifest.jsonl"]); err != nil {
		t.Fatal(err)
	}
	for name, data := range b {
		if strings.HasSuffix(name, openSuffix) || strings.HasSuffix(name, tempSuffix) {
			t.Errorf("%s is left", name)
		}
		if !strings.HasSuffix(name, ".gz") {
			continue
		}
		if e := m.sealed[name]; e.Bytes != int64(len(data)) || e.SHA256 != hexSum(data) {
			t.Errorf("manifest says %+v of %s, %d bytes", e, name, len(data))
		}
		if strings.HasSuffix(name, ".warc.gz") {
			wholeWARC(t, name, data)
		}
	}
	rd := reader(t, dir)
	for row, err := range rd.Rows() {
		if err != nil {
			t.Error(err)
		} else if _, err := rd.Capture(row); err != nil {
			t.Error(err)
		}
	}
}

func wholeWARC(t testing.TB, name string, data []byte) {
	t.Helper()
	records := newScan(bytes.NewReader(data))
	at, last := int64(0), false
	for {
		m, end, err := records.next()
		if err == io.EOF {
			break
		}
		if err != nil || m.span.Offset != at {
			t.Fatalf("%s: record at %d, want %d, %v", name, m.span.Offset, at, err)
		}
		at, last = at+m.span.Length, end
	}
	if at != int64(len(data)) || !last {
		t.Errorf("%s: records end at %d of %d, capture ended: %v", name, at, len(data), last)
	}
}

// sparse is how few of the cases of a long row of alike ones are tried: every one, or
// with -short every fifth.
func sparse() int {
	if testing.Short() {
		return 5
	}
	return 1
}

func TestRecoversACutAnywhere(t *testing.T) {
	t.Parallel()
	b, ends := killed(t)
	name := b.name(t, ".warc.gz.open")
	data := b[name]
	for cut := range len(data) + 1 {
		near := slices.ContainsFunc(ends, func(end int64) bool { return int64(cut) >= end-1 && int64(cut) <= end+1 })
		if cut%(101*sparse()) != 0 && !near {
			continue
		}
		b[name] = data[:cut]
		dir := b.restore(t)
		a, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		closed(t, a)
		whole(t, dir)
		want := 0
		for _, end := range ends {
			if int64(cut) >= end {
				want++
			}
		}
		if got := rows(t, dir); len(got) != want {
			t.Fatalf("cut at %d: rows %q, want %d", cut, got, want)
		}
		os.RemoveAll(dir)
	}
}

func TestRecoversCutRows(t *testing.T) {
	t.Parallel()
	b, _ := killed(t)
	name := b.name(t, ".jsonl.gz.open")
	data := b[name]
	for cut := 0; cut <= len(data); cut += 97 * sparse() {
		b[name] = data[:cut]
		dir := b.restore(t)
		before := rows(t, dir) // a reader needs no recovery
		a := opened(t, dir, Options{})
		c, r := ferry(t, "Version 9.")
		row := put(t, a, c, r)
		closed(t, a)
		whole(t, dir)
		if row.Version != len(before)+1 || len(rows(t, dir)) != row.Version {
			t.Fatalf("cut at %d: version %d after rows %q", cut, row.Version, before)
		}
	}
}

func TestRecoversWhatIsNotInTheFile(t *testing.T) {
	t.Parallel()
	b, _ := killed(t)
	for _, tail := range []string{"\x00\x00\x00\x00", "\x1f\x8b\x08", "WARC/1.1\r\n", strings.Repeat("\x00", 70_000)} {
		for _, suffix := range []string{".warc.gz.open", ".jsonl.gz.open"} {
			name := b.name(t, suffix)
			data := b[name]
			b[name] = append(bytes.Clone(data), tail...)
			dir := b.restore(t)
			closed(t, opened(t, dir, Options{}))
			whole(t, dir)
			equal(t, rows(t, dir), "/ferry@1 new", "/ferry@2 changed", "/ferry@3 changed")
			b[name] = data
		}
	}
}

func TestDamageInTheMiddleOfAnOpenSegmentTakesNoOther(t *testing.T) {
	b, _ := killed(t)
	name := b.name(t, ".jsonl.gz.open")
	b[name][len(b[name])/2] ^= 0x10 // in the second row
	dir := b.restore(t)
	closed(t, opened(t, dir, Options{}))
	equal(t, rows(t, dir), "/ferry@1 new", "/ferry@3 changed")
}

func TestSealingMayBeKilledAtEachStep(t *testing.T) {
	b, _ := killed(t)
	dir := b.restore(t)
	closed(t, opened(t, dir, Options{}))
	sealed := snapshot(t, dir)
	lines := bytes.SplitAfter(sealed["manifest.jsonl"], []byte("\n"))
	records, table, index := b.name(t, ".warc.gz.open"), b.name(t, ".jsonl.gz.open"), sealed.name(t, ".cdxj")
	for step, change := range map[string]func(bundle){
		"half an index":             func(b bundle) { b[index+tempSuffix] = sealed[index][:10] },
		"an index":                  func(b bundle) { b[index] = sealed[index] },
		"half a manifest line":      func(b bundle) { b["manifest.jsonl"] = append(bytes.Clone(lines[0]), lines[1][:20]...) },
		"the index in the manifest": func(b bundle) { b[index] = sealed[index]; b["manifest.jsonl"] = bytes.Join(lines[:2], nil) },
		"a manifest line":           func(b bundle) { b[index] = sealed[index]; b["manifest.jsonl"] = bytes.Join(lines[:3], nil) },
		"the records renamed": func(b bundle) {
			b[index] = sealed[index]
			b.rename(records)
			b["manifest.jsonl"] = bytes.Join(lines[:3], nil)
		},
		"the rows in the manifest": func(b bundle) {
			b[index] = sealed[index]
			b.rename(records)
			b["manifest.jsonl"] = bytes.Join(lines[:4], nil)
		},
		"all renamed": func(b bundle) {
			b[index] = sealed[index]
			b.rename(records)
			b.rename(table)
			b["manifest.jsonl"] = bytes.Join(lines[:4], nil)
		},
	} {
		t.Run(step, func(t *testing.T) {
			left := bundle{}
			for name, data := range b {
				left[name] = data
			}
			change(left)
			dir := left.restore(t)
			closed(t, opened(t, dir, Options{}))
			whole(t, dir)
			got := snapshot(t, dir)
			if !bytes.Equal(got["manifest.jsonl"], sealed["manifest.jsonl"]) || !bytes.Equal(got[index], sealed[index]) {
				t.Errorf("manifest:\n%s\nwant:\n%s", got["manifest.jsonl"], sealed["manifest.jsonl"])
			}
		})
	}
}

// faulty fails at the nth call of any kind, as a disk does.
type faulty struct {
	file
	left  *atomic.Int32
	err   error
	short bool // of a write that fails, half is written
}

func (f faulty) due() bool { return f.left.Add(-1) == 0 }

func (f faulty) Write(p []byte) (int, error) {
	if !f.due() {
		return f.file.Write(p)
	}
	if f.short {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, f.err
	}
	return 0, f.err
}

func (f faulty) Sync() error {
	if f.due() {
		return f.err
	}
	return f.file.Sync()
}

// TestEachCallMayFail: what was reported stays, whatever call fails; the failure
// is final and typed; the archive is whole when it is opened again.
func TestEachCallMayFail(t *testing.T) {
	t.Parallel()
	for n := 1; n < 16; n++ {
		for _, short := range []bool{false, true} {
			dir := t.TempDir()
			a := opened(t, dir, Options{})
			left := new(atomic.Int32)
			left.Store(int32(n))
			a.commit.wrap = func(f file) file {
				return faulty{f, left, &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, short}
			}
			reported, failed := 0, 0
			for i := range 4 {
				c, r := ferry(t, fmt.Sprintf("Version %d.", i+1))
				_, err := a.Put(context.Background(), c, r)
				switch {
				case err == nil && failed > 0:
					t.Fatalf("call %d: a Put succeeded after one had failed", n)
				case err == nil:
					reported++
				case !errors.Is(err, ErrNoSpace):
					t.Fatalf("call %d: %v", n, err)
				default:
					failed++
				}
			}
			a.Close() // may fail, too
			closed(t, opened(t, dir, Options{}))
			whole(t, dir)
			if got := rows(t, dir); len(got) < reported || len(got) > reported+1 {
				t.Errorf("call %d: %d reported, rows %q", n, reported, got)
			}
			if n <= 14 && failed == 0 && reported != 4 {
				t.Errorf("call %d: %d reported, none failed", n, reported)
			}
		}
	}
}

func TestLowDiskIsRefusedBeforeWriting(t *testing.T) {
	dir := t.TempDir()
	if _, _, known := space(dir); !known {
		t.Skip("free space is not known here")
	}
	a := opened(t, dir, Options{MinFree: 1 << 60})
	c, r := ferry(t, "x")
	if _, err := a.Put(context.Background(), c, r); !errors.Is(err, ErrDiskLow) {
		t.Errorf("put: %v", err)
	}
	closed(t, a)
	equal(t, files(t, dir), "archive.json", "lock", "manifest.jsonl")
}

func TestEndedContextWritesNothing(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Put(ctx, &page.Capture{Requested: "https://news.example/"}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("put: %v", err)
	}
	closed(t, a)
	equal(t, files(t, dir), "archive.json", "lock", "manifest.jsonl")
}

// rename gives an open segment its final name.
func (b bundle) rename(name string) {
	b[strings.TrimSuffix(name, openSuffix)] = b[name]
	delete(b, name)
}

// Hosts whose certificates nobody checked are named in each segment.
func TestWarcinfoNamesInsecureHosts(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{InsecureHosts: []string{"old.example", "lab.example"}})
	c, r := ferry(t, "x")
	row := put(t, a, c, r)
	closed(t, a)
	f, err := os.Open(filepath.Join(dir, row.WARCFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rec, err := warc.NewReader(f).Next()
	if err != nil {
		t.Fatal(err)
	}
	if block, err := io.ReadAll(rec.Block); err != nil || !strings.Contains(string(block), "insecure-hosts: old.example lab.example\r\n") {
		t.Errorf("%q, %v", block, err)
	}
}
