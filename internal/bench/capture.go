package bench

import (
	"fmt"
	"time"

	"newsarchive/page"
)

// Capture returns the page, grown to about size bytes in a way of its own for each i, as a
// server sends it that compresses nothing.
func (p Page) Capture(i, size int) *page.Capture {
	body := Compose(p.Body, size, uint64(i))
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", len(body))
	ex := page.Exchange{URL: fmt.Sprintf("https://news.example/story/%d", i), Method: "GET", Start: time.Now(), Status: 200,
		Request: fmt.Appendf(nil, "GET /story/%d HTTP/1.1\r\nHost: news.example\r\n\r\n", i),
		Wire:    append([]byte(head), body...), HeadLen: len(head), Header: page.Header{"Content-Type": {"text/html; charset=utf-8"}}}
	ex.Entity = ex.Wire[ex.HeadLen:]
	ex.Body = ex.Entity
	return &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}
}
