package bucket

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
)

func tree(t *testing.T, b *Bucket) *Tree {
	t.Helper()
	tr, err := b.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestTreeHoldsWhatIsUnderThePrefix(t *testing.T) {
	b := serve(t).place(t, "s3://news/a")
	for name, content := range map[string]string{"archive.json": "{}", "warc/2026/11/23/1.warc.gz": "one", "warc/2026/11/24/2.warc.gz": "two", "../b/else": "no", "x//y": "no"} {
		put(t, b, name, content)
	}
	tr := tree(t, b)
	var got []string
	err := fs.WalkDir(tr.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		got = append(got, name)
		return err
	})
	if want := ". archive.json warc warc/2026 warc/2026/11 warc/2026/11/23 warc/2026/11/23/1.warc.gz warc/2026/11/24 warc/2026/11/24/2.warc.gz"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
	if _, err := tr.Lstat("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Lstat of nothing: %v", err)
	}
	if content, err := tr.ReadFile("warc/2026/11/24/2.warc.gz"); err != nil || string(content) != "two" {
		t.Errorf("%q, %v", content, err)
	}
	if err := fstest.TestFS(readable{tr}, "archive.json", "warc/2026/11/23/1.warc.gz"); err != nil {
		t.Error(err)
	}
}

// readable opens folders too, as fstest wants.
type readable struct{ *Tree }

func (r readable) Open(name string) (fs.File, error) {
	if info, err := r.Lstat(name); err == nil && info.IsDir() {
		return &folder{info, r.folders[name]}, nil
	}
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return r.Tree.Open(name)
}

type folder struct {
	fs.FileInfo
	rest []fs.DirEntry
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.FileInfo, nil }
func (f *folder) Read([]byte) (int, error)   { return 0, errors.New("a folder") }
func (f *folder) Close() error               { return nil }
func (f *folder) ReadDir(n int) (list []fs.DirEntry, err error) {
	if n <= 0 {
		n = len(f.rest)
	} else if len(f.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.rest))
	list, f.rest = f.rest[:n], f.rest[n:]
	return list, nil
}

func TestObjectsAreReadFromAnyPlace(t *testing.T) {
	s := serve(t)
	b := s.place(t, "s3://news")
	content := make([]byte, 2<<20)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range content {
		content[i] = byte(random.Uint32())
	}
	put(t, b, "big", string(content))
	f, err := tree(t, b).Open("big")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	before := s.count("GET big")
	whole, err := io.ReadAll(io.NewSectionReader(f.(io.ReaderAt), 0, 1<<40))
	if err != nil || !bytes.Equal(whole, content) || s.count("GET big") != before+1 {
		t.Errorf("in order: %d bytes, %v, %d requests", len(whole), err, s.count("GET big")-before)
	}
	for range 200 {
		at, n := random.IntN(len(content)), random.IntN(5000)
		p := make([]byte, n)
		got, err := f.(io.ReaderAt).ReadAt(p, int64(at))
		want := content[at:min(len(content), at+n)]
		if !bytes.Equal(p[:got], want) || (err != nil) != (len(want) < n) || err != nil && err != io.EOF {
			t.Fatalf("ReadAt(%d, %d): %d bytes, %v", at, n, got, err)
		}
	}
	put(t, b, "big", "another object")
	if _, err := f.(io.ReaderAt).ReadAt(make([]byte, 10), 5); err == nil {
		t.Error("an object that was replaced is read on")
	}
}
