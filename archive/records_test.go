package archive

import (
	"slices"
	"strings"
	"testing"
)

func TestSelectFindsWhatSearchFinds(t *testing.T) {
	rd := reader(t, library(t))
	for _, query := range []string{"", "ferry", "site:news.example", "cafe -regulars", "lang:en", "author:öst", "outcome:blocked", "since:2026-11-02", "until:2026-10", "nothing"} {
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for row, err := range rd.Select(t.Context(), q, false) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row.URLCanonical[strings.LastIndexByte(row.URLCanonical, '/')+1:])
		}
		want := search(t, rd, query)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q selects %q, search finds %q", query, got, want)
		}
	}
}

// The captures that the rows point at are found whole, from any place in a segment,
// and their index lines are those of the archive's own index.
func TestRecordsOfRows(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	for _, text := range []string{"one", "two", "three"} {
		c, r := ferry(t, text)
		put(t, a, c, r)
	}
	closed(t, a)
	rd := reader(t, dir)
	records := rd.Records()
	defer records.Close()
	var lines [][]byte
	for row, err := range rd.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		list, err := records.Capture(row)
		if err != nil || len(list) != 6 {
			t.Fatalf("version %d: %d records, %v", row.Version, len(list), err)
		}
		for _, m := range list {
			gz, err := records.Append(nil, m.File, m.Offset, m.Length)
			if err != nil {
				t.Fatal(err)
			}
			line, err := IndexLine(gz, m.File, m.Offset)
			if err != nil {
				t.Fatal(err)
			}
			if line != nil {
				lines = append(lines, line)
			}
		}
		row.WARCOffset++
		if _, err := records.Capture(row); err == nil {
			t.Error("a wrong offset went unnoticed")
		}
	}
	names, err := list(rd.root, "index", ".cdxj")
	if err != nil {
		t.Fatal(err)
	}
	want, err := readFile(rd.root, names[0])
	if got := sorted(lines); err != nil || string(got) != string(want) {
		t.Errorf("index %v\n%s, want\n%s", err, got, want)
	}
}
