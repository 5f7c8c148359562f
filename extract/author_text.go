package extract

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromText looks for a line that begins as bylines do, or gives a date and a name,
// soon after the headline; then for one with a label such as "Author:" anywhere.
func (b *byline) fromText() string {
	for i, s := range b.after() {
		near := i < nearLines && !b.foreign
		if !near && !labelled(s) {
			continue
		}
		if near && easternByline(s) {
			b.add(s)
		} else if rest, ok := cutBy(s); ok && utf8.RuneCountInString(untilDate(rest)) <= 70 {
			b.add(untilDate(rest))
		} else if near && !b.strict && hasDigit(s) {
			b.besideDate(s)
		}
		if len(b.people) > 0 {
			break
		}
	}
	if len(b.people)+len(b.groups) == 0 && !b.foreign {
		b.agencyLine()
	}
	if len(b.people)+len(b.groups) == 0 && !b.foreign {
		b.onlyByline()
	}
	return "text"
}

// agencyLine files the agency whose name stands alone right below the headline, where that is
// not the credit of a picture.
func (b *byline) agencyLine() {
	if len(b.d.headings) == 0 {
		return
	}
	const nodes = 60
	n := following(b.d.headings[0])
	for i := 0; i < nodes && n != nil; i, n = i+1, following(n) {
		if n.Type != html.TextNode || len(n.Data) > 80 {
			continue
		}
		s := oneLine(n.Data)
		if g := agencyName(s); g != "" && !mayBeName(g) && unicode.IsLetter(firstRune(s)) && !photoCredit(n.Parent) && !besidePicture(n.Parent) {
			b.addOrganisation(g)
			return
		}
	}
}

// besidePicture reports a picture in one of the next elements around n.
func besidePicture(n *html.Node) bool {
	for up := 0; n != nil && up < 3 && n.DataAtom != atom.Article && n.DataAtom != atom.Main && n.DataAtom != atom.Body; up, n = up+1, n.Parent {
		for c := range n.Descendants() {
			if c.DataAtom == atom.Img || c.DataAtom == atom.Picture {
				return true
			}
			if c.DataAtom == atom.H1 { // farther than to the picture's own element
				return false
			}
		}
	}
	return false
}

// onlyByline files the one name that stands behind a word such as "By" in a line of its own,
// wherever that is; other stories have more than one. The short words of some languages, such
// as "De", begin other lines too.
func (b *byline) onlyByline() {
	found := ""
	for _, s := range b.after() {
		rest, ok := cutBy(s)
		if start := strings.TrimSuffix(s, rest); !ok || utf8.RuneCountInString(start) < 4 && !strings.EqualFold(start, "by ") || hasDigit(s) || utf8.RuneCountInString(rest) > 40 || len(strings.Fields(rest)) < 2 {
			continue
		}
		one := byline{d: b.d, site: b.site, houses: b.houses}
		if one.add(rest); len(one.people) != 1 || letters(one.people[0]) != letters(rest) || one.people[0] == found {
			continue
		}
		if found != "" {
			return
		}
		found = one.people[0]
	}
	if found != "" && !containsAny(strings.ToLower(found), monthStems) && !articles[strings.ToLower(strings.Fields(found)[0])] {
		b.addPerson(found)
	}
}

// labelled reports a line that begins with a word and a colon, or names an author of
// either gender.
func labelled(s string) bool {
	i := strings.IndexByte(s, ':')
	if wide := strings.Index(s, "："); wide >= 0 && (i < 0 || wide < i) {
		i = wide
	}
	return i > 0 && i < 24 || strings.HasPrefix(s, "Autorin/Autor")
}

// besideDate files the name in a line such as "21.11.2026 | Ana Ruiz".
func (b *byline) besideDate(s string) {
	if _, dated := b.reader.read(s); !dated || tellsStory(s) {
		return
	}
	if from, to := byInside(s); from > 0 {
		if _, dated := b.reader.read(s[:from]); dated {
			name := trimName(untilDate(s[to:]))
			if capitalised(name) && nickname(name) && isPerson(name) && !isRole(name) {
				b.addPerson(name)
			} else if strings.EqualFold(s[from:to], " by ") {
				b.add(name)
			}
			if len(b.people) > 0 {
				return
			}
		}
	}
	for _, part := range betweenMany.Split(bracketed.ReplaceAllString(s, ""), -1) {
		rest, by := cutBy(part)
		if by {
			part = rest
		}
		switch {
		case easternByline(part):
			b.add(part)
		case len(strings.Fields(part)) <= 4 && (strings.Contains(part, " ") || by) && !containsAny(strings.ToLower(part), monthStems):
			b.addOne(part)
		}
	}
	b.groups = nil
}

// tellsStory reports a line that is a sentence of some length: a date in it is of what it tells.
func tellsStory(s string) bool {
	words := strings.Fields(s)
	return len(words) > 8 && strings.HasSuffix(s, ".") && utf8.RuneCountInString(words[len(words)-1]) > 4 && !hasDigit(words[len(words)-1])
}

// fromScripts reads the byline in the data that scripts carry.
func (b *byline) fromScripts() string {
	if b.strict {
		return ""
	}
	for _, key := range [...]string{"byline", "authorName", "author_name", "authorNames", "bylineText"} {
		for _, sc := range b.d.scripts {
			if !bytes.Contains(sc.raw, []byte(key)) {
				continue
			}
			if s := scriptValue(sc.text(), key); s != "" && !strings.Contains(sc.text(), s+`\u`) {
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

// longestName is how many words stand beside an address that is somebody's: more are a
// request to write there.
const longestName = 5

// contactLine is above whom to ask, who is not who wrote.
var contactLine = regexp.MustCompile(`(?i)(?:^|\s)(?:(?:media|press|for more information,?) contacts?|contacts?:?$|(?:presse)?kontakt|rückfragen|contacto de prensa|contact presse|contatti stampa|contato de imprensa)`)

// fromMail looks for a line that gives a name and an e-mail address.
func (b *byline) fromMail() string {
	lines := b.after()
	for i, s := range lines {
		if b.strict || !strings.Contains(s, "@") || !mail.MatchString(s) || utf8.RuneCountInString(s) > 80 {
			continue
		}
		if i > 0 && contactLine.MatchString(strings.Join(lines[max(0, i-2):i], " ")) {
			continue
		}
		rest := strings.TrimSpace(mail.ReplaceAllString(s, " "))
		if rest == "" && i > 0 && len(strings.Fields(lines[i-1])) <= 3 {
			rest = lines[i-1]
		}
		if len(strings.Fields(rest)) > longestName {
			continue
		}
		if b.add(rest); len(b.people) > 0 {
			break
		}
		if len(b.groups) == 0 && rest != "" && isPerson(rest) && !strings.ContainsAny(rest, " ：") {
			b.addOrganisation(rest) // a house that signs with one word
		}
		if len(b.groups) > 0 {
			break
		}
	}
	return "text"
}
