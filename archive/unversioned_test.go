package archive

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

// reread tells each capture that was read again in a word or two.
func reread(t testing.TB, dir string, o ReextractOptions) (told []string, added []page.Row) {
	t.Helper()
	o.Unversioned = func(*page.Row) bool { return true }
	for n, err := range reader(t, dir).Reextract(t.Context(), o) {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, n.Verdict+" "+strings.TrimPrefix(n.New.URLRequested, "https://news.example/"))
		if n.Verdict == Added {
			added = append(added, n.New)
		}
	}
	return told, added
}

// dated is a capture of a day, of a page with a text.
func dated(t testing.TB, url, text string, day int) *page.Capture {
	c, _ := story(t, url, text)
	c.Exchanges[0].Start = noon.AddDate(0, 0, day)
	return c
}

// asWritten reads the first sentence after the paragraph's tag.
func asWritten(c *page.Capture) *page.Reading {
	_, text, _ := strings.Cut(string(c.Document().Body), "<p>")
	text, _, _ = strings.Cut(text, " The ferry")
	return &page.Reading{Row: page.Row{Outcome: page.OK, Title: "Story", Text: text, TextSHA256: hexSum([]byte(text)), HTTPStatus: 200}}
}

func TestCapturesWithoutVersionAreReadAgain(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	const url = "https://news.example/"
	old := func(text string) *page.Reading { // what an extractor read that saw too little
		return &page.Reading{Row: page.Row{Outcome: page.OK, Title: "Story", Text: text}}
	}
	empty := &page.Reading{Row: page.Row{Outcome: page.Empty}}
	put(t, a, dated(t, url+"a", "One.", 0), old("One."))
	put(t, a, dated(t, url+"a", "One.", 1), old("One.")) // the same
	put(t, a, dated(t, url+"a", "Two.", 2), old("One.")) // taken for the same
	put(t, a, dated(t, url+"a", "Three.", 3), old("Three."))
	put(t, a, dated(t, url+"a", "Four.", 4), empty) // nothing could be read
	put(t, a, dated(t, url+"a", "Four.", 5), empty) // and nothing again
	put(t, a, dated(t, url+"b", "Bee.", 0), nil)    // never read
	front := dated(t, url+"front", "Front.", 0)
	put(t, a, front, nil)
	first, _ := reader(t, dir).Row(url + "a")
	if err := a.PutRequisite(t.Context(), dated(t, url+"frame.html", "Frame.", 0), first); err != nil {
		t.Fatal(err)
	}
	closed(t, a)

	extract := func(c *page.Capture) *page.Reading {
		r := asWritten(c)
		if strings.HasSuffix(c.Document().URL, "front") {
			r.Row.Outcome = page.NotArticle
		}
		return r
	}
	told, added := reread(t, dir, ReextractOptions{Extract: extract})
	equal(t, told, "unchanged a", "unchanged a", "unchanged a", "missed a", "added a", "unchanged a", "added b")
	if v := added[0]; v.Version != 3 || v.PreviousVersion != 2 || v.Change != "changed" || v.Text != "Four." || v.Extraction != 1 || !v.FetchedAt.Equal(noon.AddDate(0, 0, 4).Truncate(time.Second)) {
		t.Errorf("added %+v", v)
	}
	if v := added[1]; v.Version != 1 || v.Change != "new" {
		t.Errorf("added %+v", v)
	}

	a = opened(t, dir, Options{})
	if n, err := a.Supersede(t.Context(), func(yield func(page.Row, error) bool) {
		for _, r := range added {
			if !yield(r, nil) {
				return
			}
		}
	}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if row := put(t, a, dated(t, url+"a", "Four.", 6), old("Four.")); row.Version != 3 || row.Change != "unchanged" {
		t.Errorf("the text of the added version again: %d %s", row.Version, row.Change)
	}
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	var texts []string
	for _, r := range collected(t, reader(t, dir).Versions(ID(url+"a"))) {
		texts = append(texts, r.Text)
	}
	equal(t, texts, "One.", "Three.", "Four.")
	told, added = reread(t, dir, ReextractOptions{Extract: extract})
	if len(added) != 0 || slices.Contains(told, "added a") {
		t.Errorf("the second time %q", told)
	}
}

func TestSupersedeRefusesAVersionOutOfTurn(t *testing.T) {
	dir := kept(t)
	a := opened(t, dir, Options{})
	for _, change := range []func(*page.Row){
		func(r *page.Row) { r.Extraction = 1 },
		func(r *page.Row) { r.Extraction, r.Version = 1, r.Version+2 },
		func(r *page.Row) { r.Extraction = 0 },
	} {
		row := collected(t, reader(t, dir).Latest())[0]
		change(&row)
		if n, err := a.Supersede(t.Context(), func(yield func(page.Row, error) bool) { yield(row, nil) }); n != 0 || err == nil {
			t.Errorf("version %d, reading %d: %d stored, %v", row.Version, row.Extraction, n, err)
		}
	}
}

func TestReextractKeepsADateThatOnlyAListNamed(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	at := noon.Truncate(time.Second)
	for _, source := range []string{"feed", "sitemap", "meta"} {
		c, r := story(t, "https://news.example/"+source, "A "+source+".")
		r.Row.PublishedAt, r.Row.PublishedSource, r.Row.PublishedPrecision, r.Row.PublishedRaw = &at, source, "second", at.Format(time.RFC3339)
		put(t, a, c, r)
	}
	closed(t, a)
	for n, err := range reader(t, dir).Reextract(t.Context(), ReextractOptions{Extract: asWritten}) {
		if err != nil {
			t.Fatal(err)
		}
		keeps := n.Old.PublishedSource != "meta" // the page itself would say so again
		if got := n.New; (got.PublishedAt != nil) != keeps || keeps && (!got.PublishedAt.Equal(at) || got.PublishedSource != n.Old.PublishedSource || got.PublishedRaw != n.Old.PublishedRaw || got.PublishedPrecision != "second") {
			t.Errorf("from %s: %v from %q", n.Old.PublishedSource, got.PublishedAt, got.PublishedSource)
		}
	}
	for n, err := range reader(t, dir).Reextract(t.Context(), ReextractOptions{Extract: func(c *page.Capture) *page.Reading {
		r, later := asWritten(c), at.Add(time.Hour)
		r.Row.PublishedAt, r.Row.PublishedSource = &later, "jsonld"
		return r
	}}) {
		if err != nil || n.New.PublishedSource != "jsonld" {
			t.Errorf("the page's own date lost against a list: %q %v", n.New.PublishedSource, err)
		}
	}
}
