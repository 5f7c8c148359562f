// Command collycrawl is the least that a crawl with Colly can be: it follows the
// links of the sites, one request at a time, and keeps nothing.
package main

import (
	"fmt"
	"log"
	"net/url"
	"os"

	"github.com/gocolly/colly/v2"
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: collycrawl URL...")
	}
	c := colly.NewCollector()
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) }) // a page seen already is an error too
	pages := 0
	c.OnResponse(func(*colly.Response) { pages++ })
	for _, start := range os.Args[1:] {
		u, err := url.Parse(start)
		if err != nil {
			log.Fatal(err)
		}
		c.AllowedDomains = append(c.AllowedDomains, u.Hostname())
		if err := c.Visit(start); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(pages)
}
