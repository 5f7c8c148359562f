package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// attack answers with one of the things that servers do to crawlers.
func attack(w http.ResponseWriter, n uint64) {
	attacks[n%uint64(len(attacks))](w)
}

var attacks = []func(http.ResponseWriter){
	func(w http.ResponseWriter) { // a bomb
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb())
	},
	func(w http.ResponseWriter) { // more open elements than a tree may have
		_, _ = fmt.Fprint(w, "<!DOCTYPE html><body>", strings.Repeat("<div><b>", 20_000), "deep")
	},
	func(w http.ResponseWriter) { // a tag with very many attributes
		w.Header().Set("Content-Type", "text/html")
		for i := range 20_000 {
			if _, err := fmt.Fprintf(w, "<body a%d=1>", i); err != nil {
				return
			}
		}
	},
	func(w http.ResponseWriter) { raw(w, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>cut") },
	func(w http.ResponseWriter) {
		raw(w, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 1<<20)+"\r\n\r\n")
	},
	func(w http.ResponseWriter) { raw(w, strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 10_000)) },
	func(w http.ResponseWriter) { raw(w, "\x00\x1b]0;owned\x07 no HTTP at all\r\n\r\n") },
	func(w http.ResponseWriter) { // redirects to where nobody has business
		w.Header().Set("Location", "http://169.254.169.254/latest/meta-data/")
		w.WriteHeader(http.StatusFound)
	},
	func(w http.ResponseWriter) { // a body that drips
		raw(w, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", strings.Split(strings.Repeat("x ", 200), " ")...)
	},
	func(w http.ResponseWriter) { // more than is taken
		for range 400 {
			if _, err := w.Write(bytes.Repeat([]byte("<p>more and more"), 4096)); err != nil {
				return
			}
		}
	},
}

// raw writes bytes to the connection, what follows the first one each tenth of a
// second, and ends it.
func raw(w http.ResponseWriter, first string, drops ...string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(first)); err != nil {
		return
	}
	for _, d := range drops {
		time.Sleep(100 * time.Millisecond)
		if _, err := conn.Write([]byte(d)); err != nil {
			return
		}
	}
}

// bomb is 100 MiB of nothing, packed.
var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 100 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	return b.Bytes()
})
