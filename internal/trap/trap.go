package trap

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/fnv"
	"strings"
	"time"
	"unicode"

	"newsarchive/page"
)

// Rules are the bounds of one host. The zero value is the defaults.
type Rules struct {
	Barren   int // visits in a row of one form without a new article, once it brought some; default 200
	Unproven int // the same for a form that never brought one; default 50
	Host     int // visits in a row of a whole host, after which forms that never brought an article are left; default 1000
	Listed   int // times as many visits of a form that does not grow; default 50
	Pages    int // first visits of a host, lists apart; default 1,000,000
}

// Filled returns the rules with the defaults in the place of what is zero.
func (r Rules) Filled() Rules {
	return Rules{cmp.Or(r.Barren, 200), cmp.Or(r.Unproven, 50), cmp.Or(r.Host, 1000), cmp.Or(r.Listed, 50), cmp.Or(r.Pages, 1_000_000)}
}

// MaxForms is how many forms of one host are told apart; further addresses count by
// their coarse forms, of which there may be as many again.
const MaxForms = 200

// Probes is how many visits a stopped form is granted in a later run, to see whether
// it brings something again.
const Probes = 3

// A Form is what the visits of addresses of one form came to.
type Form struct {
	Name     string    // as in Shape, or Host
	Known    int       // addresses that were seen on pages since the form has been counted
	Visits   int       // first visits that count
	Articles int       // of these that brought, or whose page led to, an article text that was new on the host
	Streak   int       // visits in a row that did not, until the form was stopped
	Same     int       // of these, visits that brought the text of another address
	Grown    int       // further addresses of the form that the present window of the streak led to
	Refused  int       // links that were not queued
	Stopped  time.Time // zero while the form is followed
}

// A Catch is what one visit brought.
type Catch int

// What a visit may bring.
const (
	Nothing Catch = iota // no article, and no lead to one
	Known                // an article text that another address of the host has brought
	Lead                 // new addresses of other forms, which may lead to articles
	Article              // an article text that is new on the host
)

// Note counts a visit, and stops the form or takes it up again. It reports whether
// that changed.
func (f *Form) Note(c Catch, r Rules, now time.Time) (turned bool) {
	r = r.Filled()
	stopped := !f.Stopped.IsZero()
	f.Visits++
	switch {
	case c == Article:
		f.Articles++
		f.renew()
	case c == Lead || stopped:
	default:
		f.Streak++
		if c == Known {
			f.Same++
		}
		f.look(r, now)
	}
	if f.Name == Host && f.Visits >= r.Pages && f.Stopped.IsZero() {
		f.Stopped = now
	}
	return stopped == f.Stopped.IsZero()
}

// look stops the form at the end of a window, that is of so many barren visits in a
// row as its limit is, where the form grew meanwhile: where at least every other visit
// led to a further address of it. A form that does not grow is a set, listed elsewhere,
// which has an end: it is visited on, though not through any number of windows.
func (f *Form) look(r Rules, now time.Time) {
	window := f.limit(r)
	if f.Streak%window != 0 {
		return
	}
	if f.grew(r) || f.Streak >= window*r.Listed {
		f.Stopped = now
		return
	}
	f.Grown = 0
}

// grew reports whether the visits of a window led to more addresses of the form.
func (f *Form) grew(r Rules) bool { return 2*f.Grown >= f.limit(r) }

// Credit counts an article that a page of this form led to.
func (f *Form) Credit() (again bool) {
	again = !f.Stopped.IsZero()
	f.Articles++
	f.renew()
	return again
}

func (f *Form) renew() { f.Streak, f.Same, f.Grown, f.Stopped = 0, 0, 0, time.Time{} }

func (f *Form) limit(r Rules) int {
	switch {
	case f.Name == Host:
		return r.Host
	case f.Articles > 0:
		return r.Barren
	}
	return r.Unproven
}

// Barren reports a form that had its chance and brought nothing: what leads to it
// leads nowhere.
func (f Form) Barren(r Rules) bool {
	return f.Articles == 0 && (!f.Stopped.IsZero() || f.Visits >= r.Filled().Unproven)
}

// Stops returns which of the forms of an address, if any, is the reason not to visit
// it. Forms that brought articles are not stopped by wider ones, but by the budget of
// their host.
func Stops(fine, family, host Form, r Rules) (why Form, stops bool) {
	switch {
	case host.Visits >= r.Filled().Pages:
		return host, true
	case !fine.Stopped.IsZero():
		return fine, true
	case fine.Articles > 0:
		return Form{}, false
	case !family.Stopped.IsZero() && family.Articles == 0:
		return family, true
	case !host.Stopped.IsZero():
		return host, true
	}
	return Form{}, false
}

// Reason says in one line why addresses of the form are not visited.
func (f Form) Reason(r Rules) string {
	of := "addresses of the form " + f.Name
	if f.Name == Host {
		of = "addresses of this host"
		if f.Visits >= r.Filled().Pages {
			return fmt.Sprintf("%s %s were visited, as many as one host is worth (bound host-pages)", count(f.Visits), of)
		}
	}
	if f.Known >= f.Visits && f.Known > 0 {
		of = count(f.Known) + " " + of
	}
	s := fmt.Sprintf("%s brought no new article in the last %s visits", of, count(f.Streak))
	if f.Same > 0 {
		s += fmt.Sprintf(" (%s of them the text of another address)", count(f.Same))
	}
	if f.Grown > 0 {
		s += fmt.Sprintf(", the latest of which led to %s more of them", count(f.Grown))
	}
	if f.Refused > 0 {
		s += fmt.Sprintf("; %s links to such addresses were left since", count(f.Refused))
	}
	return s
}

// count writes a number with commas.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Counts reports whether a visit says something about its form. What a site refused,
// what failed and may pass, and what needs a browser to be read does not.
func Counts(o page.Outcome, status int) bool {
	switch o {
	case page.OK, page.Partial, page.Paywalled, page.NotArticle, page.Empty:
		return true
	case page.Unchanged: // a redirect to what is known, or elsewhere
		return status >= 300 && status < 400 && status != 304
	case page.HTTPError:
		return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429
	}
	return false
}

// fewNumbers is how many numbers a text has at most where they may be times and counts
// of the page's making; more are what the text tells.
const fewNumbers = 12

// Text stands for an article text: the same for texts that differ in a few numbers only,
// or in words of their own addresses, as pages do that say "not found". It is 0 for no
// text.
func Text(text, link string) int64 {
	if text == "" {
		return 0
	}
	own := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(link), notWord) {
		own[w] = true
	}
	words, numbers := fnv.New64a(), fnv.New64a()
	n, counted := 0, 0
	lower := []byte(strings.ToLower(text))
	for w := range bytes.FieldsFuncSeq(lower, notWord) {
		switch {
		case own[string(w)]:
		case bytes.ContainsFunc(w, unicode.IsDigit):
			numbers.Write(w)
			numbers.Write([]byte{0})
			counted++
		default:
			words.Write(w)
			words.Write([]byte{0})
			n++
		}
	}
	switch {
	case n < 5:
		words.Write([]byte(text)) // of so few words, numbers may be all the news
	case counted > fewNumbers:
		words.Write(numbers.Sum(nil))
	}
	return cmp.Or(int64(words.Sum64()), 1)
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
