package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromText looks for a line that begins as bylines do, or gives a date and a name,
// soon after the headline; then for one with a label such as "Author:" anywhere.
func (b *byline) fromText() string {
	for i, s := range b.after() {
		near := i < nearLines
		if rest, ok := cutBy(s); ok && utf8.RuneCountInString(rest) <= 70 && (near || labelled(s)) {
			b.add(untilDate(rest))
		} else if near && hasDigit(s) {
			b.besideDate(s)
		}
		if len(b.people) > 0 {
			break
		}
	}
	return "text"
}

// labelled reports a line that begins with a word and a colon.
func labelled(s string) bool {
	i := strings.IndexAny(s, ":：")
	return i > 0 && i < 24
}

// besideDate files the name in a line such as "21.11.2026 | Ana Ruiz".
func (b *byline) besideDate(s string) {
	if _, dated := (dateReader{}).read(s); !dated {
		return
	}
	for _, part := range betweenMany.Split(s, -1) {
		if rest, ok := cutBy(part); ok {
			part = rest
		}
		if len(strings.Fields(part)) <= 4 && strings.Contains(part, " ") && !containsAny(strings.ToLower(part), monthStems) {
			b.addOne(part)
		}
	}
	b.groups = nil
}

// fromScripts reads the byline in the data that scripts carry.
func (b *byline) fromScripts() string {
	for _, key := range [...]string{"byline", "authorName", "author_name", "authorNames", "bylineText"} {
		for _, sc := range b.d.scripts {
			if s := scriptValue(sc.text, key); s != "" && !strings.Contains(sc.text, s+`\u`) {
				b.declared = true
				b.add(s)
			}
			if len(b.people)+len(b.groups) > 0 {
				return "script:" + key
			}
		}
	}
	return ""
}

// fromMail looks for a line that gives a name and an e-mail address.
func (b *byline) fromMail() string {
	for _, s := range b.after() {
		if !strings.Contains(s, "@") || !mail.MatchString(s) || utf8.RuneCountInString(s) > 80 {
			continue
		}
		rest := strings.TrimSpace(mail.ReplaceAllString(s, " "))
		if b.add(rest); len(b.people) > 0 {
			break
		}
		if len(b.groups) == 0 && rest != "" && !strings.ContainsAny(rest, " :") {
			b.addOrganisation(rest) // a house that signs with one word
		}
		if len(b.groups) > 0 {
			break
		}
	}
	return "text"
}

// after returns the short lines from a little before the headline to the end.
func (b *byline) after() []string {
	if *b.lines == nil {
		lines, start := bodyLines(b.d)
		*b.lines = lines[max(0, start-3):]
	}
	return *b.lines
}

// nearLines is how many of these lines are near the headline.
const nearLines = 28

// bodyLines returns the short lines of the page, and which is the first after the
// headline.
func bodyLines(d *document) (lines []string, start int) {
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && !unread[c.DataAtom] && c.DataAtom != atom.Footer {
				if text := leafLine(c); text != "" {
					lines = append(lines, text)
				} else {
					walk(c)
				}
			}
			if len(d.headings) > 0 && c == d.headings[0] {
				start = len(lines)
			}
		}
	}
	if d.body != nil {
		walk(d.body)
	}
	return lines, start
}

// leafLine returns the text of an element that holds a short line and no blocks, ""
// otherwise.
func leafLine(n *html.Node) string {
	size := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if size += len(c.Data); size > 600 {
				return ""
			}
		case c.Type == html.ElementNode && !inline[c.DataAtom] && c.DataAtom != atom.Br && c.DataAtom != atom.Img:
			return ""
		}
	}
	if n.FirstChild == nil {
		return ""
	}
	text := oneLine(textOf(n))
	if utf8.RuneCountInString(text) > 100 {
		return ""
	}
	return text
}
