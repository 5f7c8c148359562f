package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsarchive/archive"
)

// crawled is a WARC file of another tool: a request and a response for each of "path referer
// type", with a body that names the path.
func crawled(t *testing.T, host string, list ...string) (file string) {
	t.Helper()
	var b bytes.Buffer
	record := func(kind, id, more, address, block string) {
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2020-05-06T07:08:09Z\r\nWARC-Target-URI: %s\r\n%sContent-Type: application/http;msgtype=%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			kind, id, address, more, kind, len(block), block)
	}
	for i, item := range list {
		f := strings.Fields(item)
		address, referer := f[0], ""
		if strings.HasPrefix(address, "/") {
			address = host + address
		}
		if f[1] != "-" {
			referer = "Referer: " + host + f[1] + "\r\n"
		}
		asked, answered := fmt.Sprintf("00000000-0000-4000-8000-%012d", 2*i), fmt.Sprintf("00000000-0000-4000-8000-%012d", 2*i+1)
		record("request", asked, "", address, "GET "+f[0]+" HTTP/1.1\r\nHost: h\r\n"+referer+"\r\n")
		body := "<title>" + f[0] + "</title><h1>" + f[0] + "</h1><p>What is told of " + f[0]
		record("response", answered, "WARC-Concurrent-To: <urn:uuid:"+asked+">\r\n", address,
			fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", f[2], len(body), body))
	}
	file = filepath.Join(t.TempDir(), "crawl.warc")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestImportedRequisitesBelongToTheirPage, as far as the Referer of their requests tells.
func TestImportedRequisitesBelongToTheirPage(t *testing.T) {
	const host = "https://news.example"
	file := crawled(t, host, "/ - text/html", "/ferry / text/html", "/s.css /ferry text/css", "/f.woff2 /s.css font/woff2", "/a.png /ferry image/png",
		"/report.pdf /ferry application/pdf", "/alone.png - image/png", "/bridge /ferry text/html", "/b.png /bridge image/png",
		"https://cdn.example/c.png / image/png", "/icon.png / image/png")
	dir := filepath.Join(t.TempDir(), "kept")
	tell := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--archive", dir), nil, &out, &errs); code != exitOK && code != exitNoArticle {
			t.Fatalf("%q ends with %d: %s", args, code, &errs)
		}
	}
	tell("import", file)
	tell("verify", "--full")
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for path, want := range map[string][]string{"/": {"/icon.png"}, "/ferry": {"/a.png", "/f.woff2", "/s.css"}, "/bridge": {"/b.png"}} {
		row, err := r.Row(host + path)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for s, err := range r.Requisites(row) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.TrimPrefix(s.Capture.Document().URL, host))
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s needs %q, want %q", path, got, want)
		}
	}
}
