package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// A role says what a date on a page is about.
type role int

const (
	roleUnknown role = iota
	rolePublished
	roleModified
	roleOther // a comment, another story, an event
)

var (
	otherWords = []string{"comment", "related", "sidebar", "teaser", "latest", "recommend", "popular", "trending", "widget", "footer", "most-read", "mostread", "ticker",
		"read-more", "readmore", "more-news", "navigation", "carousel", "promo", "reply", "copyright"}
	modifiedWords  = []string{"modif", "update", "aktualisier", "mis-a-jour", "edited", "revised"}
	publishedWords = []string{"publi", "pubdate", "posted", "entry-date", "created", "issued"}
)

// timeRole judges by the names on the element and around it.
func (d *document) timeRole(n *html.Node) role {
	if d.quoted(n) {
		return roleOther
	}
	r := roleUnknown
	for up, p := 0, n; p != nil && up < 6 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		name := ""
		for i := range p.Attr {
			switch a := &p.Attr[i]; a.Key {
			case "class", "id", "itemprop", "pubdate", "data-testid", "rel":
				name += " " + strings.ToLower(a.Val)
				if a.Key == "pubdate" {
					name += " pubdate"
				}
			}
		}
		if otherStory(name) {
			if d.holdsTitle(p) {
				break
			}
			return roleOther
		}
		if up < 2 && r == roleUnknown {
			switch {
			case containsAny(name, modifiedWords):
				r = roleModified
			case containsAny(name, publishedWords):
				r = rolePublished
			}
		}
	}
	if r == roleUnknown && n.PrevSibling != nil && n.PrevSibling.Type == html.TextNode && saysModified(n.PrevSibling.Data) {
		return roleModified
	}
	return r
}

// ofStory takes out of names what only seems to speak of another story: what is promoted
// to the front page is no promotion, and an article's own footer names its author.
var ofStory = strings.NewReplacer("promoted", "", "post-footer", "", "entry-footer", "", "article-footer", "")

// otherStory reports names that speak of comments, other stories or furniture.
func otherStory(name string) bool { return containsAny(ofStory.Replace(name), otherWords) }

func containsAny(s string, words []string) bool {
	if s == "" {
		return false
	}
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
