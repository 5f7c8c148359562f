package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"newsarchive/page"
)

// BenchmarkFetch compares a plain transport, the recording one, and a whole fetch
// through Colly, on the same 64 kB over one kept connection.
func BenchmarkFetch(b *testing.B) {
	var text strings.Builder
	for text.Len() < 64<<10 {
		fmt.Fprintf(&text, "<p>%d %s</p>\n", text.Len(), story)
	}
	body := text.String()
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n", len(body))
	answer := []byte(head + body)
	url := handler(b, func(w http.ResponseWriter, _ *http.Request) {
		c, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer c.Close()
		for {
			c.Write(answer)
			if _, err := http.ReadRequest(rw.Reader); err != nil {
				return
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		c := &http.Transport{DisableCompression: true}
		defer c.CloseIdleConnections()
		run(b, len(head)+len(body), func() (int, error) {
			req, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
			resp, err := c.RoundTrip(req)
			if err != nil {
				return 0, err
			}
			defer resp.Body.Close()
			n, err := io.Copy(io.Discard, resp.Body)
			return len(head) + int(n), err
		})
	})
	b.Run("recorded", func(b *testing.B) {
		c := client(b, Options{})
		v := &visit{client: c, capture: new(page.Capture), maxWire: 10 << 20, maxBody: 20 << 20}
		run(b, len(head)+len(body), func() (int, error) {
			v.capture.Exchanges = nil
			req, _ := http.NewRequestWithContext(context.WithValue(context.Background(), visitKey{}, v), http.MethodGet, url, nil)
			if _, err := c.recorder.RoundTrip(req); err != nil {
				return 0, err
			}
			return len(v.capture.Document().Wire), nil
		})
	})
	b.Run("Colly", func(b *testing.B) {
		w := client(b, Options{IgnoreRobots: true}).Worker()
		run(b, len(head)+len(body), func() (int, error) {
			got, err := w.Fetch(context.Background(), page.Request{URL: url})
			if err != nil || len(got.Document().Body) != text.Len() {
				return 0, fmt.Errorf("%v: %v", got, err)
			}
			return len(got.Document().Wire), nil
		})
	})
}

func run(b *testing.B, want int, once func() (int, error)) {
	b.SetBytes(int64(want))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := once(); err != nil || n != want {
			b.Fatalf("%d bytes, want %d: %v", n, want, err)
		}
	}
}
