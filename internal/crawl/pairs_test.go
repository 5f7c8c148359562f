package crawl_test

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A small paper whose pages are HTML by their paths.
type pages map[string]string

// crawl crawls the pages from / and returns the paths asked for, and the article rows by path.
func (p pages) crawl(t *testing.T) (asked []string, rows map[string]page.Row) {
	t.Helper()
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.Path)
		mu.Unlock()
		body, ok := p[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	t.Cleanup(client.Close)
	dir := filepath.Join(t.TempDir(), "archive")
	store, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{Delay: time.Millisecond}), NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract: extract.New(extract.Options{}), Store: store, Done: func(crawl.Visit) {},
		Scope: crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(server.URL, "http://"))}, Depth: math.MaxInt},
	}
	if err := c.Run(t.Context(), []string{server.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows = map[string]page.Row{}
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if row.Outcome.HasArticle() {
			rows[strings.TrimPrefix(row.URL, server.URL)] = row
		}
	}
	slices.Sort(asked)
	return asked, rows
}

func paths(rows map[string]page.Row) (out []string) {
	for path := range rows {
		out = append(out, path)
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

// article is a page with an article of its own text.
func article(attrs, head, headline, sentence string) string {
	return fmt.Sprintf(`<!doctype html><html %s><head><title>%s</title><meta property="og:type" content="article">%s</head><body><article><h1>%[2]s</h1>%[4]s</article></body></html>`,
		attrs, headline, head, strings.Repeat("<p>"+strings.Repeat(sentence+" ", 6)+"</p>", 5))
}

const ferry = "The ferry crosses the sound again after a long winter in the yard of the town."

// An article and its AMP page are one article, whichever is met first.
func TestAMPPagesLeadToTheirArticles(t *testing.T) {
	pair := `<link rel="canonical" href="/ferry"><link rel="amphtml" href="/ferry/amp">`
	amp := article("⚡", `<link rel="canonical" href="/ferry">`, "Ferry returns", ferry)
	front := `<title>Paper</title>%s<p>Nothing else is new.`
	for _, tt := range []struct {
		says  string
		links string
		p     pages
		asked []string
		want  []string
	}{
		{"article first", `<a href=/ferry>Ferry returns</a> <a href=/ferry/amp>Ferry returns</a>`, pages{"/ferry": article("", pair, "Ferry returns", ferry), "/ferry/amp": amp},
			[]string{"/", "/ferry", "/robots.txt"}, []string{"/ferry"}},
		{"AMP page first", `<a href=/ferry/amp>Ferry returns</a> <a href=/ferry>Ferry returns</a>`, pages{"/ferry": article("", pair, "Ferry returns", ferry), "/ferry/amp": amp},
			[]string{"/", "/ferry", "/ferry/amp", "/robots.txt"}, []string{"/ferry"}},
		{"AMP page alone", `<a href=/ferry/amp>Ferry returns</a>`, pages{"/ferry": article("", pair, "Ferry returns", ferry), "/ferry/amp": amp},
			[]string{"/", "/ferry", "/ferry/amp", "/robots.txt"}, []string{"/ferry"}},
		{"no other page", `<a href=/ferry>Ferry returns</a>`, pages{"/ferry": article("amp", `<link rel="canonical" href="/ferry">`, "Ferry returns", ferry)},
			[]string{"/", "/ferry", "/robots.txt"}, []string{"/ferry"}},
		{"each says that it is the other's", `<a href=/ferry/amp>Ferry returns</a>`, pages{"/ferry": article("amp", `<link rel="canonical" href="/ferry/amp">`, "Ferry returns", ferry), "/ferry/amp": amp},
			[]string{"/", "/ferry", "/ferry/amp", "/robots.txt"}, []string{"/ferry"}},
	} {
		t.Run(tt.says, func(t *testing.T) {
			tt.p["/"] = fmt.Sprintf(front, tt.links)
			asked, rows := tt.p.crawl(t)
			if !slices.Equal(asked, tt.asked) {
				t.Errorf("asked for %q, want %q", asked, tt.asked)
			}
			if got := paths(rows); !slices.Equal(got, tt.want) {
				t.Errorf("articles %q, want %q", got, tt.want)
			}
		})
	}
}

// The same page in other languages is found, and each language is an article of its
// own, even where all of them say that one of them is canonical.
func TestLanguagesAreArticlesOfTheirOwn(t *testing.T) {
	alternates := `<link rel="alternate" hreflang="en" href="/en/ferry"><link rel="alternate" hreflang="de" href="/de/faehre"><link rel="alternate" hreflang="x-default" href="/en/ferry">
		<link rel="alternate" hreflang="fr" href="http://fr.other.example/bac"><link rel="canonical" href="/en/ferry">`
	p := pages{
		"/":          `<title>Paper</title><a href=/en/ferry>Ferry returns</a><p>Nothing else is new.`,
		"/en/ferry":  article(`lang="en"`, alternates, "Ferry returns", ferry),
		"/de/faehre": article(`lang="de"`, alternates, "Fähre kehrt zurück", "Die Fähre fährt nach einem langen Winter in der Werft der Stadt wieder über den Sund."),
	}
	asked, rows := p.crawl(t)
	if want := []string{"/", "/de/faehre", "/en/ferry", "/robots.txt"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	en, de := rows["/en/ferry"], rows["/de/faehre"]
	if en.ID == de.ID || en.Version != 1 || de.Version != 1 || en.Language != "en" || de.Language != "de" || de.DuplicateOf != "" {
		t.Errorf("rows %q: %s %s version %d, %s %s version %d", paths(rows), en.ID, en.Language, en.Version, de.ID, de.Language, de.Version)
	}
}
