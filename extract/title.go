package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsarchive/internal/wording"
)

// A titleVote is one source's word for the title and how much it counts.
type titleVote struct {
	fact
	weight  int
	heading bool   // it is that of a heading on the page
	key     string // letters of the value
}

// The weights of the sources. The publisher's own JSON-LD is right most often, but it
// is cut at 110 characters or carries kickers; og:title is written for other sites, and
// the first h1 may be a logo. So agreement counts, and order where there is none.
// A heading that speaks of what the other sources speak of is the headline.
const (
	weightLD     = 95
	weightLDName = 10 // that of a page, as often as not written for search engines
	weightOwn    = 80 // what the publisher tells its own statistics, where JSON-LD says nothing
	weightH1     = 30
	weightKin    = 40 // added to the first heading if it is kin to the other sources
	weightOG     = 22
	weightTag    = 16
	weightMicro  = 16
	weightOthers = 8
)

// readTitle sets the title that most sources agree on.
func (m *metadata) readTitle(d *document) {
	votes := titleVotes(d, m.siteName.value)
	best, most := -1, 0
	for i := range votes {
		votes[i].key = letters(votes[i].value)
	}
	for i := range votes {
		if sum := support(votes, i); sum > most {
			best, most = i, sum
		}
	}
	if best < 0 {
		m.warnings = append(m.warnings, "title_missing")
		return
	}
	m.title = votes[best].fact
	m.titles = append(m.titles, m.title)
	for i, v := range votes {
		if i != best {
			m.titles = append(m.titles, v.fact)
		}
	}
}

// titleVotes lists what the page offers as title, the most trusted first.
func titleVotes(d *document, site string) (votes []titleVote) {
	add := func(value, source string, weight int) {
		if value = cutSiteName(oneLine(value), site, d); value != "" && !isSiteName(value, site, d) {
			votes = append(votes, titleVote{fact: fact{value, source}, weight: weight})
		}
	}
	said := false // in JSON-LD
	if n, ok := d.mainItem(); ok {
		said = n.text("headline") != "" && !d.describes(n)
		if said {
			add(n.text("headline"), "jsonld:headline", weightLD)
		} else {
			add(n.text("name"), "jsonld:name", weightLDName)
		}
	}
	for i, h := range d.headings[:min(len(d.headings), maxHeadings)] {
		weight := weightH1
		if i > 0 {
			weight = weightOthers + 4
		}
		if !d.isLogo(h) {
			before := len(votes)
			if add(headingText(h), "html:"+h.Data, weight); len(votes) > before {
				votes[before].heading = true
			}
		}
	}
	og, source := d.meta("og:title")
	add(og, source, weightOG)
	add(cutTail(oneLine(og)), source, weightOthers)
	title := d.title
	if name := d.nameAtEnd(); name != "" {
		title = strings.TrimRight(title[:strings.LastIndex(title, name)], " |:–—-·•»/")
	}
	add(title, "html:title", weightTag)
	add(cutTail(title), "html:title", weightOthers)
	if head := cutTail(title); head != title && len(d.headings) == 0 && d.shows(head) {
		add(head, "html:title", weightTag+1) // stands on the page as the title does, less its tail
	}
	for _, n := range d.items {
		if attr(n, "itemprop") == "headline" {
			add(textOf(n), "microdata:headline", weightMicro)
			break
		}
	}
	if own, source := d.meta("parsely-title", "sailthru.title", "cxenseparse:title"); !said {
		add(own, source, weightOwn)
	}
	other, source := d.meta("twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title", "headline")
	add(other, source, weightOthers)
	votes = distinct(votes)
	weighHeading(votes, d)
	return votes
}

// describes reports whether the headline of an item is a description: page and title
// are headed by the name of the item.
func (d *document) describes(n ldNode) bool {
	name := letters(n.text("name"))
	return name != "" && name != letters(n.text("headline")) && len(d.headings) > 0 &&
		letters(headingText(d.headings[0])) == name && strings.HasPrefix(letters(d.title), name)
}

// shows reports whether the text of an element of the body is the headline s.
func (d *document) shows(s string) bool {
	want := letters(s)
	for n := range d.root.Descendants() {
		if n.Type == html.TextNode && len(n.Data) >= len(want)/2 && n.Parent.DataAtom != atom.Title &&
			letters(textOf(n.Parent)) == want {
			return true
		}
	}
	return false
}

// distinct keeps one vote of one source for the same words, the weightiest.
func distinct(votes []titleVote) []titleVote {
	var out []titleVote
	for _, v := range votes {
		i := slices.IndexFunc(out, func(o titleVote) bool { return o.source == v.source && o.value == v.value })
		if i < 0 {
			out = append(out, v)
		} else {
			out[i].weight = max(out[i].weight, v.weight)
		}
	}
	return out
}

// enoughAlike is how many letters one title must have to count as a part of another.
const enoughAlike = 12

// support sums the weights of the votes that agree with votes[i]: wholly, or in part
// where one holds the other. A kicker before the headline counts less than one
// behind it, so that the headline wins where it stands alone anywhere.
func support(votes []titleVote, i int) (sum int) {
	mine := votes[i].key
	alone := true
	for j, v := range votes {
		theirs := v.key
		part := 0
		switch {
		case i == j || mine == theirs:
			sum += v.weight
			alone = alone && i == j
			continue
		case cutShort(v.value, votes[i].value):
			part = v.weight
		case utf8.RuneCountInString(mine) >= enoughAlike && strings.HasSuffix(theirs, mine):
			part = v.behindKicker(votes[i].source)
		case votes[i].heading && v.source == "html:title" && opens(v.value, votes[i].value):
			part = v.weight
		case utf8.RuneCountInString(mine) >= enoughAlike && strings.Contains(theirs, mine):
			part = v.weight / 2
		case utf8.RuneCountInString(theirs) >= 2*enoughAlike && strings.Contains(mine, theirs):
			part = v.weight / 2
		}
		alone = alone && part == 0
		sum += part
	}
	if alone && votes[i].heading && votes[i].weight <= weightH1 && len(votes) > 1 {
		return sum / 3 // nobody else knows it: a logo, a section
	}
	return sum
}

// cutShort reports whether a title is the beginning of a longer one, broken off in
// the middle of a word or with an ellipsis.
func cutShort(title, longer string) bool {
	stem := strings.TrimRight(title, ".… ")
	if utf8.RuneCountInString(stem) < 2*enoughAlike || len(longer) <= len(stem) || !strings.HasPrefix(longer, stem) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(longer[len(stem):])
	return stem != title || unicode.IsLetter(next)
}

// behindKicker is what a vote counts for the headline that follows a kicker in it.
// A publisher's own JSON-LD has the kicker on purpose, unless its og:title does without.
func (v titleVote) behindKicker(source string) int {
	if v.source == "jsonld:headline" && source != "meta:og:title" {
		return v.weight / 2
	}
	return v.weight
}

// opens reports whether a title begins with a headline and goes on behind a mark.
func opens(title, headline string) bool {
	rest, found := strings.CutPrefix(title, headline)
	return found && slices.ContainsFunc(titleMarks, func(mark string) bool { return strings.HasPrefix(rest, mark) })
}

// letters returns the letters and digits of s in lower case: what titles are
// compared by.
func letters(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if i++; c != '_' && wording.Rune(rune(c)) {
				out = append(out, byte(wording.Lower(rune(c))))
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if i += n; wording.Rune(r) {
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
	}
	return string(out)
}
