package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"newsarchive/archive"
	"newsarchive/page"
)

// maxPart is the size, in bytes, after which a WACZ begins another WARC file.
const maxPart = 1 << 30

// writeWACZ writes a WACZ 1.1.1 package: WARC files of the records with an index
// each, the list of pages, and what describes them.
func writeWACZ(ctx context.Context, r *archive.Reader, w io.Writer, o Options) (Result, error) {
	at, pages, err := passing(cmp.Or(o.beside, filepath.Join(os.TempDir(), "pages")))
	if err != nil {
		return Result{}, err
	}
	defer at.drop()
	defer pages.Close()
	list := &pageList{w: bufio.NewWriter(pages)}
	c, err := choose(ctx, r, o, list.add)
	defer c.close()
	if err == nil {
		err = list.w.Flush()
	}
	if err != nil {
		return Result{}, err
	}
	z := &wacz{zip: zip.NewWriter(w), o: o, list: list}
	if err := z.write(ctx, r, c, pages); err != nil {
		return Result{}, err
	}
	return Result{Rows: c.rows, Records: z.records, Lost: c.lost}, nil
}

// wacz is a package under construction.
type wacz struct {
	zip       *zip.Writer
	o         Options
	list      *pageList
	resources []waczResource
	records   int
}

// waczResource is a file of the package as datapackage.json lists it.
type waczResource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

func (z *wacz) write(ctx context.Context, r *archive.Reader, c *captures, pages *os.File) error {
	for n, rest := 1, c.list; len(rest) > 0; n++ {
		end := partEnd(rest)
		if err := z.part(ctx, r, c, n, rest[:end]); err != nil {
			return err
		}
		rest = rest[end:]
	}
	if _, err := pages.Seek(0, io.SeekStart); err != nil {
		return err
	}
	err := z.file("pages/pages.jsonl", zip.Deflate, func(w io.Writer) error {
		_, err := io.Copy(w, pages)
		return err
	})
	if err == nil {
		err = z.describe()
	}
	if err == nil {
		err = z.zip.Close()
	}
	return err
}

// partEnd is how many of the spots go in one WARC file. Only whole segments do, for
// a record names the warcinfo of its segment.
func partEnd(list []spot) int {
	size := int64(0)
	for i, s := range list {
		if i > 0 && size > maxPart && s.file != list[i-1].file {
			return i
		}
		size += int64(s.length)
	}
	return len(list)
}

// part writes a WARC file and its index.
func (z *wacz) part(ctx context.Context, r *archive.Reader, c *captures, n int, list []spot) error {
	name := fmt.Sprintf("data-%05d.warc.gz", n)
	var index [][]byte
	f := &warcFile{name: name, index: func(line []byte) { index = append(index, line) }}
	err := z.file("archive/"+name, zip.Store, func(w io.Writer) error {
		f.w = w
		if err := f.begin(z.o, r); err != nil {
			return err
		}
		return f.copy(ctx, c, list)
	})
	if err != nil {
		return err
	}
	z.records += f.records
	slices.SortFunc(index, bytes.Compare)
	return z.file(fmt.Sprintf("indexes/index-%05d.cdxj", n), zip.Deflate, func(w io.Writer) error {
		for _, line := range index {
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
}

// file writes a file of the package and lists it.
func (z *wacz) file(name string, method uint16, write func(io.Writer) error) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: z.o.Now})
	if err != nil {
		return err
	}
	sum, n := sha256.New(), &size{}
	if err := write(io.MultiWriter(w, sum, n)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	z.resources = append(z.resources, waczResource{path.Base(name), name, "sha256:" + hex.EncodeToString(sum.Sum(nil)), n.n})
	return nil
}

type size struct{ n int64 }

func (s *size) Write(b []byte) (int, error) {
	s.n += int64(len(b))
	return len(b), nil
}

// describe writes datapackage.json and its digest (WACZ 1.1.1 sections 5.3 and 5.4).
func (z *wacz) describe() error {
	now := z.o.Now.Format(time.RFC3339)
	b, err := indented(struct {
		Profile   string         `json:"profile"`
		Version   string         `json:"wacz_version"`
		Title     string         `json:"title"`
		Created   string         `json:"created"`
		Modified  string         `json:"modified"`
		Software  string         `json:"software"`
		MainURL   string         `json:"mainPageUrl,omitempty"`
		MainDate  string         `json:"mainPageDate,omitempty"`
		Resources []waczResource `json:"resources"`
	}{"data-package", "1.1.1", z.o.Title, now, now, z.o.Software, z.list.mainURL, z.list.mainDate, z.resources})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	digest, err := indented(struct {
		Path string `json:"path"`
		Hash string `json:"hash"`
	}{"datapackage.json", "sha256:" + hex.EncodeToString(sum[:])})
	if err != nil {
		return err
	}
	if err := z.whole("datapackage.json", b); err != nil {
		return err
	}
	return z.whole("datapackage-digest.json", digest)
}

func (z *wacz) whole(name string, content []byte) error {
	return z.file(name, zip.Deflate, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// pageList writes pages.jsonl (WACZ 1.1.1 section 5.2.2): the pages that can be
// shown, which are those that answered.
type pageList struct {
	w                 *bufio.Writer
	begun             bool
	mainURL, mainDate string
}

type waczPage struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	TS    string `json:"ts"`
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
}

func (l *pageList) add(r *page.Row) error {
	if !l.begun {
		l.begun = true
		if err := l.line(map[string]any{"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": true}); err != nil {
			return err
		}
	}
	if r.HTTPStatus == 0 && !r.Outcome.HasArticle() || r.WARCFile == "" {
		return nil
	}
	p := waczPage{ID: fmt.Sprintf("%s-v%d", r.ID, r.Version), URL: r.URL, TS: r.FetchedAt.Format(time.RFC3339), Title: r.Title, Text: r.Text}
	if l.mainURL == "" {
		l.mainURL, l.mainDate = p.URL, p.TS
	}
	return l.line(p)
}

func (l *pageList) line(v any) error {
	b, err := json.Marshal(v)
	if err == nil {
		_, err = l.w.Write(append(page.EscapeBidi(b), '\n'))
	}
	return err
}
