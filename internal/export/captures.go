package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"

	"newsarchive/archive"
	"newsarchive/archive/warc"
	"newsarchive/page"
)

// captures are the records of an export by where they lie, in the order of the
// archive: with 16 bytes for each, so that millions fit.
type captures struct {
	records *archive.Records
	others  *archive.Records  // for originals, while records walks
	begun   map[spot]struct{} // originals that were taken in
	seed    maphash.Seed
	files   []string
	numbers map[string]int32
	info    map[int32]time.Time // segments whose warcinfo is among the list, with its date
	pages   map[uint64]struct{} // hashes of the ids of the rows' records
	found   int                 // rows' records that were found
	whole   bool                // all that was imported is wanted
	list    []spot
	rows    int
	lost    int // rows whose record is lost
}

// spot is where a record's gzip member lies.
type spot struct {
	file   int32
	length int32 // none is longer than 2 GiB
	offset int64
}

// choose finds the records of all rows: their captures whole, what the pages need to
// be seen, the originals of revisits, and the warcinfo of each segment. Where everything
// is asked for, what was imported is taken too: not of all of it is known which page needs it.
func choose(ctx context.Context, r *archive.Reader, o Options, each func(*page.Row) error) (*captures, error) {
	c := &captures{whole: o.whole, records: r.Records(), others: r.Records(), begun: map[spot]struct{}{}, seed: maphash.MakeSeed(), numbers: map[string]int32{}, info: map[int32]time.Time{}, pages: map[uint64]struct{}{}}
	places, err := c.places(ctx, r, o, each)
	if err != nil {
		return c, err
	}
	if c.rows == 0 && c.lost > 0 {
		return c, fmt.Errorf("the records of all %d rows are lost to damage: scrape verify tells more", c.lost)
	}
	if c.rows == 0 {
		return c, ErrNothing
	}
	if err := c.walkAll(ctx, r, places); err != nil {
		return c, err
	}
	if c.found < len(places) {
		return c, fmt.Errorf("%d of %d records are not where their rows say: scrape verify tells more", len(places)-c.found, len(places))
	}
	c.inTime()
	c.list = slices.Compact(c.list)
	return c, nil
}

// places are where the rows' documents lie, in the order of the archive.
func (c *captures) places(ctx context.Context, r *archive.Reader, o Options, each func(*page.Row) error) (list []spot, err error) {
	for row, err := range o.rows(ctx, r, nil) {
		if err != nil {
			return nil, err
		}
		if c.records.Lost(row.WARCFile, row.WARCOffset) {
			c.lost++
			continue
		}
		if err := each(row); err != nil {
			return nil, err
		}
		c.rows++
		if row.WARCFile != "" {
			list = append(list, spot{c.number(row.WARCFile), 0, row.WARCOffset})
			c.pages[maphash.String(c.seed, row.WARCRecordID)] = struct{}{}
		}
	}
	for _, v := range o.Visits {
		at, err := c.visited(v)
		if err != nil {
			return nil, err
		}
		list = append(list, at...)
	}
	c.order(list)
	return slices.Compact(list), nil
}

// visited is where the answer of a visit lies, none where it is lost.
func (c *captures) visited(v archive.Visit) ([]spot, error) {
	if c.records.Lost(v.File, v.Offset) {
		return nil, nil
	}
	capture, err := c.records.Capture(page.Row{URL: v.URL, WARCFile: v.File, WARCOffset: v.Offset})
	if err != nil {
		return nil, err
	}
	for _, m := range capture {
		if m.Offset == v.Offset {
			c.pages[maphash.String(c.seed, m.Header.ID())] = struct{}{}
		}
	}
	return []spot{{c.number(v.File), 0, v.Offset}}, nil
}

// order renumbers the files by name and sorts.
func (c *captures) order(list []spot) {
	sorted := slices.Sorted(slices.Values(c.files))
	for i := range list {
		n, _ := slices.BinarySearch(sorted, c.files[list[i].file])
		list[i].file = int32(n)
	}
	c.files = sorted
	for i, f := range sorted {
		c.numbers[f] = int32(i)
	}
	slices.SortFunc(list, bySpot)
}

// inTime puts the list in the order in which the segments were begun, so that originals
// stand before their revisits. Names tell it to the second only.
func (c *captures) inTime() {
	slices.SortFunc(c.list, func(a, b spot) int {
		if a.file == b.file {
			return bySpot(a, b)
		}
		return cmp.Or(c.info[a.file].Compare(c.info[b.file]), cmp.Compare(c.files[a.file], c.files[b.file]))
	})
}

func bySpot(a, b spot) int {
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.offset, b.offset))
}

func (c *captures) number(file string) int32 {
	n, ok := c.numbers[file]
	if !ok {
		n = int32(len(c.files))
		c.numbers[file] = n
		c.files = append(c.files, file)
	}
	return n
}

// walkAll reads each segment with chosen records from the first of them on, and
// those of the same session after it, for requisites.
func (c *captures) walkAll(ctx context.Context, r *archive.Reader, places []spot) error {
	chosen := map[string][]int64{}
	for _, p := range places {
		chosen[c.files[p.file]] = append(chosen[c.files[p.file]], p.offset)
	}
	begin := map[string]int64{}
	for _, file := range slices.Clone(c.files) {
		if _, later := begin[file]; !later {
			first, err := c.records.Capture(page.Row{WARCFile: file, WARCOffset: chosen[file][0]})
			if err != nil {
				return err
			}
			begin[file] = first[0].Offset
		}
		session, err := r.Session(file)
		if err != nil {
			return err
		}
		for _, later := range session {
			if later != file {
				begin[later] = 0
			}
		}
	}
	if c.whole {
		_, sealed, err := r.Sealed()
		if err != nil {
			return err
		}
		for _, s := range sealed {
			if strings.HasPrefix(s.Path, "warc/") {
				begin[s.Path] = 0
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(begin)) {
		if err := c.walk(ctx, file, begin[file], chosen[file]); err != nil {
			return err
		}
	}
	return nil
}

// walk adds the captures of a segment that hold one of the records or are
// requisites of a page that was chosen.
func (c *captures) walk(ctx context.Context, file string, from int64, chosen []int64) error {
	for capture, err := range c.records.Captures(file, from) {
		if damage := new(warc.DamageError); errors.As(err, &damage) {
			continue // what is missing for it is seen by the count
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		n := c.in(capture, chosen)
		_, needed := c.pages[maphash.String(c.seed, archive.RequisiteOf(capture))]
		if c.found += n; n == 0 && !needed && !(c.whole && archive.Imported(capture)) {
			continue
		}
		for _, m := range capture {
			if err := c.add(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// in counts the chosen records in the capture.
func (c *captures) in(capture []archive.Member, chosen []int64) (n int) {
	for _, m := range capture {
		if _, ok := slices.BinarySearch(chosen, m.Offset); ok {
			n++
		}
	}
	return n
}

// add takes a record in, with the original that it refers to.
func (c *captures) add(m archive.Member) error {
	if m.Header.Type() == warc.Revisit {
		if err := c.original(m); err != nil {
			return err
		}
	}
	return c.take(m)
}

// original takes in what a revisit refers to, and the request that it answered.
func (c *captures) original(revisit archive.Member) error {
	m, err := c.others.Original(revisit)
	if errors.Is(err, archive.ErrLost) { // it says at least when the page was the same
		return nil
	}
	if err != nil {
		return err
	}
	at := spot{file: c.number(m.File), offset: m.Offset}
	if _, ok := c.begun[at]; ok {
		return nil
	}
	c.begun[at] = struct{}{}
	capture, err := c.others.Capture(page.Row{URL: m.Header.TargetURI(), WARCFile: m.File, WARCOffset: m.Offset})
	if err != nil {
		return err
	}
	for _, o := range capture {
		if o.Offset == m.Offset || o.Header.ID() == m.Header.Get("WARC-Concurrent-To") {
			if err := c.take(o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *captures) close() {
	c.records.Close()
	c.others.Close()
}

func (c *captures) take(m archive.Member) error {
	n := c.number(m.File)
	c.list = append(c.list, spot{n, int32(m.Length), m.Offset})
	if _, ok := c.info[n]; ok {
		return nil
	}
	info, err := c.records.Info(m.File)
	c.info[n] = info.Header.Date()
	c.list = append(c.list, spot{n, int32(info.Length), 0})
	return err
}
