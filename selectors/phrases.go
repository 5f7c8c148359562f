package selectors

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Use says what a phrase does.
type Use string

// The uses of phrases.
const (
	Headings     Use = "headings" // opens a box of links to other articles
	CommentHeads Use = "comments" // opens the readers' comments
	Lines        Use = "lines"    // a line of service in the article: goes alone
)

var uses = []Use{Headings, CommentHeads, Lines}

// A phraseSet finds phrases: whole, or at the head of a line.
type phraseSet struct {
	exact  map[string]bool
	prefix map[rune][]string // by first character
}

func (s *phraseSet) add(phrase string) error {
	head, isPrefix := strings.CutSuffix(phrase, "*")
	folded := FoldPhrase(head)
	if folded == "" {
		return errors.New("has no letter")
	}
	if !isPrefix {
		s.exact[folded] = true
		return nil
	}
	r, _ := utf8.DecodeRuneInString(folded)
	if strings.HasSuffix(head, ":") || strings.HasSuffix(head, "：") {
		folded += ":" // "photo:" is no word of a sentence
	}
	s.prefix[r] = append(s.prefix[r], folded)
	return nil
}

// FoldPhrase returns s in lower case, on one line, without what surrounds its
// letters and digits, as phrases are compared.
func FoldPhrase(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '©' && r != 'ⓒ' && r != '▶' && r != '☞'
	})
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	return strings.Join(strings.Fields(s), " ")
}

// Phrase reports whether folded (by FoldPhrase) is or begins with a phrase of that use.
func (r *Rules) Phrase(use Use, folded string) bool { return r.PhraseLen(use, folded) > 0 }

// PhraseLen returns the length, in bytes, of the longest phrase of that use which
// folded (by FoldPhrase) is or begins with; 0 if there is none.
func (r *Rules) PhraseLen(use Use, folded string) int {
	set := r.phrases[use]
	if set == nil || folded == "" {
		return 0
	}
	if set.exact[folded] {
		return len(folded)
	}
	longest := 0
	head, _ := utf8.DecodeRuneInString(folded)
	for _, p := range set.prefix[head] {
		if len(p) > longest && hasPhrase(folded, p) {
			longest = len(p)
		}
	}
	return longest
}

// hasPhrase reports that s begins with p and that p ends where a word does.
func hasPhrase(s, p string) bool {
	if word, ok := strings.CutSuffix(p, ":"); ok {
		rest, ok := strings.CutPrefix(s, word)
		rest = strings.TrimLeft(rest, " ")
		return ok && (rest == "" || rest[0] == ':' || strings.HasPrefix(rest, "："))
	}
	rest, ok := strings.CutPrefix(s, p)
	if !ok || rest == "" {
		return ok
	}
	last, _ := utf8.DecodeLastRuneInString(p)
	next, _ := utf8.DecodeRuneInString(rest)
	return !spaced(last) || !unicode.IsLetter(next)
}

// spaced reports letters of scripts that put spaces between words.
func spaced(r rune) bool {
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer)
}
