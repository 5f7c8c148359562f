package archive

import (
	"fmt"
	"strings"
	"testing"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// A requisite whose page is nowhere is a fault, told with file and offset; one whose
// page lies in an earlier segment of its session is none.
func TestVerifyFollowsRequisites(t *testing.T) {
	for _, size := range []int64{0, 1, 9_000} { // all in one segment, each capture in its own, some together
		t.Run(fmt.Sprintf("segments of %d bytes", size), func(t *testing.T) {
			dir := t.TempDir()
			a := opened(t, dir, Options{MaxSegment: size})
			for n := range 4 {
				dressed(t, a, n, "one", "two", "three")
			}
			body := "p { color: red }"
			ex := exchangeOf(t, "https://news.example/lost.css", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n", len(body)), body)
			lost := page.Row{WARCRecordID: warc.NewID()}
			if err := a.PutRequisite(t.Context(), &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, lost); err != nil {
				t.Fatal(err)
			}
			dressed(t, a, 5, "one")
			closed(t, a)
			list := faults(t, dir, VerifyOptions{Full: true})
			if len(list) != 1 || !strings.HasPrefix(list[0], "link warc/") || !strings.Contains(list[0], ", offset ") ||
				!strings.Contains(list[0], "Scrape-Requisite-Of names a record that was not written before") {
				t.Errorf("faults %q", list)
			}
		})
	}
}

// What a repair set aside may have been the page.
func TestRequisitesOfAPageSetAside(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	row := dressed(t, a, 1, "one", "two")
	dressed(t, a, 2, "one")
	closed(t, a)
	b := snapshot(t, dir)
	clear(b[row.WARCFile][row.WARCOffset+50 : row.WARCOffset+60])
	damaged := b.restore(t)
	named := 0
	for _, f := range faults(t, damaged, VerifyOptions{Full: true}) {
		if strings.Contains(f, "Scrape-Requisite-Of") {
			named++
		}
	}
	if named != 2 {
		t.Errorf("%d requisites have lost their page, want 2", named)
	}
	if _, err := Repair(t.Context(), damaged); err != nil {
		t.Fatal(err)
	}
	var n Checked
	equal(t, faults(t, damaged, VerifyOptions{Full: true, Count: func(c Checked) { n = c }}))
	if n.Lost != 3 { // the row's record, and the page of two requisites
		t.Errorf("checked %+v", n)
	}
}
