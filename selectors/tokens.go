package selectors

import (
	"errors"
	"strings"
)

// A lexicon knows the words that class names are made of, by their first word,
// and under inside the parts of words that were run together.
type lexicon map[string][]entry

// inside is the key of the entries whose only word may stand inside of another.
const inside = "*"

type entry struct {
	rest  []string // the words that must follow
	alone bool     // they must be the whole name
	kind  Kind
}

func (l lexicon) add(token string, kind Kind) error {
	name, alone := strings.CutPrefix(token, "=")
	words := strings.Fields(name)
	if len(words) == 0 {
		return errors.New("is empty")
	}
	if token != strings.ToLower(token) {
		return errors.New("is not lower case")
	}
	if part, ok := strings.CutPrefix(name, inside); ok {
		return l.addPart(strings.TrimSuffix(part, inside), kind)
	}
	l[words[0]] = append(l[words[0]], entry{words[1:], alone, kind})
	return nil
}

// partLen is how long a part of a word is at least, in bytes: shorter ones stand
// in too many others.
const partLen = 6

func (l lexicon) addPart(part string, kind Kind) error {
	if len(part) < partLen || strings.Contains(part, " ") {
		return errors.New("is no single word of six letters")
	}
	l[inside] = append(l[inside], entry{rest: []string{part}, kind: kind})
	return nil
}

// ByName returns the kinds that the words of a class or id attribute stand for.
// Names are split at everything that is no letter or digit, and before capitals.
func (r *Rules) ByName(name string) Kind {
	if len(name) > maxName {
		return 0
	}
	var k Kind
	var room [24]string
	words := splitName(room[:0], name)
	for i, word := range words {
		var known []entry
		if r.outline.may(word) {
			known = r.tokens[word]
		}
		if known == nil && len(word) > partLen {
			k |= r.tokens.byPart(word)
		}
		for _, e := range known {
			end := i + 1 + len(e.rest)
			if follows(words[i+1:], e.rest) && (!e.alone || standsAlone(words, i, end)) && !qualified(words, i, end) {
				k |= e.kind
			}
		}
	}
	return k
}

// byPart returns the kinds of the parts that word holds.
func (l lexicon) byPart(word string) (k Kind) {
	for _, e := range l[inside] {
		if strings.Contains(word, e.rest[0]) {
			k |= e.kind
		}
	}
	return k
}

// maxName bounds the attributes that are looked at, in bytes.
const maxName = 1 << 10

func follows(words, rest []string) bool {
	if len(rest) > len(words) {
		return false
	}
	for i, w := range rest {
		if words[i] != w {
			return false
		}
	}
	return true
}

// qualified reports whether words[i:j] only say what something has, lacks or allows
// ("has-sidebar", "ad-free", "comments-enabled"), not what it is.
func qualified(words []string, i, j int) bool {
	if i > 0 {
		switch words[i-1] {
		case "has", "with", "no", "not", "without", "hide", "enable", "disable":
			return true
		}
	}
	if j < len(words) {
		switch words[j] {
		case "free", "enabled", "disabled", "open", "allowed":
			return true
		}
	}
	return false
}

// standsAlone reports whether words[i:j] are all words of one name.
func standsAlone(words []string, i, j int) bool {
	return (i == 0 || words[i-1] == "") && (j == len(words) || words[j] == "")
}

// splitName cuts "article__relatedLinks-2" into article, related, links, 2. An
// empty word stands between two names of a list, so that no token spans both. What
// stands before a colon says when the rest holds ("print:block"), and is left out.
// The words are appended to words.
func splitName(words []string, name string) []string {
	start := -1
	for i := range len(name) {
		c := name[i]
		switch {
		case alphanumeric(c):
			if start < 0 {
				start = i
			} else if c >= 'A' && c <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z' {
				words = append(words, strings.ToLower(name[start:i]))
				start = i
			}
			continue
		case start >= 0:
			words = append(words, strings.ToLower(name[start:i]))
			start = -1
		}
		switch c {
		case ' ', '\t', '\n':
			words = append(words, "")
		case ':':
			words = words[:lastBorder(words)]
		}
	}
	if start >= 0 {
		words = append(words, strings.ToLower(name[start:]))
	}
	return words
}

// lastBorder returns where the last name in words begins.
func lastBorder(words []string) int {
	for i := len(words); i > 0; i-- {
		if words[i-1] == "" {
			return i
		}
	}
	return 0
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
