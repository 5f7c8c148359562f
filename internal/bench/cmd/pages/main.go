// Command pages serves news sites on the loopback, 127.0.0.1 and the addresses after
// it: a front page that links to all sections, sections that link to their articles,
// and articles of 64 kB, compressed with gzip for whoever accepts it. It prints the
// address of each site on a line of its own and serves until it is killed.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
)

func main() {
	n := flag.Int("n", 1000, "number of articles of a site")
	hosts := flag.Int("hosts", 1, "number of sites, 1 to 254; beyond one only where all of 127.0.0.0/8 is the loopback, as on Linux")
	size := flag.Int("size", 64_000, "bytes of an article's HTML")
	flag.Parse()
	port, ended := "0", make(chan error)
	for i := range *hosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:%s", i+1, port))
		if err != nil {
			log.Fatal(err)
		}
		_, port, _ = net.SplitHostPort(l.Addr().String())
		origin := fmt.Sprintf("http://%s", l.Addr())
		s, err := build(origin, *n, *size)
		if err != nil {
			log.Fatal(err)
		}
		go func() { ended <- http.Serve(l, s) }()
		fmt.Println(origin)
	}
	log.Fatal(<-ended)
}
