package archive

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

// articlesWanted is how many articles BenchmarkQueries makes up: 2,000, or
// ARCHIVE_BENCH_ARTICLES.
func articlesWanted(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("ARCHIVE_BENCH_ARTICLES"))
	if err != nil {
		return 2000
	}
	return n
}

// newsroom makes up articles: words as common as in a language (Zipf's law), 300
// sites of very different sizes, five years.
type newsroom struct {
	rng   *rand.Rand
	words *rand.Zipf
	sites *rand.Zipf
}

func newNewsroom() *newsroom {
	rng := rand.New(rand.NewPCG(3, 9))
	return &newsroom{rng, rand.NewZipf(rng, 1.07, 8, 60_000), rand.NewZipf(rng, 1.2, 6, 299)}
}

func (n *newsroom) text(words int) string {
	var b strings.Builder
	for range words {
		fmt.Fprintf(&b, "w%d ", n.words.Uint64())
	}
	return b.String()
}

func (n *newsroom) row(i int) page.Row {
	site := fmt.Sprintf("news%03d.example", n.sites.Uint64())
	published := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n.rng.IntN(5*365*24*3600)) * time.Second)
	r := page.Row{URL: fmt.Sprintf("https://%s/story/%d", site, i), Site: site, Title: n.text(8), Lead: n.text(20), Text: n.text(150),
		Authors: page.Lines{fmt.Sprintf("Author %d", n.rng.IntN(3000))}, Language: []string{"en", "en", "en", "de", "pt-BR"}[n.rng.IntN(5)],
		Section: fmt.Sprintf("Section %d", i%30), Tags: page.Lines{topicOf(i), fmt.Sprintf("Place %d", i%20_000), "News"},
		Outcome: page.OK, PublishedAt: &published, FetchedAt: published.Add(time.Hour)}
	switch n.rng.IntN(100) {
	case 0, 1, 2:
		r.Outcome = page.Paywalled
	case 3:
		r.Outcome, r.Text = page.Blocked, ""
	case 4:
		r.Text += "東京都の天気は晴れ。"
	}
	return r
}

// topicOf is a tag of every seventh article, or one of 300 rarer ones.
func topicOf(i int) string {
	if i%7 == 0 {
		return "Topic 0"
	}
	return fmt.Sprintf("Topic %d", i%300)
}

// made up is an archive of so many articles, one in twenty of them in two versions.
func madeUp(b *testing.B, articles int) string {
	b.Helper()
	dir := b.TempDir()
	a := opened(b, dir, Options{MinFree: -1, Level: 1})
	room := newNewsroom()
	var jobs []*job
	add := func(r page.Row) {
		jobs = append(jobs, &job{row: r, keep: true})
		if len(jobs) == 500 {
			if err := a.commit.putRows(jobs); err != nil {
				b.Fatal(err)
			}
			jobs = jobs[:0]
		}
	}
	for i := range articles {
		r := room.row(i)
		add(r)
		if i%20 == 0 {
			r.Text += " and more"
			add(r)
		}
	}
	if err := a.commit.putRows(jobs); err != nil {
		b.Fatal(err)
	}
	closed(b, a)
	if err := UpdateCatalog(context.Background(), dir); err != nil {
		b.Fatal(err)
	}
	return dir
}

// asked is a question of users, and how many answers there are at least.
type asked struct {
	name  string
	least int
	ask   func(ctx context.Context, r *Reader) (int, error)
}

func searching(query string, least int) asked {
	return asked{"search " + query, least, func(ctx context.Context, r *Reader) (int, error) {
		q, err := ParseQuery(query)
		if err != nil {
			return 0, err
		}
		n := 0
		for _, err := range r.Search(ctx, q, 20) {
			if n++; err != nil {
				return n, err
			}
		}
		return n, nil
	}}
}

func listsOf(name string, least int, o ListOptions) asked {
	o.Limit = 20
	return asked{name, least, func(ctx context.Context, r *Reader) (n int, err error) {
		for _, err = range r.List(ctx, o) {
			if n++; err != nil {
				break
			}
		}
		return n, err
	}}
}

func questions(some page.Row) []asked {
	list := []asked{
		{"show ID", 1, func(_ context.Context, r *Reader) (int, error) { _, err := r.Row(some.ID); return 1, err }},
		{"show ID, 9 digits", 1, func(_ context.Context, r *Reader) (int, error) { _, err := r.Row(some.ID[:10]); return 1, err }},
		{"show URL", 1, func(_ context.Context, r *Reader) (int, error) { _, err := r.Row(some.URL); return 1, err }},
		listsOf("list", 20, ListOptions{}),
		listsOf("list --versions", 20, ListOptions{Versions: true}),
		listsOf("list --outcome paywalled", 20, ListOptions{Query: Query{Outcomes: []page.Outcome{page.Paywalled}}}),
		listsOf("list --outcome !ok", 20, ListOptions{Query: Query{Outcomes: page.Outcomes[1:]}}),
		{"stats", 1, func(ctx context.Context, r *Reader) (int, error) { s, err := r.Stats(ctx); return s.Articles, err }},
	}
	for _, q := range []string{"w3", "w40", "w400", "w20000", `"w3 w5"`, "w3 w40", "w40 w400", "w40*", "w40 -w3", "天気", "w3 site:news000.example", "w3 site:news200.example",
		"w40 since:2026-06", "w3 since:2026-06 lang:pt", "w3 until:2022-02", "w3 author:\"author 77\"", "site:news000.example", "site:news200.example", "author:\"author 77\"", "lang:de", "lang:pt",
		`section:"section 7"`, `section:"section 7" tag:news`, "tag:news", `tag:"topic 0"`, `tag:"topic 200"`, `tag:"place 7"`, "tag:place*", `w40 tag:"topic 0"`, "w40 tag:news", "title:w3", "title:w400", "title:w40 site:news000.example",
		"outcome:paywalled", "outcome:blocked", "outcome:blocked site:news200.example", "since:2026-06", "until:2022-02", "nowhere", "lang:xx", "author:nobody"} {
		least := 1
		if q == "nowhere" || q == "lang:xx" || q == "author:nobody" {
			least = 0
		}
		list = append(list, searching(q, least))
	}
	return list
}

// BenchmarkQueries asks what users ask, and tells the 95th percentile.
func BenchmarkQueries(b *testing.B) {
	articles := articlesWanted(b)
	started := time.Now()
	dir := os.Getenv("ARCHIVE_BENCH_DIR") // of an archive that was made up before
	if dir == "" {
		dir = madeUp(b, articles)
		b.Logf("%d articles made in %v", articles, time.Since(started).Round(time.Second))
	}
	r := reader(b, dir)
	var some page.Row
	for some = range r.List(b.Context(), ListOptions{Limit: 1}) {
		break
	}
	for _, q := range questions(some) {
		b.Run(strings.ReplaceAll(q.name, "/", "|"), func(b *testing.B) {
			var took, used []time.Duration
			for b.Loop() {
				begin, from := time.Now(), cpu(b)
				n, err := q.ask(b.Context(), r)
				took, used = append(took, time.Since(begin)), append(used, cpu(b)-from)
				if err != nil || articles >= 100_000 && n < q.least {
					b.Fatalf("%d answers, %v", n, err)
				}
			}
			b.ReportMetric(p95(took), "p95-ms")
			b.ReportMetric(p95(used), "p95-cpu-ms") // whatever else the machine does
		})
	}
}

// p95 is the 95th percentile, in milliseconds.
func p95(list []time.Duration) float64 {
	slices.Sort(list)
	return float64(list[int(math.Ceil(0.95*float64(len(list))))-1].Microseconds()) / 1000
}
