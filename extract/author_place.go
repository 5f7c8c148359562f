package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// brief reports whether an element holds so few nodes as what names somebody or a day
// does. Elements with such names may stand inside each other, around the whole page.
func brief(n *html.Node) bool {
	const most = 300
	count := 0
	for range n.Descendants() {
		if count++; count > most {
			return false
		}
	}
	return true
}

// authorLink reports a link to the page of an author.
func authorLink(a *html.Node) bool {
	href := strings.ToLower(attr(a, "href"))
	return hints(href)&aboutAuthor != 0 || containsAny(href, profilePaths) ||
		hasWord(strings.ToLower(attr(a, "rel")), "author")
}

// profilePaths are in addresses of pages about people.
var profilePaths = []string{"/people/", "profile", "/profil/", "/staff/", "/by/", "/team/", "/person"}

// photoCredit reports whether n stands in a figure or in what is called the credit of a
// picture: names there are of photographers.
func photoCredit(n *html.Node) bool {
	for up, p := 0, n; p != nil && up < 5 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		if p.DataAtom == atom.Figure || p.DataAtom == atom.Figcaption || up < 2 && containsAny(strings.ToLower(attr(p, "class")), creditClasses) {
			return true
		}
	}
	return false
}

var creditClasses = []string{"bildautor", "bildquelle", "photo", "foto", "caption", "copyright", "img-credit", "image-credit", "picture"}

// outside reports whether n stands among comments, other stories or page furniture.
// What holds the headline too is none of these, whatever its name.
func (d *document) outside(n *html.Node) bool {
	for up, p := 0, n; p != nil && up < 12 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		switch p.DataAtom {
		case atom.Footer:
			if !ofArticle(p) {
				return true
			}
		case atom.Nav, atom.Aside:
			return true
		case atom.Article:
			return len(d.headings) > 0 && d.url.Host != "" && !d.holdsTitle(p) && d.holdsTitleElsewhere(p)
		case atom.Body, atom.Main:
			return false
		}
		for i := range p.Attr {
			if a := &p.Attr[i]; (a.Key == "class" || a.Key == "id") && containsAny(ofPage.Replace(strings.ToLower(a.Val)), furniture) {
				return !d.holdsTitle(p)
			}
		}
	}
	return false
}

// ofPage takes out of names what only seems to be furniture: a blog of Blogger's is one widget, and each part of a page of Elementor's.
var ofPage = strings.NewReplacer("promoted", "", "widget blog", "", "elementor-widget-posts", "related", "elementor-widget", "")

// ofArticle reports whether a footer is that of an article, not of the page.
func ofArticle(footer *html.Node) bool {
	for p := footer.Parent; p != nil && p.DataAtom != atom.Body; p = p.Parent {
		if p.DataAtom == atom.Article {
			return true
		}
	}
	return false
}

// holdsTitleElsewhere reports whether an article is another story: its headline leads away, and the
// page's own stands outside of it.
func (d *document) holdsTitleElsewhere(article *html.Node) bool {
	return isOtherPost(d, article, []string{d.url.String()})
}

// holdsTitle reports whether the first heading stands inside n.
func (d *document) holdsTitle(n *html.Node) bool {
	if len(d.headings) == 0 {
		return false
	}
	for p := d.headings[0]; p != nil; p = p.Parent {
		if p == n {
			return true
		}
	}
	return false
}

var furniture = []string{"comment", "related", "sidebar", "teaser", "recommend", "popular", "trending", "widget", "most-read", "read-more", "more-news", "carousel", "promo", "reply"}
