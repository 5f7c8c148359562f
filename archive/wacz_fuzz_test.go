package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
)

// part is one file of a package made by hand.
type part struct {
	name, content string
	mode          fs.FileMode
	method        uint16
}

func packed(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: p.method}
		if p.mode != 0 {
			h.SetMode(p.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listing is a datapackage.json that names the parts with their digests.
func listing(parts ...part) part {
	var list []string
	for _, p := range parts {
		list = append(list, fmt.Sprintf(`{"path":%q,"hash":"sha256:%s","bytes":%d}`, p.name, hexSum([]byte(p.content)), len(p.content)))
	}
	return part{name: "datapackage.json", content: `{"resources":[` + strings.Join(list, ",") + `]}`}
}

// FuzzReadWACZ: whatever the bytes, checking and reading a package end, each
// response comes of a file of its own below archive/, and what passes the check has
// no name that leads elsewhere.
func FuzzReadWACZ(f *testing.F) {
	warc := part{name: "archive/a.warc", content: wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello"))}
	pressed := warc
	pressed.method = zip.Deflate
	link := part{name: "archive/b.warc", content: "/etc/passwd", mode: fs.ModeSymlink | 0o777}
	f.Add(packed(f, listing(warc), warc))
	f.Add(packed(f, listing(pressed), pressed, part{name: "pages/"}))
	f.Add(packed(f, listing(warc), warc, link))
	f.Add(packed(f, listing(warc), warc, part{name: "archive/../../x.warc", content: "y"}))
	f.Add(packed(f, listing(warc), warc, warc))
	f.Add(packed(f, listing(warc), part{name: warc.name, content: strings.Repeat(" ", 5000), method: zip.Deflate}))
	f.Fuzz(func(t *testing.T, file []byte) {
		ra, size := bytes.NewReader(file), int64(len(file))
		sound := CheckWACZ(ra, size, "x.wacz") == nil
		if sound {
			for _, f := range entries(t, file) {
				if !fs.ValidPath(strings.TrimSuffix(f.Name, "/")) || f.Mode()&fs.ModeSymlink != 0 {
					t.Fatalf("%q was accepted, mode %v", f.Name, f.Mode())
				}
			}
		}
		steps := 0
		for s, err := range ReadWACZ(ra, size, "x.wacz") {
			if steps++; steps > growthEntry*len(file)+2 {
				t.Fatal("no end")
			}
			if err == nil && (!strings.HasPrefix(s.File, "x.wacz!archive/") || s.Capture.Document() == nil) {
				t.Fatalf("%+v", s)
			}
		}
	})
}

func entries(t *testing.T, file []byte) []*zip.File {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return z.File
}

// raw puts a stream of a package that is made by hand under the name, with lengths
// that need not be true.
func raw(t *testing.T, name string, stream []byte, method uint16, length uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: method, CompressedSize64: uint64(len(stream)), UncompressedSize64: length})
	if err == nil {
		_, err = w.Write(stream)
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A file of a package that grows beyond measure is damage, and is not read to its end.
func TestWACZBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("gigabytes are inflated")
	}
	var stream bytes.Buffer
	w, err := flate.NewWriter(&stream, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		w.Write(make([]byte, 1<<20))
	}
	w.Close()
	file := raw(t, "archive/a.warc", stream.Bytes(), zip.Deflate, 200<<20)
	f := entries(t, file)[0]
	r, err := openEntry(f)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := io.Copy(io.Discard, r); err != errBomb || n > freeEntry {
		t.Errorf("%d bytes, then %v", n, err)
	}
	for _, err := range ReadWACZ(bytes.NewReader(file), int64(len(file)), "x.wacz") {
		if err == nil {
			t.Error("a response came of it")
		}
	}
}

// Two entries on the same bytes are refused, both when checked and when read.
func TestWACZEntriesStandApart(t *testing.T) {
	warc := part{name: "archive/a.warc", content: wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello"))}
	twin := warc
	twin.name = "archive/b.warc"
	file := packed(t, warc, twin)
	at := bytes.LastIndex(file, []byte("PK\x01\x02")) // the directory's entry of the twin
	copy(file[at+42:], []byte{0, 0, 0, 0})            // its offset (APPNOTE 4.3.12) made that of the first
	if err := CheckWACZ(bytes.NewReader(file), int64(len(file)), "x.wacz"); err == nil || !strings.Contains(err.Error(), "share bytes") {
		t.Errorf("checked: %v", err)
	}
	for s, err := range ReadWACZ(bytes.NewReader(file), int64(len(file)), "x.wacz") {
		if err == nil || !strings.Contains(err.Error(), "share bytes") {
			t.Errorf("read: %v, %v", s.File, err)
		}
	}
}

// Lengths that a package states allocate nothing.
func TestWACZLengthsAllocateNothing(t *testing.T) {
	file := raw(t, "archive/a.warc", []byte("WARC/1.0\r\n"), zip.Store, 1<<50)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, err := range ReadWACZ(bytes.NewReader(file), int64(len(file)), "x.wacz") {
		if err == nil {
			t.Error("a response came of it")
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 16<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}
