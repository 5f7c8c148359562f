package replay

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// sheet is longer than what is stored twice: the second page's is a revisit.
var sheet = "@import url(colours.css);\nh1 { color: rgb(1, 2, 3) }\n" + strings.Repeat("/* a rule that says nothing */\n", 60)

// story is a page of the live site.
func story(title string) string {
	line := "The ferry to the lighthouse sails again from Monday, said the harbour master, who had waited for it all winter. "
	return fmt.Sprintf(`<!doctype html><html lang=en><head><meta charset=utf-8><title>%[1]s</title>
<link rel=stylesheet href=/page.css></head><body><article><h1>%[1]s</h1>
<p>%[2]s</p><figure><img src=/ferry.png alt=Ferry></figure><p class=aside>%[2]s</p>
<img src=/missing-%[1]s.png srcset="/small.png 1x, /large.png 2x" alt=Map><p>%[2]s</p></article></body></html>`, title, strings.Repeat(line, 4))
}

// live serves two stories with what they need to be seen, and an address that leads
// to the second.
func live(t *testing.T) *httptest.Server {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	give := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, body)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/bridge", give("text/html; charset=utf-8", story("Bridge")))
	mux.HandleFunc("/ferry", func(w http.ResponseWriter, _ *http.Request) { // packed, and in chunks
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		zw := gzip.NewWriter(w)
		fmt.Fprint(zw, story("Ferry"))
		zw.Flush()
		w.(http.Flusher).Flush()
		zw.Close()
	})
	mux.Handle("/f", http.RedirectHandler("/ferry", http.StatusFound))
	mux.Handle("/page.css", give("text/css", sheet))
	mux.Handle("/colours.css", give("text/css", ".aside { color: rgb(4, 5, 6) }"))
	for _, name := range []string{"/ferry.png", "/small.png", "/large.png"} {
		mux.Handle(name, give("image/png", picture.String()))
	}
	return httptest.NewServer(mux)
}
