package selectors

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/internal/wording"
)

// A Use says what a phrase does.
type Use string

// The uses of phrases.
const (
	Headings     Use = "headings" // opens a box of links to other articles
	CommentHeads Use = "comments" // opens the readers' comments
	Lines        Use = "lines"    // a line of service in the article: goes alone
	Credits      Use = "credits"  // opens a line, of any length, that names who worked on the article
	Notices      Use = "notices"  // words that together make a sentence a notice of the house
	Labels       Use = "labels"   // stands before a colon in a line of date, author and section
)

var uses = []Use{Headings, CommentHeads, Lines, Credits, Notices, Labels}

// A phraseSet finds phrases: whole, at the head of a line, or several in one line.
type phraseSet struct {
	exact  map[string]bool
	prefix map[string][]string // by the first bytes, see headOf
	joint  [][]part            // all stand in a line, the rarest first
}

func (s *phraseSet) add(phrase string) error {
	if strings.Contains(phrase, "+") {
		return s.addJoint(strings.Split(phrase, "+"))
	}
	head, isPrefix := strings.CutSuffix(phrase, "*")
	folded := FoldPhrase(head)
	if folded == "" {
		return errors.New("has no letter")
	}
	if !isPrefix {
		s.exact[folded] = true
		return nil
	}
	first := headOf(folded)
	if strings.HasSuffix(head, ":") || strings.HasSuffix(head, "：") {
		folded += ":" // "photo:" is no word of a sentence
	}
	s.prefix[first] = append(s.prefix[first], folded)
	return nil
}

// headOf returns the bytes by which phrases are kept apart: so many that few share them.
func headOf(s string) string { return s[:min(len(s), headBytes)] }

const headBytes = 3

// FoldPhrase returns s in lower case, on one line, without what surrounds its
// letters and digits, as phrases are compared.
func FoldPhrase(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '©' && r != 'ⓒ' && r != '▶' && r != '☞'
	})
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	s = wording.Unaccented(s)
	if singleBlanks(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// singleBlanks reports whether all white space in s, which neither begins nor ends with
// any, is single blanks.
func singleBlanks(s string) bool {
	before := rune(0)
	for _, r := range s {
		if (r != ' ' || before == ' ') && unicode.IsSpace(r) {
			return false
		}
		before = r
	}
	return true
}

// Phrase reports whether folded (by FoldPhrase) is or begins with a phrase of that use.
func (r *Rules) Phrase(use Use, folded string) bool { return r.PhraseLen(use, folded) > 0 }

// PhraseLen returns the length of the longest phrase of that use which folded (by
// FoldPhrase) is or begins with, in characters, of which those of scripts without spaces
// count as three, Korean syllables as two; 0 if there is none.
func (r *Rules) PhraseLen(use Use, folded string) int {
	set := r.phrases[use]
	if set == nil || folded == "" {
		return 0
	}
	if set.exact[folded] {
		return phraseLen(folded)
	}
	longest := ""
	for n := 1; n <= len(headOf(folded)); n++ {
		for _, p := range set.prefix[folded[:n]] {
			if len(p) > len(longest) && hasPhrase(folded, p) {
				longest = p
			}
		}
	}
	return phraseLen(longest)
}

func phraseLen(s string) (n int) {
	for _, r := range s {
		n++
		if unicode.IsLetter(r) && !spaced(r) {
			n++
			if !unicode.Is(unicode.Hangul, r) {
				n++
			}
		}
	}
	return n
}

// CountLabels returns how many phrases of the use Labels stand before a colon in folded.
func (r *Rules) CountLabels(folded string) (n int) {
	set := r.phrases[Labels]
	if set == nil {
		return 0
	}
	parts := strings.FieldsFunc(folded, func(r rune) bool { return r == ':' || r == '：' })
	for _, part := range parts[:max(len(parts)-1, 0)] {
		for words := strings.Fields(part); len(words) > 0; words = words[1:] {
			if len(words) <= 3 && set.exact[FoldPhrase(strings.Join(words, " "))] {
				n++
				break
			}
		}
	}
	return n
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
func spaced(r rune) bool { return unicode.IsLetter(r) && !wording.Joined(r) }
