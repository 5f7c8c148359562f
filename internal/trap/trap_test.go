package trap

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ path, fine, coarse, family string }{
		{"/", "/", "/", "/"},
		{"/about", "/about", "/<w>", "/about/…"},
		{"/calendar/2026/11/", "/calendar/<n>/<n>", "/<w>/<n>/<n>", "/calendar/…"},
		{"/calendar/2026/11/?day=3", "/calendar/<n>/<n>?day", "/<w>/<n>/<n>?…", "/calendar/…"},
		{"/facet/a", "/facet/<w>", "/<w>/<w>", "/facet/…"},
		{"/facet/a/b/c/d/e", "/facet/<w>/<w>/<w>/…", "/<w>/<w>/<w>/…", "/facet/…"},
		{"/facet/a/b/c/d/e/f/g", "/facet/<w>/<w>/<w>/…", "/<w>/<w>/<w>/…", "/facet/…"},
		{"/world/bridge-reopens-after-repairs-4711", "/world/<slug>", "/<w>/<slug>", "/world/…"},
		{"/2026/11/26/world/bridge-reopens.html", "/<n>/<n>/<n>/<w>/<slug>.html", "/<n>/<n>/<n>/<w>/<slug>.html", "/<n>/…"},
		{"/read.php?id=1042", "/read.php?id", "/<w>.php?…", "/read.php/…"},
		{"/shop?size=m&colour=red&size=l", "/shop?colour&size", "/<w>?…", "/shop/…"},
		{"/s/5a3bd15c2ae54f10/story", "/s/<id>/<w>", "/<w>/<id>/<w>", "/s/…"},
		{"/x?p1=1&p2=2", "/x?p<n>", "/<w>?…", "/x/…"},
		{"/%e5%8c%97%e4%ba%ac/", "/北京", "/<w>", "/北京/…"},
	} {
		if got := ShapeOf("https://news.example" + tt.path); got != (Shape{tt.fine, tt.coarse, tt.family}) {
			t.Errorf("%s: %q", tt.path, got)
		}
	}
	if got := ShapeOf("no address"); got != (Shape{}) {
		t.Errorf("no address: %q", got)
	}
}

var now = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func TestFormsLiveByNovelty(t *testing.T) {
	f := Form{Name: "/world/<slug>"}
	for n := range 100_000 {
		c := Article
		if n%7 > 0 {
			c = Known // most of the links lead to what is known
		}
		if f.Note(c, Rules{}, now) {
			t.Fatalf("stopped after %d visits, every seventh with a new article", n)
		}
	}
	if f.Articles < 14_000 {
		t.Errorf("%d articles", f.Articles)
	}
	visits := 0
	f.Grown = 0
	for !grow(&f, Known) {
		visits++
	}
	if visits < 190 || f.Stopped != now {
		t.Errorf("stopped after %d visits without novelty, want 200", visits)
	}
	if want := "the last 200 visits (200 of them the text of another address)"; !strings.Contains(f.Reason(Rules{}), want) {
		t.Errorf("reason is %q", f.Reason(Rules{}))
	}
	if !f.Note(Article, Rules{}, now) || !f.Stopped.IsZero() {
		t.Error("a new article does not take the form up again")
	}
}

// grow is a visit that leads to a further address of the form.
func grow(f *Form, c Catch) bool {
	f.Grown++
	return f.Note(c, Rules{}, now)
}

// A set that others list has an end: it is visited to that, were its texts all alike.
func TestFormsThatDoNotGrowAreVisited(t *testing.T) {
	for _, tt := range []struct {
		name     string
		articles int
		most     int // visits
	}{{"with articles", 1, 10_000}, {"without", 0, 2500}} {
		f := Form{Name: "/story/<n>", Articles: tt.articles, Grown: 20} // one showed a few others
		for n := 1; n < tt.most; n++ {
			if f.Note(Known, Rules{}, now) {
				t.Fatalf("%s: stopped after %d visits", tt.name, n)
			}
		}
		if !f.Note(Known, Rules{}, now) {
			t.Errorf("%s: not stopped after %d visits", tt.name, tt.most)
		}
	}
	f := Form{Name: "/story/<n>", Articles: 1}
	for range 1000 {
		f.Note(Known, Rules{}, now)
	}
	visits := 1
	for !grow(&f, Known) {
		visits++
	}
	if visits > 200 {
		t.Errorf("stopped %d visits after it began to grow", visits)
	}
}

func TestFormsWithoutArticlesStop(t *testing.T) {
	f := Form{Name: "/calendar/<n>/<n>", Known: 1204}
	for range 49 {
		if grow(&f, Nothing) || f.Note(Lead, Rules{}, now) {
			t.Fatal("stopped too soon")
		}
	}
	if !grow(&f, Nothing) {
		t.Fatal("not stopped after 50 visits")
	}
	f.Refused = 3
	if got, want := f.Reason(Rules{}), "1,204 addresses of the form /calendar/<n>/<n> brought no new article in the last 50 visits, the latest of which led to 50 more of them; 3 links to such addresses were left since"; got != want {
		t.Errorf("reason is %q, want %q", got, want)
	}
	if !f.Barren(Rules{}) || (Form{Visits: 49}).Barren(Rules{}) || (Form{Visits: 99, Articles: 1}).Barren(Rules{}) {
		t.Error("barren is not what it should be")
	}
	if f.Credit(); !f.Stopped.IsZero() || f.Articles != 1 {
		t.Errorf("credit gave %+v", f)
	}
}

func TestStops(t *testing.T) {
	stopped := Form{Name: "/x/…", Stopped: now, Visits: 50, Streak: 50}
	proven := Form{Name: "/x/<slug>", Articles: 9}
	for _, tt := range []struct {
		name               string
		fine, family, host Form
		want               bool
	}{
		{"nothing is known", Form{}, Form{}, Form{}, false},
		{"the form is stopped", stopped, Form{}, Form{}, true},
		{"the family never brought an article", Form{}, stopped, Form{}, true},
		{"the family did", Form{}, Form{Stopped: now, Articles: 3}, Form{}, false},
		{"the form did, its family did not lately", proven, stopped, stopped, false},
		{"the host brings nothing any more", Form{}, Form{Articles: 1}, stopped, true},
		{"the host's budget is used up", proven, Form{}, Form{Visits: 1_000_000}, true},
	} {
		if _, got := Stops(tt.fine, tt.family, tt.host, Rules{}); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestText(t *testing.T) {
	lost := func(name string) int64 {
		return Text(fmt.Sprintf("Sorry, the page %s was not found on this server. Try our search, or the front page. It is 12:%02d.", name, len(name)), "https://news.example/"+name)
	}
	if lost("alpha") != lost("omega-7") {
		t.Error("pages that say not found differ by the address that they name")
	}
	if Text("The bridge reopens after nine weeks of repairs", "https://a.example/bridge") == Text("The ferry returns after nine weeks of repairs", "https://a.example/ferry-x") {
		t.Error("other stories are the same")
	}
	ledger := func(i int) int64 {
		return Text(strings.Repeat(fmt.Sprintf("Of the boats that left the harbour %d came back. ", i), 20), fmt.Sprintf("https://news.example/story-%d-x", i+1))
	}
	if ledger(1) == ledger(2) {
		t.Error("texts full of numbers are the same")
	}
	if Text("", "https://a.example/") != 0 || Text("Result: 3 to 1", "https://a.example/") == Text("Result: 2 to 1", "https://a.example/") {
		t.Error("short texts")
	}
}

func TestCounts(t *testing.T) {
	for _, o := range page.Outcomes {
		status := 200
		want := o == page.OK || o == page.Partial || o == page.Paywalled || o == page.NotArticle || o == page.Empty
		if Counts(o, status) != want {
			t.Errorf("%s counts: %v", o, !want)
		}
	}
	for status, want := range map[int]bool{404: true, 410: true, 403: true, 429: false, 503: false, 500: false} {
		if Counts(page.HTTPError, status) != want {
			t.Errorf("%d counts: %v", status, !want)
		}
	}
}

func FuzzShapeOf(f *testing.F) {
	f.Add("https://news.example/calendar/2026/11/?day=3&x[]=1")
	f.Add("http://a/%zz")
	f.Add("http://a///..//\xff?&&=;")
	f.Fuzz(func(t *testing.T, link string) {
		if s := ShapeOf(link); s != ShapeOf(link) || len(s.Fine) > 2*len(link)+1000 {
			t.Errorf("%q has the form %q", link, s.Fine)
		}
	})
}
