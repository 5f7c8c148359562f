package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive"
	"newsarchive/page"
)

// Folder writes a data package of rows to the folder dir, which must not exist, be
// empty or, with Force, be an earlier export.
func Folder(ctx context.Context, r *archive.Reader, dir string, o Options) (Result, error) {
	o = o.filled()
	if o.Format.Records() {
		return Result{}, fmt.Errorf("%s is one file, no folder", o.Format)
	}
	at, err := newFolder(dir, o.Force)
	if err != nil {
		return Result{}, err
	}
	defer at.drop()
	p := &pack{dir: at.temp, o: o, account: newAccount()}
	if err := p.write(ctx, r); err != nil {
		return Result{}, err
	}
	if err := p.sync(); err != nil {
		return Result{}, err
	}
	return p.result(), at.appear()
}

// A pack is a data package under construction.
type pack struct {
	dir     string
	o       Options
	account *account
	id      string // of the archive

	resources []resource
	parts     parts
	sums      *file // SHA256SUMS
	texts     int   // files with a text each
	textBytes int64
}

// A resource is a file of the package.
type resource struct {
	path      string // slashes
	bytes     int64
	sha256    string
	rows      int
	data      bool   // holds rows
	schema    string // path of its table schema; "" for none
	format    string // ending of the name without compression
	mediatype string
}

func (p *pack) write(ctx context.Context, r *archive.Reader) (err error) {
	if p.id, err = r.ID(); err != nil {
		return err
	}
	if p.account.ends, err = r.Gone(time.Time{}); err != nil {
		return err
	}
	if p.sums, err = p.create("SHA256SUMS"); err != nil {
		return err
	}
	for row, err := range p.o.rows(ctx, r, p.account.leave) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = p.row(row)
		}
		if err != nil {
			return errors.Join(err, p.abandon())
		}
	}
	if err := p.endPart(); err != nil {
		return err
	}
	if p.account.rows == 0 {
		return ErrNothing
	}
	if err := p.account.visits(r); err != nil {
		return err
	}
	return p.describe()
}

// parts is the data file that is being written.
type parts struct {
	name string
	file *file
	gz   *gzip.Writer // nil where the file is not compressed as a whole
	rows rowWriter
	n    int
}

// row writes a row to the file that it belongs to.
func (p *pack) row(r *page.Row) error {
	p.account.add(r)
	if p.o.Format == Text {
		if err := p.text(r); err != nil {
			return err
		}
	}
	if name := p.partOf(r); name != p.parts.name {
		if err := p.endPart(); err != nil {
			return err
		}
		if err := p.beginPart(name); err != nil {
			return err
		}
	}
	p.parts.n++
	return p.parts.rows.Write(r)
}

// partOf names the data file of a row: Parquet has one for each site and month.
func (p *pack) partOf(r *page.Row) string {
	switch p.o.Format {
	case CSV, Text:
		return "data/articles.csv"
	case Parquet:
		return "data/" + folderName(r.Site) + "/" + day(r).Format("2006-01") + ".parquet"
	}
	return "data/articles.jsonl.gz"
}

// folderName spells a site with lower case letters, digits, dots and hyphens, and
// the rest in hex after an underscore, so that no two share a name.
func folderName(site string) string {
	var b strings.Builder
	for i := range len(site) {
		c := site[i]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' && i > 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	if b.Len() == 0 || b.Len() > 200 {
		sum := sha256.Sum256([]byte(site))
		return "_" + hex.EncodeToString(sum[:])
	}
	return b.String()
}

func (p *pack) beginPart(name string) (err error) {
	p.parts = parts{name: name}
	if p.parts.file, err = p.create(name); err != nil {
		return err
	}
	var w io.Writer = p.parts.file
	if strings.HasSuffix(name, ".gz") {
		p.parts.gz = gzip.NewWriter(w)
		w = p.parts.gz
	}
	p.parts.rows = newRowWriter(w, p.o.Format, p.o.profile())
	return nil
}

func (p *pack) endPart() error {
	if p.parts.file == nil {
		return nil
	}
	err := p.parts.rows.Close()
	if p.parts.gz != nil {
		err = errors.Join(err, p.parts.gz.Close())
	}
	res, ferr := p.parts.file.end()
	res.rows, res.data, res.schema = p.parts.n, true, tableSchema
	p.parts = parts{}
	return errors.Join(err, ferr, p.list(res))
}

// abandon closes what is open.
func (p *pack) abandon() error {
	err := p.sums.f.Close()
	if p.parts.file != nil {
		err = errors.Join(err, p.parts.file.f.Close())
	}
	return err
}

// file is a file of the package that is being written.
type file struct {
	*bufio.Writer
	f   *os.File
	sum hash.Hash
	res resource
}

func (p *pack) create(name string) (*file, error) {
	full := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	w := &file{f: f, sum: sha256.New(), res: resource{path: name}}
	w.Writer = bufio.NewWriterSize(io.MultiWriter(f, w.sum), 64<<10)
	w.res.format = strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".gz")), ".")
	w.res.mediatype = mediatypes[path.Ext(name)]
	return w, nil
}

var mediatypes = map[string]string{".gz": "application/gzip", ".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".txt": "text/plain"}

// end closes the file and says what it is.
func (f *file) end() (resource, error) {
	err := f.Flush()
	if info, serr := f.f.Stat(); serr == nil {
		f.res.bytes = info.Size()
	}
	f.res.sha256 = hex.EncodeToString(f.sum.Sum(nil))
	return f.res, errors.Join(err, f.f.Close())
}

// add writes a whole file.
func (p *pack) add(name string, content []byte) error {
	f, err := p.create(name)
	if err != nil {
		return err
	}
	f.Write(content) // a failure is seen at the end
	res, err := f.end()
	return errors.Join(err, p.list(res))
}

// list takes a file among the resources and checksums.
func (p *pack) list(res resource) error {
	p.resources = append(p.resources, res)
	return p.sum(res)
}

func (p *pack) sum(res resource) error {
	_, err := fmt.Fprintf(p.sums, "%s  %s\n", res.sha256, res.path)
	return err
}

// sync makes all of the package durable.
func (p *pack) sync() error {
	if _, err := p.sums.end(); err != nil {
		return err
	}
	return syncAll(p.dir)
}

func (p *pack) result() Result {
	res := Result{Rows: p.account.rows, Files: len(p.resources) + p.texts + 1, Bytes: p.textBytes}
	for _, r := range p.resources {
		res.Bytes += r.bytes
	}
	return res
}
