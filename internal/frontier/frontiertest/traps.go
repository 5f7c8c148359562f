package frontiertest

import (
	"fmt"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/trap"
	pages "newsarchive/page"
)

// TrapRules are the bounds under which RunLasting asks about traps, and WideRules those
// that leave sets that others list their end.
var (
	TrapRules = trap.Rules{Barren: 12, Unproven: 5, Host: 1000, Listed: 2, Pages: 1000}
	WideRules = trap.Rules{Barren: 12, Unproven: 5, Host: 1000, Listed: 100, Pages: 1000}
)

// link is an address with a form of its own for each name.
func link(name string, n int) string { return fmt.Sprintf("https://a.example/%s/%d", name, n) }

// visitAll visits whatever is leased until the host is empty, and returns how many
// addresses of each first segment that were.
func (s *subject) visitAll(visit func(frontier.Item) frontier.Result) map[string]int {
	s.t.Helper()
	count := map[string]int{}
	for {
		l, err := s.f.Lease(s.t.Context())
		if err != nil {
			return count
		}
		for _, it := range l.Items {
			count[trap.ShapeOf(it.URL).Family]++
			r := visit(it)
			r.Item = it
			if s.commit(l, r).Over {
				break
			}
		}
		s.release(l)
	}
}

func found(from frontier.Item, links ...string) (list []frontier.Item) {
	for _, u := range links {
		list = append(list, frontier.Item{URL: u, Depth: from.Depth + 1, From: from.URL})
	}
	return list
}

// maze answers as a site does whose calendar has no end: each page leads to the next
// two, and to one story. Stories have texts of their own up to the given number.
func maze(stories int) func(frontier.Item) frontier.Result {
	return func(it frontier.Item) frontier.Result {
		var n int
		r := frontier.Result{Trace: frontier.Trace{Outcome: pages.NotArticle, Status: 200}}
		switch trap.ShapeOf(it.URL).Family {
		case "/calendar/…":
			fmt.Sscanf(it.URL, "https://a.example/calendar/%d", &n)
			r.Found = found(it, link("calendar", n+1), link("calendar", 2*n+1000))
		case "/story/…":
			fmt.Sscanf(it.URL, "https://a.example/story/%d", &n)
			r.Trace.Outcome, r.Text = pages.OK, int64(1+min(n, stories))
			r.Found = found(it, link("story", n+1), link("calendar", 5000+n))
			if n >= 3*stories {
				r.Found = nil
			}
		default:
			r.Found = found(it, link("calendar", 1), link("story", 0))
		}
		return r
	}
}

func trapsEnd(t *testing.T, open func() *subject) {
	s := open()
	s.add("https://a.example/")
	const stories = 60
	got := s.visitAll(maze(stories))
	// A slice that is out when a form stops is still visited.
	if n := got["/calendar/…"]; n < TrapRules.Unproven || n > TrapRules.Unproven+20 {
		t.Errorf("%d visits of a calendar without end, want %d and what was leased", n, TrapRules.Unproven)
	}
	if n := got["/story/…"]; n < stories+TrapRules.Barren || n > stories+TrapRules.Barren+20 {
		t.Errorf("%d visits of stories, want all %d that are new, and %d that are not", n, stories, TrapRules.Barren)
	}
	s.drained()
	left, err := s.f.Left(t.Context())
	if family := trap.ShapeOf(left.Example).Family; err != nil || left.Trapped == 0 || left.Budget+left.Waits > 0 || family != "/calendar/…" && family != "/story/…" {
		t.Errorf("left %+v (%v), want what is of the forms", left, err)
	}
	s.close()
	// A later run looks again, at a few.
	time.Sleep(time.Hour)
	s = open()
	got = s.visitAll(maze(stories))
	if n := got["/calendar/…"]; n > 2*trap.Probes+20 {
		t.Errorf("%d visits of the calendar in a second run", n)
	}
}

// trapsLeaveTries asks for a story whose server fails at first, among many of its form
// that all have one text.
func trapsLeaveTries(t *testing.T, open func() *subject) {
	s := open()
	s.add("https://a.example/")
	tries := 0
	got := s.visitAll(func(it frontier.Item) (r frontier.Result) {
		r.Trace = frontier.Trace{Outcome: pages.OK, Status: 200}
		switch it.URL {
		case "https://a.example/":
			for n := range 100 {
				r.Found = append(r.Found, found(it, link("story", n))...)
			}
		case link("story", 0):
			if tries++; tries == 1 {
				return frontier.Result{Retry: true, Trace: frontier.Trace{Outcome: pages.HTTPError, Status: 503}}
			}
			r.Text = 8
		default:
			r.Text = 7
		}
		return r
	})
	if tries != 2 {
		t.Errorf("%d tries of a story that failed at first, want 2; %d visits of its form", tries, got["/story/…"])
	}
}

func trapsComeBack(t *testing.T, open func() *subject) {
	s := open()
	s.add("https://a.example/")
	first := true
	story := func(it frontier.Item) frontier.Result {
		r := frontier.Result{Trace: frontier.Trace{Outcome: pages.OK, Status: 200}, Text: 7}
		if first { // the front page leads to many, all with one text
			first = false
			for n := range 100 {
				r.Found = append(r.Found, found(it, link("story", n))...)
			}
		}
		return r
	}
	got := s.visitAll(story)
	if n := got["/story/…"]; n > TrapRules.Listed*TrapRules.Barren+20 {
		t.Fatalf("%d visits of one text", n)
	}
	// A feed names another, which is new: then the others are worth a visit.
	feed := frontier.Item{URL: "https://a.example/feed", Kind: frontier.Feed, Depth: 1}
	if _, err := s.f.Add(t.Context(), []frontier.Item{feed}); err != nil {
		t.Fatal(err)
	}
	texts := int64(100)
	got = s.visitAll(func(it frontier.Item) frontier.Result {
		if it.Kind == frontier.Feed {
			return frontier.Result{Found: found(it, link("story", 1000)), Trace: frontier.Trace{Outcome: pages.NotArticle, Status: 200}}
		}
		texts++
		return frontier.Result{Trace: frontier.Trace{Outcome: pages.OK, Status: 200}, Text: texts}
	})
	if n := got["/story/…"]; n < 60 {
		t.Errorf("%d stories visited after one brought news, want the rest", n)
	}
}

// listedSets asks of a site whose sections list a finite set of alike pages, most of
// which have the text of another, and of one of pages that hold no article at all.
func listedSets(t *testing.T, open func() *subject) {
	s := open()
	s.add("https://a.example/")
	const stories, perSection = 200, 20
	got := s.visitAll(func(it frontier.Item) frontier.Result {
		var n int
		r := frontier.Result{Trace: frontier.Trace{Outcome: pages.NotArticle, Status: 200}}
		switch trap.ShapeOf(it.URL).Family {
		case "/section/…":
			fmt.Sscanf(it.URL, "https://a.example/section/%d", &n)
			for i := range perSection {
				r.Found = append(r.Found, found(it, link("story", n*perSection+i), link("photo", n*perSection+i))...)
			}
		case "/story/…":
			fmt.Sscanf(it.URL, "https://a.example/story/%d", &n)
			r.Trace.Outcome, r.Text = pages.OK, int64(1+n%7)
			r.Found = found(it, link("photo", n), link("story", (n+1)%stories)) // and some show others
		case "/photo/…":
		default:
			for n := range stories / perSection {
				r.Found = append(r.Found, found(it, link("section", n))...)
			}
		}
		return r
	})
	for family, want := range map[string]int{"/section/…": stories / perSection, "/story/…": stories, "/photo/…": stories} {
		if got[family] != want {
			t.Errorf("%d visits of %s, want all %d", got[family], family, want)
		}
	}
	s.drained()
	s.left(frontier.Left{})
}
