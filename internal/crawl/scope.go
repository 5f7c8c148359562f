package crawl

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Scope says which links are followed. The zero value follows none.
type Scope struct {
	Sites   []string         // as address.Site names them; a link must lead to one of them
	Depth   int              // links between a start address and a page at most; 0 follows none
	Include []*regexp.Regexp // a link must match one of them, if there are any
	Exclude []*regexp.Regexp // a link must match none
}

// notPages are endings of addresses that lead to no page.
var notPages = words(`7z aac apk avi bin bmp bz2 css csv dmg doc docx eot epub exe flac flv gif gz ico ics iso jar jpeg jpg
	js json jsonld m3u8 m4a m4v mid mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus pdf png ppt pptx rar rss svg swf tar
	tgz tif tiff ttf txt wasm wav webm webmanifest webp wma wmv woff woff2 xls xlsx xml xz zip zst atom avif`)

// acting are path segments of addresses that do something rather than show a page.
var acting = words(`login logout log-out log-in signin sign-in signout sign-out signup sign-up register subscribe unsubscribe
	cart checkout delete wp-login.php wp-admin xmlrpc.php share print`)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// follow returns the links of a page that are in scope, without what only tracks
// the reader.
func (s Scope) follow(from frontier.Item, r *page.Reading) (found []frontier.Item) {
	if from.Depth >= s.Depth {
		return nil
	}
	for _, l := range r.Links {
		if !slices.Contains(strings.Fields(l.Rel), "nofollow") && s.Admits(l.URL) {
			found = append(found, frontier.Item{URL: address.Link(l.URL), Depth: from.Depth + 1, From: from.URL, Site: from.Site})
		}
	}
	for _, link := range r.Alternates {
		if s.Admits(link) {
			found = append(found, frontier.Item{URL: address.Link(link), Depth: from.Depth + 1, From: from.URL, Site: from.Site})
		}
	}
	return found
}

// Admits reports whether a link to the address would be followed.
func (s Scope) Admits(link string) bool {
	u, err := url.Parse(link)
	if err != nil || !slices.Contains(s.Sites, address.Site(u.Host)) {
		return false
	}
	if notPages[strings.ToLower(strings.TrimPrefix(path.Ext(u.Path), "."))] {
		return false
	}
	if rule, _ := looksEndless(u, time.Now()); rule != "" || len(link) > address.MaxLength {
		return false
	}
	matches := func(re *regexp.Regexp) bool { return re.MatchString(link) }
	return (len(s.Include) == 0 || slices.ContainsFunc(s.Include, matches)) && !slices.ContainsFunc(s.Exclude, matches)
}
