// Command pages serves a news site on the loopback: a front page that links to
// all sections, sections that link to their articles, and articles of 64 kB,
// compressed with gzip for whoever accepts it. It prints its address and serves
// until it is killed.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
)

func main() {
	n := flag.Int("n", 1000, "number of articles")
	size := flag.Int("size", 64_000, "bytes of an article's HTML")
	flag.Parse()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	origin := fmt.Sprintf("http://%s", l.Addr())
	s, err := build(origin, *n, *size)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(origin)
	log.Fatal(http.Serve(l, s))
}
