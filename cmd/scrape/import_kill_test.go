package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/archive"
)

// twice is a WARC file with so many pages, each in two versions.
func twice(t *testing.T, pages int) string {
	t.Helper()
	var b bytes.Buffer
	for day := 1; day <= 2; day++ {
		for i := range pages {
			text := strings.Repeat(fmt.Sprintf("On day %d the council spoke about story %d for hours. ", day, i), 20)
			block := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html lang=en><title>Story %d</title><article><h1>Story %d</h1><p>%s</article>", i, i, text)
			fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%06d%06d>\r\nWARC-Target-URI: https://news.example/%d\r\n"+
				"WARC-Date: 2026-11-%02dT12:00:00Z\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", day, i, i, day, len(block), block)
		}
	}
	name := filepath.Join(t.TempDir(), "twice.warc")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestAKilledImportGoesOn kills the process at several moments; the import that is let end
// brings what an unbroken one does.
func TestAKilledImportGoesOn(t *testing.T) {
	t.Parallel()
	file := twice(t, 120)
	imported := func(dir string, after time.Duration) (killed bool) {
		cmd := exec.Command("scrape", "import", "--archive", dir, file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if after > 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		return cmd.Wait() != nil
	}
	whole := filepath.Join(t.TempDir(), "whole")
	begun := time.Now()
	if imported(whole, 0) {
		t.Fatal("the import failed")
	}
	took := time.Since(begun)
	want := versionsIn(t, whole)
	killed := 0
	for part := range 4 {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(part))
		for again := range 2 {
			if imported(dir, took*time.Duration(2*part+2+again)/11) {
				killed++
			}
		}
		if imported(dir, 0) {
			t.Error("the import that was let end failed")
		}
		if got := versionsIn(t, dir); !slices.Equal(got, want) {
			t.Errorf("killed in part %d: %d versions, want %d", part, len(got), len(want))
		}
		if out, err := exec.Command("scrape", "verify", "--full", "--archive", dir).CombinedOutput(); err != nil {
			t.Errorf("killed in part %d: %s", part, out)
		}
	}
	if killed == 0 {
		t.Error("no import was killed before its end")
	}
}

func versionsIn(t *testing.T, dir string) (list []string) {
	t.Helper()
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(row.URL, row.Version, row.TextSHA256, row.FetchedAt))
	}
	slices.Sort(list)
	return list
}
