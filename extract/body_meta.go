package extract

import (
	"regexp"
	"unicode/utf8"

	"newsarchive/selectors"
)

// metaReach is among how many of the first blocks that stay a line of metadata is sought.
const metaReach = 4

var (
	// metaParts is what parts the byline, the date and the time of reading in one line.
	metaParts = regexp.MustCompile(`\s*[|·•｜]\s*|\s[–—-]\s`)
	// minutes finds the time that reading takes: "3 min", "Lecture 3 min.", "5 分で読めます".
	minutes = regexp.MustCompile(`(?i)^[^\p{Nd}.]{0,24}\p{Nd}{1,2}[\s-]?(?:['’′]|min|мин|хв|λεπτ|dak|perc|phút|menit|นาที|मिनट|মিনিট|分|분|دق|דק)`)
)

// metaLine reports whether block i is made of a date and bylines, hours and times of reading only.
func (f *filter) metaLine(i int) bool {
	b, dated := &f.blocks[i], false
	if b.mass > 2*proseMass || f.isHeading(i) || f.isCell(i) || f.below(i) {
		return false
	}
	for _, part := range metaParts.Split(f.textOf(i), -1) {
		m := measureText(part)
		switch rest, by := cutBy(part); {
		case m.mass == 0, f.witness.named(part), by && isPerson(rest) && m.mass <= clockMass:
		case m.mass <= clockMass && isDate(part) && onlyDate(part):
			dated = true
		case m.mass <= clockMass && minutes.MatchString(part), m.mass <= clockMass/4 && hasDigit(part): // an hour
		case m.mass <= clockMass && f.rules.Phrase(selectors.Lines, selectors.FoldPhrase(part)):
		default:
			return false
		}
	}
	return dated
}

// below reports whether prose or a heading that is no standfirst stays above block i.
func (f *filter) below(i int) bool {
	for j := max(f.heading, 0); j < i; j++ {
		if b := &f.blocks[j]; b.drop == "" && (b.prose() || j > f.heading && f.isHeading(j)) && f.leadSource(j) == "" {
			return true
		}
	}
	return false
}

// onlyDate reports whether the longer words of a text with a date, but for the first, are of it:
// months, weekdays, labels.
func onlyDate(text string) bool {
	for i, w := range words(text) {
		if i > 0 && w.num < 0 && utf8.RuneCountInString(w.text) > 3 && months[""][w.text] == 0 && months["en"][w.text] == 0 && !weekdays[w.text] && !posted[w.text] && w.mark != ':' && !saysModified(w.text) {
			return false
		}
	}
	return true
}
