package main

import (
	"bufio"
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"newsarchive/archive"
	"newsarchive/archive/warc"
	"newsarchive/page"
)

// referrers know the pages of a file by their addresses, and what they need to be seen: by
// the Referer of the request, which names the page, or a stylesheet of it. The newest are
// kept, for what a page needs stands near it.
type referrers struct {
	by    map[string]*referrer
	order []string // of addresses in it
}

// maxReferrers bounds those of one file.
const maxReferrers = 20_000

func (r *referrers) keep(address string, as *referrer) {
	if _, known := r.by[address]; !known {
		r.order = append(r.order, address)
	}
	if r.by[address] = as; len(r.order) > maxReferrers {
		delete(r.by, r.order[0])
		r.order = r.order[1:]
	}
}

// A referrer is a page that is taken in, or a requisite of one.
type referrer struct {
	page   *referrer     // of a requisite; nil for a page
	done   chan struct{} // closed when the record is known
	record string        // id of that of the page; "" where it was not stored now
	once   sync.Once
}

// resolve sets the record that requisites of the page belong to.
func (r *referrer) resolve(record string) {
	if r != nil && r.page == nil {
		r.once.Do(func() { r.record = record; close(r.done) })
	}
}

// of waits for the page, which stands before the requisite in the file.
func (r *referrer) of() (page.Row, bool) {
	if r == nil || r.page == nil {
		return page.Row{}, false
	}
	<-r.page.done
	return page.Row{WARCRecordID: r.page.record}, r.page.record != ""
}

// place notes a response in the order of the file.
func (r *referrers) place(s archive.Stored) *referrer {
	doc := s.Capture.Document()
	if isPage(s.Capture) {
		p := &referrer{done: make(chan struct{})}
		r.keep(doc.URL, p)
		return p
	}
	from := r.by[refererOf(doc)]
	if from == nil || s.Check() != nil || !toBeSeen(doc) {
		return nil
	}
	if from.page != nil {
		from = from.page
	}
	q := &referrer{page: from}
	if strings.HasPrefix(doc.Header.Get("Content-Type"), "text/css") {
		r.keep(doc.URL, q)
	}
	return q
}

// toBeSeen reports what pages need to be seen, or the way to it: documents that they link to
// have a Referer, too.
func toBeSeen(doc *page.Exchange) bool {
	kind, _, _ := mime.ParseMediaType(doc.Header.Get("Content-Type"))
	if doc.Status >= 300 && doc.Status < 400 {
		return true
	}
	top, sub, _ := strings.Cut(kind, "/")
	return top == "image" || top == "font" || kind == "text/css" || strings.Contains(sub, "javascript") || strings.Contains(sub, "font")
}

// refererOf is the address that the request names as where its own was found; "" for none,
// and for the bare origin that browsers tell other hosts.
func refererOf(doc *page.Exchange) string {
	if len(doc.Request) == 0 {
		return ""
	}
	req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(doc.Request)))
	if err != nil || req.Header.Get("Referer") == "" {
		return ""
	}
	from, ferr := url.Parse(req.Header.Get("Referer"))
	to, terr := url.Parse(doc.URL)
	if ferr != nil || terr != nil || from.Path == "/" && from.RawQuery == "" && from.Host != to.Host {
		return ""
	}
	return warc.EncodeURI(req.Header.Get("Referer"))
}
