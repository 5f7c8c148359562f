package extract

import (
	"regexp"
	"strings"
)

// workplace is what follows a name to say from where or for whom somebody writes.
var workplace = regexp.MustCompile(`\s(?:in|for|at)\s+\p{Lu}.*$`)

// withoutRole returns the name of two or more words before what its bearer is, as in
// "Ana Ruiz Staff Writer", or s.
func withoutRole(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i < 2 || !isRole(w) || strings.EqualFold(words[i-1], "the") {
			continue
		}
		if rank := strings.ToLower(words[i-1]); i > 2 && (collectives[rank] || ranks[rank]) {
			i--
		}
		return strings.Join(words[:i], " ")
	}
	if name, ok := strings.CutSuffix(s, " 기자"); ok {
		return name
	}
	return s
}

var ranks = wordSet("senior\nchief\nspecial\npolitical\nguest\nlead\nnational\nassistant", strings.ToLower)

// isRole reports whether s says what somebody is.
func isRole(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if roles[strings.Trim(w, ".,'’")] {
			return true
		}
	}
	return false
}
