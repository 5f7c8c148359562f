// Command collycrawl is the least that a crawl with Colly can be: it follows the
// links of one site, one request at a time, and keeps nothing.
package main

import (
	"fmt"
	"log"
	"net/url"
	"os"

	"github.com/gocolly/colly/v2"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: collycrawl URL")
	}
	start, err := url.Parse(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	c := colly.NewCollector(colly.AllowedDomains(start.Hostname()))
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) }) // a page seen already is an error too
	pages := 0
	c.OnResponse(func(*colly.Response) { pages++ })
	if err := c.Visit(start.String()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pages)
}
