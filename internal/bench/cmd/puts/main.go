// Command puts archives made-up pages in a folder from several goroutines, as a
// crawl does that fetches faster than any. memory.sh measures it as a process.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"sync"

	"newsarchive/archive"
	"newsarchive/internal/bench"
	"newsarchive/page"
)

func main() {
	n := flag.Int("n", 10_000, "number of captures")
	size := flag.Int("size", 170_000, "bytes of a page's HTML")
	workers := flag.Int("workers", 8, "captures at the same time")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: puts [-n N] [-size BYTES] [-workers N] FOLDER")
	}
	sources, err := bench.Pages(0)
	if err != nil {
		log.Fatal(err)
	}
	a, err := archive.Open(flag.Arg(0), archive.Options{})
	if err != nil {
		log.Fatal(err)
	}
	next := make(chan int)
	var wg sync.WaitGroup
	for range *workers {
		wg.Go(func() {
			for i := range next {
				if err := put(a, sources[i%len(sources)], i, *size); err != nil {
					log.Fatal(err)
				}
			}
		})
	}
	for i := range *n {
		next <- i
	}
	close(next)
	wg.Wait()
	if err := a.Close(); err != nil {
		log.Fatal(err)
	}
}

// put archives a page of its own, with a row that has the text of its source.
func put(a *archive.Archive, source bench.Page, i, size int) error {
	c := source.Capture(i, size)
	r := &page.Reading{Row: page.Row{URLCanonical: c.Requested, Title: source.Phrase, Text: fmt.Sprintf("%d %.2000s", i, source.Body), Outcome: page.OK}}
	_, err := a.Put(context.Background(), c, r)
	return err
}
