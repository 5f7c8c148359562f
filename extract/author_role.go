package extract

import (
	_ "embed" // for the list of words
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// workplace is what follows a name to say from where or for whom somebody writes.
var workplace = regexp.MustCompile(`\s(?:in|for|at)\s+(?:the\s+)?\p{Lu}.*$`)

// withoutRole returns the name of two or more words before what its bearer is, as in
// "Ana Ruiz Staff Writer", or behind it, as in "Political editor Ana Ruiz"; or s.
func withoutRole(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i < 2 || !isRole(w) || strings.EqualFold(words[i-1], "the") {
			continue
		}
		at := i
		for at > 2 && (collectives[strings.ToLower(words[at-1])] || ranks[strings.ToLower(words[at-1])]) {
			at--
		}
		if name := strings.Join(words[:at], " "); !isRole(name) {
			return name
		}
	}
	return behindRole(s, words)
}

// behindRole returns the name behind what its bearer is, or s. Those who take pictures are
// not the authors of a text.
func behindRole(s string, words []string) string {
	last := -1
	for i, w := range words {
		if photographing[strings.ToLower(strings.Trim(w, ":"))] {
			return s
		}
		if isRole(w) {
			last = i
		}
	}
	name := words[last+1:]
	if last < 0 || last > 4 || len(name) < 2 || len(name) > 4 {
		return s
	}
	joined := strings.Join(name, " ")
	if r, _ := utf8.DecodeRuneInString(joined); unicode.IsLower(r) || !isPerson(joined) || !capitalised(joined) {
		return s
	}
	return joined
}

// photographing are the roles of those who take pictures.
var photographing = wordSet("foto\nfotos\nphoto\nphotos\nphotographer\nfotograf\nfotografin\nphotographe\nfotógrafo\nfotógrafa\nfotografo\nvideo\nфото", strings.ToLower)

//go:embed data/ranks.txt
var rankList string

// ranks are words before what somebody is that belong to it.
var ranks = wordSet(rankList, strings.ToLower)

// isRole reports whether s says what somebody is.
func isRole(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		w = strings.Trim(w, ".,:'’")
		if roles[w] || slices.ContainsFunc(roleEnds, func(end string) bool { return len(w) > len(end) && strings.HasSuffix(w, end) }) {
			return true
		}
	}
	return false
}

// roleEnds are the last parts of compounds such as "Politikredakteurin".
var roleEnds = []string{"redakteur", "redakteurin", "korrespondent", "korrespondentin", "reporter", "reporterin", "redacteur", "redaktør", "redaktör", "verslaggever",
	"leiter", "leiterin", "sprecher", "sprecherin", "referent", "referentin"}
