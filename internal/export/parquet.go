package export

import (
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"newsarchive/page"
)

// Bounds of a row group, which is held in memory until it is written.
const (
	groupRows  = 20_000
	groupBytes = 32 << 20 // of strings
)

// parquetWriter writes one Parquet file: strings as UTF8, integers as INT64, lists
// as LIST, times as TIMESTAMP in UTC. Nothing but times may be null.
type parquetWriter struct {
	w       *parquet.GenericWriter[any]
	columns []column
	record  reflect.Value // a pointer to a struct with a field for each column
	rows    int           // of the group at hand
	bytes   int
}

func newParquet(w io.Writer, p Profile) *parquetWriter {
	in, _ := columns(p)
	record := reflect.New(recordOf(in))
	return &parquetWriter{columns: in, record: record, w: parquet.NewGenericWriter[any](w, parquet.SchemaOf(record.Interface()),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}), parquet.CreatedBy("scrape", "1", ""))}
}

// recordOf makes the struct type whose fields are the columns in their order.
func recordOf(columns []column) reflect.Type {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		fields[i] = reflect.StructField{Name: "C" + c.name, Type: c.recordType(), Tag: reflect.StructTag(`parquet:"` + c.name + c.options() + `"`)}
	}
	return reflect.StructOf(fields)
}

func (c column) recordType() reflect.Type {
	switch c.kind {
	case integer:
		return reflect.TypeFor[int64]()
	case moment:
		return reflect.TypeFor[*time.Time]()
	case list:
		return reflect.TypeFor[[]string]()
	}
	return reflect.TypeFor[string]()
}

// repeated are columns with few values, which a dictionary stores once.
var repeated = []string{"schema", "change", "site", "site_name", "language", "section", "access", "declared_free", "outcome", "content_type", "charset",
	"robots", "tdm", "truncated", "warc_file", "extractor", "extractor_version", "rules_version", "software", "run_id", "published_precision", "license"}

func (c column) options() string {
	switch {
	case c.kind == moment:
		return ",optional,timestamp(millisecond)"
	case c.kind == list:
		return ",list"
	case strings.HasSuffix(c.name, "_source") || slices.Contains(repeated, c.name):
		return ",dict"
	}
	return ""
}

func (p *parquetWriter) Write(r *page.Row) error {
	row, record := reflect.ValueOf(r).Elem(), p.record.Elem()
	for i, c := range p.columns {
		v, to := row.Field(c.field), record.Field(i)
		switch c.kind {
		case integer:
			to.SetInt(v.Int())
		case moment:
			to.SetZero()
			if t, ok := c.time(row); ok {
				to.Set(reflect.ValueOf(&t))
			}
		case list:
			to.Set(reflect.ValueOf([]string(v.Interface().(page.Lines))))
		default:
			to.SetString(v.String())
			p.bytes += v.Len()
		}
	}
	if _, err := p.w.Write([]any{p.record.Interface()}); err != nil {
		return err
	}
	if p.rows++; p.rows < groupRows && p.bytes < groupBytes {
		return nil
	}
	p.rows, p.bytes = 0, 0
	return p.w.Flush()
}

func (p *parquetWriter) Close() error { return p.w.Close() }
