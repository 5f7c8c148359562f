package extract

import (
	"net/url"

	"newsarchive/internal/address"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bearsAddress reports whether n, which has a heading of its own, bears the address of another
// page of this site: stories that are loaded one below the other do, for the script that
// changes the address as readers scroll.
func bearsAddress(d *document, n *html.Node, own []string) bool {
	to := ""
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "data-url", "data-permalink", "data-canonical", "data-canonical-url", "data-article-url", "data-post-url", "data-page-url", "data-story-url", "itemid":
			to = d.resolve(a.Val)
		}
	}
	if to == "" {
		return false
	}
	if u, err := url.Parse(to); err != nil || address.Site(u.Host) != address.Site(d.url.Host) {
		return false
	}
	return isOtherPage(to, own) && hasHeading(n)
}

func hasHeading(n *html.Node) bool {
	for c := range n.Descendants() {
		if headlineTag(c.DataAtom) {
			return true
		}
	}
	return false
}

// sameRank lists the containers beside the one that holds the page's headline, an h1, that have
// an h1 of their own and are of the same make: articles, or boxes with a byline or a date as
// that has. Chapters have none.
func (l *layout) sameRank(d *document, heading *html.Node, at int) map[int]bool {
	if at < 0 || heading.DataAtom != atom.H1 || len(d.headings) < 2 {
		return nil
	}
	beside := map[int]int{} // the containers around the headline, by their parents
	for box := at; box > 0; box = l.boxes[box].parent {
		beside[l.boxes[box].parent] = box
	}
	found, title := map[int]bool{}, letters(textOf(heading))
	for _, h := range d.headings[:min(len(d.headings), manyHeadlines)] {
		box := l.boxOf(h)
		if box < 0 || h == heading || h.DataAtom != atom.H1 {
			continue
		}
		for box > 0 && beside[l.boxes[box].parent] == 0 {
			box = l.boxes[box].parent
		}
		if letters(textOf(h)) == title {
			beside[l.boxes[max(box, 0)].parent] = 0 // the headline once more, above its text
			delete(found, box)
			continue
		}
		home := beside[l.boxes[max(box, 0)].parent]
		if box > 0 && home > 0 && home != box && l.place(box) == l.place(home) && l.boxes[box].first < l.boxes[box].last &&
			(l.boxes[box].node.DataAtom == atom.Article || bylined(d, l.boxes[box].node) && bylined(d, l.boxes[home].node)) {
			found[box] = true
		}
	}
	return found
}

// bylined reports whether a byline or a date stands in n.
func bylined(d *document, n *html.Node) bool {
	for _, list := range [...][]*html.Node{d.bylines, d.times} {
		for _, e := range list {
			for up := e; up != nil; up = up.Parent {
				if up == n {
					return true
				}
			}
		}
	}
	return false
}

// manyHeadlines bounds the headlines that are looked at.
const manyHeadlines = 30
