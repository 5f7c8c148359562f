package discover

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// Judge says what a page is by what was read from it: the extractor's verdict,
// which weighs declared types, prose and linked headlines, and the share of links
// whose text is a headline. The address has no part in it.
func Judge(r *page.Reading) Kind {
	switch {
	case r.Row.Outcome.HasArticle():
		return Article
	case r.Row.Outcome != page.NotArticle:
		return ""
	}
	heads, others := 0, 0
	for _, l := range r.Links {
		switch {
		case l.Region == "chrome":
		case headline(l.Text):
			heads++
		default:
			others++
		}
	}
	if heads >= 5 && heads*3 >= others {
		return Section
	}
	return ""
}

// headline reports a link text of a headline's length: four words or more, or as
// many characters where a script has no spaces.
func headline(text string) bool {
	words := len(strings.Fields(text))
	return words >= 4 && len(text) >= 20 || words < 4 && len(text) >= 36 && text[0] >= 0x80
}

// maxSections is how many candidates Sections returns.
const maxSections = 60

// Sections returns the links of a front page that may be sections: those that stand
// in its navigation, and those whose text is as short as a name. Whether they are, only
// their pages can tell.
func Sections(links []page.Link, front *url.URL) (out []Entry) {
	site, articles := address.Site(front.Host), numbered(links)
	seen := map[string]bool{address.Key(front.String()): true}
	for _, region := range [...]string{"chrome", "main"} {
		for _, l := range links {
			key := address.Key(l.URL)
			u, err := url.Parse(key)
			if err != nil || seen[key] || (l.Region == "chrome") != (region == "chrome") || address.Site(u.Host) != site {
				continue
			}
			if !label(l.Text) || region == "main" && articles[numberless(key)] || len(out) >= maxSections || unlikely(u) {
				continue
			}
			seen[key] = true
			out = append(out, Entry{URL: key, Kind: Section, Title: oneLine(l.Text)})
		}
	}
	return out
}

// housekeeping are the last segments of pages that every site has and that list no news.
var housekeeping = strings.Fields(`about about-us contact contact-us terms privacy privacy-policy cookies cookie-policy imprint impressum login
	logout signin sign-in signup register account subscribe newsletter newsletters search help faq advertise jobs careers datenschutz kontakt
	agb mentions-legales abo preview sitemap feed rss`)

// unlikely reports addresses that are not worth a request to find out.
func unlikely(u *url.URL) bool {
	p := strings.Trim(strings.ToLower(u.Path), "/")
	if p == "" || u.RawQuery != "" || strings.Count(p, "/") > 2 {
		return true
	}
	if ext := path.Ext(p); ext != "" && ext != ".html" && ext != ".htm" && ext != ".php" {
		return true
	}
	return slices.Contains(housekeeping, strings.TrimSuffix(path.Base(p), path.Ext(p)))
}
