package archive

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/internal/address"
	"newsarchive/page"
)

// stood is what is remembered of one version of an article.
type stood struct {
	number     int
	at         time.Time // of its capture
	old, again uint64    // fingerprints: of the row that stands, and as it was read again
	worth      worth
}

// history knows the versions of each article, oldest first, and which captures made
// them: what else was captured may be a version that nobody saw.
type history struct {
	versions map[uint64][]stood
	records  map[uint64]bool // hashes of the ids of the records that rows point at
}

func newHistory() *history {
	return &history{versions: map[uint64][]stood{}, records: map[uint64]bool{}}
}

// add takes note of a row that stands.
func (h *history) add(r *page.Row) {
	print := fingerprint(r)
	h.records[hashOf(r.WARCRecordID)] = true
	h.versions[key(r.ID)] = append(h.versions[key(r.ID)], stood{r.Version, r.FetchedAt, print, print, worthOf(r.Outcome)})
}

// again takes note of how a row would read.
func (h *history) again(r *page.Row) {
	list := h.versions[key(r.ID)]
	for i := range list {
		if list[i].number == r.Version {
			list[i].again, list[i].worth = fingerprint(r), max(list[i].worth, worthOf(r.Outcome))
		}
	}
}

// before returns the version that stood at a time, and the newest one; zero for none.
func (h *history) before(id string, at time.Time) (standing, newest stood) {
	for _, v := range h.versions[key(id)] {
		if !v.at.After(at) && v.number > standing.number {
			standing = v
		}
		if v.number > newest.number {
			newest = v
		}
	}
	return standing, newest
}

// unversioned gives the captures of pages that no row points at, as far as match
// wants them, read by the extractor: articles only. Segments that are still open are
// left out.
func (r *Reader) unversioned(ctx context.Context, h *history, o ReextractOptions, yield func(Reread, error) bool) {
	records := r.Records()
	defer records.Close()
	for v, err := range r.Visits() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			if !yield(Reread{}, err) || ctx.Err() != nil {
				return
			}
			continue
		}
		row := page.Row{URL: v.URL, Site: siteOf(v.URL), FetchedAt: v.At, WARCFile: v.File, WARCOffset: v.Offset}
		if v.Status != "200" && v.Status != "-" || !mayBePage(v.MIME) || !o.Unversioned(&row) {
			continue
		}
		n, err := r.readUnversioned(records, h, row, o.Extract)
		if (err != nil || n.Verdict != "") && !yield(n, err) {
			return
		}
	}
}

// mayBePage reports whether an index line may be of a page.
func mayBePage(mime string) bool {
	return mime == "unk" || mime == RevisitMIME || strings.Contains(mime, "html")
}

func siteOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return address.Site(u.Host)
}

// readUnversioned reads a capture if it is one of a page without a row. The verdict
// is "" where it is none, or holds no article.
func (r *Reader) readUnversioned(records *Records, h *history, row page.Row, extract func(*page.Capture) *page.Reading) (n Reread, err error) {
	members, err := records.Capture(row)
	if err != nil {
		return n, err
	}
	if !document(members, &row) || h.records[hashOf(row.WARCRecordID)] {
		return n, nil
	}
	c, err := r.Capture(row)
	if err != nil {
		return n, err
	}
	if c.Outcome = r.endOf(row); c.Outcome != "" && !c.Outcome.HasArticle() {
		return n, nil // refused, or never whole: it was not to be read
	}
	got := extract(c).Row
	if !got.Outcome.HasArticle() {
		return n, nil
	}
	return h.place(row, got), nil
}

// document completes the row with the capture's document. It reports false for a
// requisite, and where the row points at another record of the capture.
func document(members []Member, row *page.Row) bool {
	if RequisiteOf(members) != "" {
		return false
	}
	var last *Member
	for i := range members {
		m := &members[i]
		switch m.Header.Type() {
		case warc.Response, warc.Revisit, warc.Resource:
			last = m
		case warc.Request:
			if uri := m.Header.TargetURI(); row.URLRequested == "" && !strings.HasSuffix(uri, "/robots.txt") {
				row.URLRequested = uri
			}
		}
	}
	if last == nil || last.Offset != row.WARCOffset {
		return false
	}
	row.WARCLength, row.WARCRecordID, row.WARCPayloadDigest = last.Length, last.Header.ID(), last.Header.Get("WARC-Payload-Digest")
	row.URL, row.FetchedAt = last.Header.TargetURI(), last.Header.Date()
	row.URLRequested = cmp.Or(row.URLRequested, row.URL)
	return true
}

// place says what an article read from a capture without a row would be: nothing
// new, the next version, or one that stood between versions, where no number is free.
func (h *history) place(row, got page.Row) Reread {
	got.URL, got.URLRequested, got.FetchedAt = cmp.Or(got.URL, row.URL), row.URLRequested, row.FetchedAt
	got.URLCanonical = cmp.Or(got.URLCanonical, got.URL)
	got.WARCFile, got.WARCOffset, got.WARCLength = row.WARCFile, row.WARCOffset, row.WARCLength
	got.WARCRecordID, got.WARCPayloadDigest = row.WARCRecordID, row.WARCPayloadDigest
	got.Schema, got.ID = page.Schema, ID(got.URLCanonical)
	got.Normalize()
	standing, newest := h.before(got.ID, row.FetchedAt)
	got.Version, got.PreviousVersion, got.Extraction = newest.number+1, newest.number, 1
	got.Change = changeAfter(newest.number, newest.worth, &got)
	n := Reread{New: got, Verdict: Added}
	print := fingerprint(&got)
	switch {
	case standing.number > 0 && slices.Contains([]uint64{standing.old, standing.again}, print), poorer(&got, standing.worth):
		n.Verdict = Unchanged
	case standing.number < newest.number:
		n.Verdict = Missed
	default:
		h.versions[key(got.ID)] = append(h.versions[key(got.ID)], stood{got.Version, got.FetchedAt, print, print, worthOf(got.Outcome)})
	}
	return n
}
