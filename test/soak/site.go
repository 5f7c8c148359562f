package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"

	"newsarchive/internal/testsite"
)

// served are the sites of a soak.
type served struct {
	addresses []string
	closers   []func() error
}

// serve starts n sites that never end, n hostile ones, and the made-up newspapers.
func serve(n int) (*served, error) {
	papers, err := testsite.Start(testsite.Options{Faults: true})
	if err != nil {
		return nil, err
	}
	s := &served{closers: []func() error{papers.Close}}
	for _, p := range papers.Sites() {
		s.addresses = append(s.addresses, p.Start)
	}
	for i := range 2 * n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			s.close()
			return nil, err
		}
		server := &http.Server{Handler: endless{hostile: i >= n, seed: uint64(i)}}
		go func() { _ = server.Serve(l) }() // ends with ErrServerClosed
		s.addresses = append(s.addresses, "http://"+l.Addr().String()+"/")
		s.closers = append(s.closers, func() error { return server.Shutdown(context.Background()) })
	}
	return s, nil
}

func (s *served) close() {
	var errs []error
	for _, c := range s.closers {
		errs = append(errs, c())
	}
	_ = errors.Join(errs...) // the program that asked them is gone
}

// endless is a newspaper whose every article leads to three more. A hostile one
// answers every fourth request with something that no page is.
type endless struct {
	hostile bool
	seed    uint64
}

func (e endless) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	n, err := strconv.ParseUint(strings.TrimPrefix(req.URL.Path, "/story-"), 10, 64)
	switch {
	case req.URL.Path == "/":
		n = 0
	case err != nil || n > 1<<40:
		http.NotFound(w, req)
		return
	}
	if e.hostile && n%4 == 3 {
		attack(w, n/4)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, n))
	_, _ = w.Write(e.page(n)) // a client that was killed is what this is about
}

// page writes article n in words of its own.
func (e endless) page(n uint64) []byte {
	r := rand.New(rand.NewPCG(e.seed, n))
	var b strings.Builder
	title := words(r, 7)
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><title>%s</title><meta name=author content=\"Ada %s\"></head><body><nav><a href=/>Home</a></nav><article><h1>%s</h1>", title, words(r, 1), title)
	for range 6 + r.IntN(12) {
		fmt.Fprintf(&b, "<p>%s.</p>\n", words(r, 40+r.IntN(60)))
	}
	b.WriteString("</article><ul>")
	for i := range uint64(3) {
		fmt.Fprintf(&b, "<li><a href=/story-%d>%s</a></li>", 3*n+i+1, words(r, 5))
	}
	b.WriteString("</ul></body></html>")
	return []byte(b.String())
}

var syllables = strings.Fields("ba be bi bo bu ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu")

func words(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 1 + r.IntN(4) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
	}
	return b.String()
}
