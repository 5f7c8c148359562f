package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"newsarchive/internal/bench"
)

// site is pages by path.
type site map[string]file

type file struct{ plain, packed []byte }

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	body := f.plain
	h := w.Header()
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body = f.packed
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // a client that went away is its own affair
}

// perSection is how many articles a section links to.
const perSection = 50

// build makes n articles from the chosen fixtures, and the lists that lead to
// them. Each article bears its own address wherever the fixture bore its, and
// links nowhere, so that every crawler asks for the same pages.
func build(origin string, n, size int) (site, error) {
	sources, err := bench.Pages(0)
	if err != nil {
		return nil, err
	}
	s := site{}
	var sections, stories []string
	for i := range n {
		p, path := sources[i%len(sources)], fmt.Sprintf("/story/%d", i)
		source := bytes.ReplaceAll(nowhere(p.Body), []byte(p.URL), []byte(origin+path))
		source = bytes.Replace(source, []byte("</h1>"), fmt.Appendf(nil, " %d</h1>", i), 1)
		s[path] = pack(nowhere(bench.Compose(source, size, uint64(i))))
		stories = append(stories, path)
		if len(stories) == perSection || i == n-1 {
			path := fmt.Sprintf("/section/%d", i/perSection)
			s[path] = pack(list("Section", stories))
			sections, stories = append(sections, path), nil
		}
	}
	s["/"] = pack(list("Front page", sections))
	return s, nil
}

var reference = regexp.MustCompile(`\b(href|src|srcset|action)="([^"#][^"]*)"`)

// nowhere turns the references of a page into fragments of the same length.
func nowhere(page []byte) []byte {
	return reference.ReplaceAllFunc(page, func(attr []byte) []byte {
		name, value, _ := bytes.Cut(attr, []byte(`="`))
		return fmt.Appendf(nil, `%s="#%s"`, name, strings.Repeat("x", len(value)-2))
	})
}

func list(title string, paths []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=\"en\"><head><title>%s</title></head><body><h1>%s</h1><ul>\n", title, title)
	for _, path := range paths {
		fmt.Fprintf(&b, "<li><a href=%q>%s</a></li>\n", path, path)
	}
	b.WriteString("</ul></body></html>\n")
	return b.Bytes()
}

func pack(page []byte) file {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(page) // a Buffer takes everything
	_ = z.Close()
	return file{page, b.Bytes()}
}
