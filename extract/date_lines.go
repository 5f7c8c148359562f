package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// nearTitle is how many short texts on either side of the headline are searched for
// a date.
const nearTitle = 60

// readNearTitle reads the short texts after the headline that are little more than a
// date, then those before it.
func (x *dates) readNearTitle() {
	texts, at := x.shortTexts()
	for _, t := range texts[at:min(len(texts), at+nearTitle)] {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
	for _, t := range slices.Backward(texts[max(0, at-10):at]) {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
	for _, t := range texts {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
}

// readAnyText reads the first short text of the page that has a date in it.
func (x *dates) readAnyText() {
	texts, at := x.shortTexts()
	for _, t := range slices.Concat(texts[at:], texts[:at]) {
		if x.addText(t, "text") {
			return
		}
	}
}

// mostlyDate reports whether a text says little beside a date.
func mostlyDate(t string) bool { return utf8.RuneCountInString(t) <= 45 || beginsLabelled(t) }

// beginsLabelled reports whether the first word of a text says of what its dates are.
func beginsLabelled(t string) bool {
	first, _, _ := strings.Cut(strings.ToLower(oneLine(t)), " ")
	return posted[strings.TrimRight(first, ":")]
}

// shortTexts returns the texts of the body that may be a date, and which of them is
// the first after the headline.
func (x *dates) shortTexts() (texts []string, afterTitle int) {
	d, below := x.d, len(x.d.headings) == 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				if t := strings.TrimSpace(c.Data); len(t) >= 6 && utf8.RuneCountInString(t) <= 80 && hasDigit(t) && (below || !x.dayOfSite(c, t)) {
					texts = append(texts, t)
				}
			case c.Type == html.ElementNode && !unread(c.DataAtom) && (c.Data != "footer" || n.Data == "article") && !d.ofOthers(c) && !d.masthead(c):
				walk(c)
			}
			if len(d.headings) > 0 && c == d.headings[0] {
				afterTitle, below = len(texts), true
			}
		}
	}
	if d.body != nil {
		walk(d.body)
	}
	return texts, afterTitle
}

// hasDigit reports a digit of any script.
func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// ofOthers reports whether n itself holds what others wrote, or other stories: dates in there
// are not the article's. What holds the headline too is none of these, whatever its name.
func (d *document) ofOthers(n *html.Node) bool {
	if len(d.headings) == 0 {
		return false
	}
	name := calledNames(n)
	return (n.DataAtom == atom.Blockquote || n.DataAtom == atom.Aside || containsAny(name, embedWords) || containsAny(name, othersWords)) && !d.holdsTitle(n)
}

// quoted reports whether n stands in a quotation or in a post of elsewhere that the page shows.
func (d *document) quoted(n *html.Node) bool {
	for p := n; p != nil && p.Type == html.ElementNode; p = p.Parent {
		if (p.DataAtom == atom.Blockquote || containsAny(calledNames(p), embedWords)) && !d.holdsTitle(p) {
			return true
		}
	}
	return false
}

// embedWords are in the names of posts of elsewhere.
var embedWords = []string{"twitter-tweet", "tweet-embed", "embedded-tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed", "fb-post", "telegram-post", "oembed"}

// othersWords are in the names of what surrounds stories but never holds one; the last is the bar
// of the Wayback Machine.
var othersWords = []string{"comments", "related", "recommend", "popular", "trending", "most-read", "mostread", "wm-ipp"}

// calledNames returns the class and the id of an element, in lower case.
func calledNames(n *html.Node) string {
	if class, id := attr(n, "class"), attr(n, "id"); class != "" || id != "" {
		return strings.ToLower(class + " " + id)
	}
	return ""
}
