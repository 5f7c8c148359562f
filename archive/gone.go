package archive

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// An End is the first of the answers that say that a page is no more.
type End struct {
	At     time.Time // to the second
	Status int       // of HTTP: 404, 410 or 451
}

// Gone knows the addresses at which nothing is any more, as the archive has last seen it:
// what answered 404, 410 or 451, and with no page since. A redirect, a refusal (403) and a
// failing server say nothing about it.
type Gone struct{ by map[string]*gonePlace }

// gonePlace is what the indexes tell of one address that was gone once.
type gonePlace struct {
	ends []End
	page time.Time // when there was a page last; zero for never
}

// Gone reads the indexes of sealed segments with captures of a time or later: what it knows
// is right for rows of captures since then. The zero time is for all.
func (r *Reader) Gone(since time.Time) (*Gone, error) {
	g := &Gone{map[string]*gonePlace{}}
	for _, take := range []func(line, status []byte){g.end, g.page} {
		if err := r.eachLine(since, take); err != nil {
			return nil, fmt.Errorf("read the indexes of %s: %w", r.dir, err)
		}
		if len(g.by) == 0 {
			break // nothing ever was
		}
	}
	for key, a := range g.by {
		if a.ends = slices.DeleteFunc(a.ends, func(e End) bool { return !e.At.After(a.page) }); len(a.ends) == 0 {
			delete(g.by, key)
		}
	}
	return g, nil
}

// eachLine gives the lines of the indexes, each with its HTTP status.
func (r *Reader) eachLine(since time.Time, take func(line, status []byte)) error {
	names, err := list(r.root, "index", ".cdxj")
	sealed, merr := readManifest(r.root)
	if err = errors.Join(err, merr); err != nil {
		return err
	}
	for _, name := range names {
		if last := sealed[recordsOf(name)].Last; last != nil && last.Before(since) {
			continue
		}
		index, err := readFile(r.root, name)
		if err != nil {
			return err
		}
		for line := range bytes.Lines(index) {
			take(line, valueOf(line, "status"))
		}
	}
	return nil
}

func (g *Gone) end(line, status []byte) {
	if !Ends(string(status)) {
		return
	}
	key, _, _ := bytes.Cut(line, []byte(" "))
	a := g.by[string(key)]
	if a == nil {
		a = &gonePlace{}
		g.by[string(key)] = a
	}
	number, _ := strconv.Atoi(string(status))
	a.ends = append(a.ends, End{timeOf(line), number})
}

func (g *Gone) page(line, status []byte) {
	key, _, _ := bytes.Cut(line, []byte(" "))
	if a := g.by[string(key)]; a != nil && isPage(status) {
		if at := timeOf(line); at.After(a.page) {
			a.page = at
		}
	}
}

func timeOf(line []byte) time.Time {
	at, _ := time.Parse(stampLayout, stampOf(line))
	return at
}

// Ends reports whether an HTTP status, three digits, says that a page is no more.
func Ends(status string) bool { return status == "404" || status == "410" || status == "451" }

// isPage reports whether there was something, also as it had been before.
func isPage(status []byte) bool {
	return len(status) > 0 && (status[0] == '2' || string(status) == "304" || string(status) == "-")
}

// Of tells since when the page of a row is no more, after it was read; false where that is
// not known.
func (g *Gone) Of(r *page.Row) (first End, ok bool) {
	if len(g.by) == 0 || r.URL == "" || !r.Outcome.HasArticle() {
		return End{}, false
	}
	a := g.by[surt(warc.EncodeURI(r.URL))]
	if a == nil {
		return End{}, false
	}
	for _, e := range a.ends {
		if e.At.After(r.FetchedAt) && (!ok || e.At.Before(first.At)) {
			first, ok = e, true
		}
	}
	return first, ok
}
