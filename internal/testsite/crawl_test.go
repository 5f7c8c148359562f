package testsite

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// TestEveryLinkLeadsSomewhere follows all links of the newspapers: what is not
// answered by 200 is meant so.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	want := map[string]int{
		"courier/archive/2026-11-01": 410, "courier/city/bridge": 301, "courier/city/crane-collapse": 404,
		"deich/intern/": 404, "orbit/archive/1999/": 301, "orbit/archive/1999/lawns": 404, "orbit/story/moved": 308,
		"valley/admin/": 404, "valley/list.php?cat=weather": 302, "valley/read.php/900": 302,
		"valley/read.php/910": 404, "valley/read.php/911": 403, "valley/read.php/912": 404,
	}
	s := start(t, Options{})
	got := map[string]int{}
	pages := map[string]bool{}
	for _, site := range s.Sites() {
		for path, status := range follow(t, site) {
			pages[site.Folder+path] = true
			bare, _, _ := strings.Cut(path, "?")
			pages[site.Folder+bare] = true
			if status != http.StatusOK {
				got[site.Folder+path] = status
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers other than 200 (-want +got):\n%s", diff)
	}
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if a.Folder != Faults && !pages[a.Folder+a.Truth.URLPath] {
			t.Errorf("no link leads to %s", a.Name())
		}
	}
}

// follow returns the status of each address that a site's pages link to.
func follow(t *testing.T, site Site) map[string]int {
	seen := map[string]int{}
	queue := []string{strings.TrimPrefix(site.Start, site.URL)}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if _, ok := seen[path]; ok {
			continue
		}
		res, body := get(t, site.URL+path)
		seen[path] = res.StatusCode
		if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			queue = append(queue, hrefs(site, path, body)...)
		}
	}
	return seen
}

func hrefs(site Site, path, body string) []string {
	base, err := url.Parse(site.URL + path)
	if err != nil {
		return nil
	}
	found := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(body))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			u, err := base.Parse(a.Val)
			if a.Key == "href" && err == nil && strings.HasPrefix(u.String(), site.URL+"/") {
				found[u.RequestURI()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
