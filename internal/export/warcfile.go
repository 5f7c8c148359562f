package export

import (
	"context"
	"fmt"
	"io"
	"path"

	"newsarchive/archive"
	"newsarchive/archive/warc"
	"newsarchive/page"
)

// writeWARC writes one WARC file: a warcinfo of its own, then the records as they
// lie in the archive, byte for byte, each segment's warcinfo before its records.
func writeWARC(ctx context.Context, r *archive.Reader, w io.Writer, name string, o Options) (Result, error) {
	c, err := choose(ctx, r, o, func(*page.Row) error { return nil })
	defer c.close()
	if err != nil {
		return Result{}, err
	}
	out := &warcFile{w: w, name: path.Base(name)}
	if err := out.begin(o, r); err != nil {
		return Result{}, err
	}
	if err := out.copy(ctx, c, c.list); err != nil {
		return Result{}, err
	}
	return Result{Rows: c.rows, Records: out.records, Lost: c.lost}, nil
}

// warcFile is a WARC file that is being written.
type warcFile struct {
	w       io.Writer
	name    string
	index   func([]byte) // takes the CDXJ line of a record; nil for none
	at      int64
	records int
	member  []byte
}

// begin writes the warcinfo record.
func (f *warcFile) begin(o Options, r *archive.Reader) error {
	id, err := r.ID()
	if err != nil {
		return err
	}
	block, err := warc.FieldsBlock([]warc.Field{
		{Name: "software", Value: page.Printable(o.Software, 200)},
		{Name: "format", Value: "WARC File Format 1.1"},
		{Name: "conformsTo", Value: "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{Name: "isPartOf", Value: id},
		{Name: "description", Value: page.Printable("records of an archive, exported; asked for: "+o.asked(), 500)},
		{Name: "operator", Value: page.Printable(o.Creator, 200)},
	})
	if err != nil {
		return err
	}
	b, err := warc.NewBatch(0)
	if err != nil {
		return err
	}
	var fields []warc.Field
	if f.name != "" && f.name != "-" && f.name != "." {
		fields = []warc.Field{{Name: "WARC-Filename", Value: page.Printable(f.name, 300)}}
	}
	if _, err := b.Add(warc.Entry{Type: warc.Info, Date: o.Now, ContentType: warc.Fields, Block: [][]byte{block}, Fields: fields}); err != nil {
		return err
	}
	return f.write(b.Bytes())
}

func (o Options) asked() string {
	if o.Asked == "" {
		return "everything"
	}
	return o.Asked
}

func (f *warcFile) write(member []byte) error {
	n, err := f.w.Write(member)
	f.at += int64(n)
	f.records++
	return err
}

// copy writes records.
func (f *warcFile) copy(ctx context.Context, c *captures, list []spot) (err error) {
	for _, s := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		file := c.files[s.file]
		if f.member, err = c.records.Append(f.member[:0], file, s.offset, int64(s.length)); err != nil {
			return fmt.Errorf("read %s, offset %d: %w", file, s.offset, err)
		}
		if f.index != nil {
			line, err := archive.IndexLine(f.member, f.name, f.at)
			if err != nil {
				return fmt.Errorf("index %s, offset %d: %w", file, s.offset, err)
			}
			if line != nil {
				f.index(line)
			}
		}
		if err := f.write(f.member); err != nil {
			return err
		}
	}
	return nil
}
