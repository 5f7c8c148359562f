package health

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"newsarchive/page"
)

var start = time.Date(2026, 10, 1, 6, 0, 0, 0, time.UTC)

// A site makes samples, each day some, as its shares say.
type site struct {
	rng                     *rand.Rand
	perDay                  int
	read, published, author float64
	words                   int
	n                       int
}

func newSite(seed uint64, perDay int) *site {
	return &site{rng: rand.New(rand.NewPCG(seed, 7)), perDay: perDay, read: .9, published: .97, author: .7, words: 450}
}

// day makes the samples of one day.
func (s *site) day(d int) (out []Sample) {
	for range s.perDay/2 + s.rng.IntN(s.perDay) + 1 {
		s.n++
		sm := Sample{Page: "a" + strconv.Itoa(s.n), At: start.AddDate(0, 0, d).Add(time.Duration(s.n%600) * time.Minute), Outcome: page.NotArticle}
		if s.rng.Float64() < s.read {
			sm.Outcome, sm.Title, sm.Text = page.OK, true, sm.Page
			sm.Published, sm.Authors = s.rng.Float64() < s.published, s.rng.Float64() < s.author
			sm.Words = int(float64(s.words) * (0.3 + s.rng.ExpFloat64()))
			sm.Quality = 70 + s.rng.IntN(30)
		}
		out = append(out, sm)
	}
	return out
}

func (s *site) days(from, to int) (out []Sample) {
	for d := from; d < to; d++ {
		out = append(out, s.day(d)...)
	}
	return out
}

func TestQuietDaysRaiseNoAlarm(t *testing.T) {
	for seed := range uint64(6) {
		for _, perDay := range []int{2, 8, 30} {
			s := newSite(seed, perDay)
			var all []Sample
			for d := range 45 {
				all = append(all, s.day(d)...)
				if v := Judge("news.example", all); v.State != OK && v.State != NoData {
					t.Fatalf("seed %d, %d a day, day %d: %s %+v", seed, perDay, d, v.State, v.Findings)
				}
			}
		}
	}
}

func TestOneBadDayIsSeen(t *testing.T) {
	blocked := func(s *Sample) { *s = Sample{Page: s.Page, At: s.At, Outcome: page.Blocked} }
	for _, tt := range []struct {
		name  string
		spoil func(*Sample)
		state State
		what  string
	}{
		{"another template: no text", func(s *Sample) { s.Outcome, s.Text = page.Empty, "" }, Broken, "articles"},
		{"another template: only teasers", func(s *Sample) { s.Words = 40 }, Broken, "short_text"},
		{"a consent page in place of each article", func(s *Sample) { s.Text, s.Outcome = "stub", page.OK }, Broken, "same_text"},
		{"titles are that of the site", func(s *Sample) { s.Title = false }, Broken, "title"},
		{"no dates", func(s *Sample) { s.Published = false }, Degraded, "published"},
		{"no authors", func(s *Sample) { s.Authors = false }, Degraded, "authors"},
		{"candidates disagree", func(s *Sample) { s.Quality = min(s.Quality, 20) }, Degraded, "quality"},
		{"the site blocks", blocked, Blocked, "blocked"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(1, 30)
			all := s.days(0, 20)
			bad := s.day(20)
			for i := range bad {
				tt.spoil(&bad[i])
			}
			v := Judge("news.example", append(all, bad...))
			if v.State != tt.state || !slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.What == tt.what }) {
				t.Fatalf("state %s, want %s with %s; findings %+v, now %+v, before %+v", v.State, tt.state, tt.what, v.Findings, v.Newest, v.Before)
			}
			if want := start.AddDate(0, 0, 20).Truncate(24 * time.Hour); !v.Since.Equal(want) {
				t.Errorf("since %s, want %s", v.Since, want)
			}
			if len(v.Examples) != 3 {
				t.Errorf("examples %v", v.Examples)
			}
		})
	}
}

// A site that publishes little is judged on what it has.
func TestSmallCrawlOfABrokenSiteIsSeen(t *testing.T) {
	s := newSite(3, 6)
	all := s.days(0, 25)
	bad := s.day(25)
	for i := range bad {
		bad[i].Outcome, bad[i].Text = page.Empty, ""
	}
	if len(bad) < least {
		t.Fatalf("only %d pages", len(bad))
	}
	if v := Judge("news.example", append(all, bad...)); v.State != Broken {
		t.Errorf("%s: %+v now %+v", v.State, v.Findings, v.Newest)
	}
}

func TestRecoveryAndANewNormal(t *testing.T) {
	s := newSite(5, 30)
	all := s.days(0, 20)
	s.author = 0
	for d := 20; d < 60; d++ {
		all = append(all, s.day(d)...)
		want := Degraded
		if d >= 51 {
			want = OK // so it has been for as long as anyone looks back
		}
		if v := Judge("news.example", all); v.State != want && d != 50 {
			t.Fatalf("day %d: %s, want %s (%+v)", d, v.State, want, v.Findings)
		}
	}
	s.author = .7
	back := Judge("news.example", append(all, s.day(60)...))
	if back.State != OK {
		t.Errorf("with authors again: %s %+v", back.State, back.Findings)
	}
}

func TestAnyOrderGivesTheSameVerdict(t *testing.T) {
	all := newSite(9, 10).days(0, 40)
	want := fmt.Sprintf("%+v", Judge("news.example", all))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := fmt.Sprintf("%+v", Judge("news.example", all)); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

func TestFewCapturesAreNoData(t *testing.T) {
	if v := Judge("news.example", newSite(1, 2).days(0, 3)); v.State != NoData {
		t.Errorf("state %s", v.State)
	}
	if v := Judge("news.example", nil); v.State != NoData || !v.Since.IsZero() {
		t.Errorf("nothing: %+v", v)
	}
}

// A site is crawled every hour: the front page and sections change each time, a few
// articles are new. After the first crawl, which found hundreds, that is quiet.
func (s *site) hourly(hours int) (out []Sample) {
	lists := func(h int) {
		for i := range 15 {
			out = append(out, Sample{Page: "section" + strconv.Itoa(i), Run: strconv.Itoa(h), At: start.Add(time.Duration(h) * time.Hour), Outcome: page.NotArticle})
		}
	}
	read := func(h, n int) {
		for _, sm := range s.day(0)[:n] {
			sm.At, sm.Run = start.Add(time.Duration(h)*time.Hour+time.Minute), strconv.Itoa(h)
			out = append(out, sm)
		}
	}
	lists(0)
	for range 10 {
		read(0, 30)
	}
	for h := 1; h < hours; h++ {
		lists(h)
		read(h, s.rng.IntN(5))
	}
	return out
}

func TestQuietCrawlsAfterALargeOneRaiseNoAlarm(t *testing.T) {
	for seed := range uint64(2) {
		s := newSite(seed, 80)
		all := s.hourly(30 * 24)
		for n := 1; n <= len(all); n++ {
			if n < len(all) && (all[n].Run == all[n-1].Run || n%11 != 0) {
				continue
			}
			if v := Judge("news.example", all[:n]); v.State != OK && v.State != NoData {
				t.Fatalf("seed %d, after crawl %s: %s %+v", seed, all[n-1].Run, v.State, v.Findings)
			}
		}
	}
}

// A site that changes its template late in a day is broken with the crawl that finds it, and
// fine again with one that finds it mended.
func TestOneBadCrawlOfManyInADayIsSeen(t *testing.T) {
	s := newSite(2, 80)
	s.read = .97
	all := s.hourly(12)
	crawl := func(h, n int, o page.Outcome) {
		for i := range n {
			sm := Sample{Page: fmt.Sprint("late", h, "-", i), Run: strconv.Itoa(h), At: start.Add(time.Duration(h)*time.Hour + time.Minute), Outcome: o}
			if o == page.OK {
				sm.Title, sm.Text, sm.Published, sm.Authors, sm.Words = true, sm.Page, true, true, 450
			}
			all = append(all, sm)
		}
	}
	for _, tt := range []struct {
		hour, n int
		outcome page.Outcome
		want    State
	}{{12, 8, page.OK, OK}, {13, 8, page.Empty, Broken}, {14, 3, page.Empty, Broken}, {15, 25, page.OK, OK}} {
		crawl(tt.hour, tt.n, tt.outcome)
		if v := Judge("news.example", all); v.State != tt.want {
			t.Errorf("hour %d: %s %+v, want %s", tt.hour, v.State, v.Findings, tt.want)
		}
	}
}

// A run that meets only what lists articles, for those are read already, is fine.
func TestARunOfListsRaisesNoAlarm(t *testing.T) {
	var all []Sample
	read := func(run string, n int, form string, o page.Outcome) {
		for i := range n {
			all = append(all, Sample{Page: fmt.Sprint(run, form, i), Run: run, Form: form, At: start.Add(time.Duration(len(all)) * time.Second), Outcome: o, Title: true, Published: true, Words: 400, Text: fmt.Sprint(run, i)})
		}
	}
	read("1", 40, "/story/<n>", page.OK)
	read("1", 45, "/tag/<w>", page.NotArticle)
	read("2", 33, "/tag/<w>", page.NotArticle)
	if v := Judge("news.example", all); v.State.Alarming() {
		t.Errorf("%s %+v", v.State, v.Findings)
	}
	read("3", 8, "/story/<n>", page.NotArticle)
	if v := Judge("news.example", all); v.State != Broken {
		t.Errorf("%s, though no story is read", v.State)
	}
}
