package archive_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsarchive/archive"
	"newsarchive/page"
)

// visited is a capture as a fetcher hands it over, and what an extractor read from it.
func visited(url, title, text string) (*page.Capture, *page.Reading) {
	body := "<title>" + title + "</title><p>" + text
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n", len(body))
	host, path, _ := strings.Cut(strings.TrimPrefix(url, "https://"), "/")
	ex := page.Exchange{
		URL: url, Start: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC),
		Request: []byte("GET /" + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"),
		Wire:    []byte(head + body), HeadLen: len(head), Status: 200, Entity: []byte(body), Body: []byte(body),
	}
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}},
		&page.Reading{Row: page.Row{URLCanonical: url, Site: host, Title: title, Text: text, Outcome: page.OK}}
}

// filled makes an archive that holds two versions of one article, and another one.
func filled() (dir string) {
	dir, err := os.MkdirTemp("", "example-")
	if err != nil {
		log.Fatal(err)
	}
	a, err := archive.Open(dir, archive.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range [][3]string{
		{"https://news.example/ferry", "Ferry stops", "The ferry to the island leaves at noon."},
		{"https://news.example/ferry", "Ferry runs again", "The ferry to the island leaves at six."},
		{"https://news.example/bridge", "Bridge reopens", "The bridge is open."},
	} {
		c, r := visited(v[0], v[1], v[2])
		if _, err := a.Put(context.Background(), c, r); err != nil {
			log.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		log.Fatal(err)
	}
	return dir
}

func Example() {
	dir, err := os.MkdirTemp("", "example-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	a, err := archive.Open(filepath.Join(dir, "kept"), archive.Options{Software: "example/1.0", Operator: "archive@news.example"})
	if err != nil {
		log.Fatal(err)
	}
	capture, reading := visited("https://news.example/ferry", "Ferry runs again", "The ferry runs again.")
	row, err := a.Put(context.Background(), capture, reading) // synced when it returns
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(row.ID, row.Version, row.Change)
	if err := a.Close(); err != nil { // seals the segments
		log.Fatal(err)
	}
	// Output: a9fd68d4dcea4658 1 new
}

func ExampleArchive_Put() {
	dir := filled()
	defer os.RemoveAll(dir)
	a, err := archive.Open(dir, archive.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	for _, text := range []string{"The ferry to the island leaves at six.", "The ferry to the island leaves at half past six."} {
		capture, reading := visited("https://news.example/ferry", "Ferry runs again", text)
		row, err := a.Put(context.Background(), capture, reading)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.Change, row.Version)
	}
	// Output:
	// unchanged 2
	// changed 3
}

func ExampleReader_Row() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	row, err := r.Row("https://news.example/ferry") // or an id, or the beginning of one
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(row.Title)
	// Output: Ferry runs again
}

func ExampleReader_Capture() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	row, err := r.Row("https://news.example/bridge")
	if err != nil {
		log.Fatal(err)
	}
	capture, err := r.Capture(row) // from the WARC record that the row points at, its digests checked
	if err != nil {
		log.Fatal(err)
	}
	doc := capture.Document()
	fmt.Println(doc.Status, doc.URL)
	fmt.Printf("%s\n", doc.Body)
	// Output:
	// 200 https://news.example/bridge
	// <title>Bridge reopens</title><p>The bridge is open.
}

func ExampleReader_Versions() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	for row, err := range r.Versions(archive.ID("https://news.example/ferry")) {
		if err != nil {
			log.Fatal(err) // damage; what can be read follows
		}
		fmt.Printf("version %d, %s: %s\n", row.Version, row.Change, row.Title)
	}
	// Output:
	// version 1, new: Ferry stops
	// version 2, changed: Ferry runs again
}

func ExampleReader_Rows() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	for row, err := range r.Rows() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.URLCanonical, row.Version)
	}
	// Output:
	// https://news.example/ferry 1
	// https://news.example/ferry 2
	// https://news.example/bridge 1
}

func ExampleReader_Search() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	q, err := archive.ParseQuery(`ferry -bridge site:news.example`)
	if err != nil {
		log.Fatal(err)
	}
	for hit, err := range r.Search(context.Background(), q, 10) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(hit.Row.Title, "|", hit.Snippet)
	}
	// Output: Ferry runs again | The ferry to the island leaves at six.
}

func ExampleReader_Verify() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	var n archive.Checked
	for fault, err := range r.Verify(context.Background(), archive.VerifyOptions{Full: true, Count: func(c archive.Checked) { n = c }}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(fault) // names file and offset
	}
	fmt.Printf("%d records and %d rows checked\n", n.Records, n.Rows)
	// Output: 7 records and 3 rows checked
}

func ExampleDiff() {
	dir := filled()
	defer os.RemoveAll(dir)
	r, err := archive.OpenReader(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()

	var versions []page.Row
	for row, err := range r.Versions(archive.ID("https://news.example/ferry")) {
		if err != nil {
			log.Fatal(err)
		}
		versions = append(versions, row)
	}
	for _, c := range archive.Diff(versions[0], versions[1]).Changes {
		fmt.Printf("%s: %q became %q\n", c.Op, c.Before, c.After)
	}
	// Output: edit: "The ferry to the island leaves at noon." became "The ferry to the island leaves at six."
}
