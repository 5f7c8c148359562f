package extract

import (
	"net/url"
	"strings"

	"newsarchive/internal/address"
	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// otherPosts marks the posts that stand beside the article: article elements whose
// own headline leads to another page, what bears the address of another page, and what
// is headed as the page itself is. No name tells them from the article, and
// together they may be longer than it. Where no other text were left, none is one.
func (l *layout) otherPosts(d *document, m *metadata, heading *html.Node) {
	if d.url.Host == "" {
		return
	}
	own := []string{d.url.String(), m.canonical.value}
	at := l.boxOf(heading)
	ranked := l.sameRank(d, heading, at)
	var posts []int
	mass := l.proseMasses()
	rest := mass[len(l.blocks)]
	for i := 0; i < len(l.boxes); i++ {
		c := &l.boxes[i]
		if c.last == c.first || i <= at && at < c.end {
			continue
		}
		if ranked[i] || c.node.DataAtom == atom.Article && isOtherPost(d, c.node, own) || bearsAddress(d, c.node, own) {
			posts = append(posts, i)
			rest -= mass[c.last] - mass[c.first]
			i = c.end - 1
		}
	}
	if rest < longBlock {
		return
	}
	for _, i := range posts {
		for b := l.boxes[i].first; b < l.boxes[i].last; b++ {
			l.blocks[b].kind |= selectors.Related
		}
	}
}

// isOtherPost reports whether the headline of post n, or the link that it calls its
// own, leads to another page than those at the addresses.
func isOtherPost(d *document, n *html.Node, own []string) bool {
	link := headlineLink(n, false)
	if link == nil || strings.HasPrefix(attr(link, "href"), "#") {
		return false
	}
	return isOtherPage(d.resolve(attr(link, "href")), own)
}

// isOtherPage reports whether an address is that of another page than those at the addresses
// of this one.
func isOtherPage(to string, own []string) bool {
	u, err := url.Parse(to)
	if err != nil || to == "" || frontPath(u) {
		return false
	}
	for _, page := range own {
		p, err := url.Parse(page)
		if page == "" || err != nil {
			continue
		}
		// below the page's own address lie entries of a live blog, and its further pages
		if address.Key(to) == address.Key(page) || p.Path == u.Path || strings.HasPrefix(u.Path, strings.TrimSuffix(p.Path, "/")+"/") {
			return false
		}
	}
	return true
}

// headlineLink finds the link in the first heading of n, or one before it that is
// marked as the permanent one of a post.
func headlineLink(n *html.Node, inHeading bool) *html.Node {
	for c := range n.Descendants() {
		switch {
		case c.DataAtom == atom.A && attr(c, "href") != "" && (inHeading || hasWord(attr(c, "rel"), "bookmark")):
			return c
		case headlineTag(c.DataAtom) && !inHeading:
			if link := headlineLink(c, true); link != nil {
				return link
			}
			if c.Parent.DataAtom == atom.A { // the heading in the link
				return c.Parent
			}
			return nil
		}
	}
	return nil
}

func headlineTag(a atom.Atom) bool {
	return a == atom.H1 || a == atom.H2 || a == atom.H3 || a == atom.H4
}
