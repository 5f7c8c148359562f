package selectors

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/internal/wording"
)

// A part is the beginning of a word that a joint phrase asks for.
type part struct {
	text string
	head int // see wording.Head; -1 for a part too short for one
}

func (s *phraseSet) addJoint(texts []string) error {
	var parts []part
	for _, text := range texts {
		if text = strings.ToLower(strings.TrimSpace(text)); text == "" {
			return errors.New("has an empty part")
		}
		p := part{text, -1}
		if len(text) >= wording.HeadBytes {
			p.head = wording.Head(text)
		}
		parts = append(parts, p)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(len(b.text), len(a.text)) })
	s.joint = append(s.joint, parts)
	return nil
}

// Joint reports whether all parts of a phrase of that use stand in folded (by FoldPhrase),
// each at the beginning of a word.
func (r *Rules) Joint(use Use, folded string) bool {
	set := r.phrases[use]
	if set == nil {
		return false
	}
	var heads heads
	heads.note(folded)
	return slices.ContainsFunc(set.joint, func(parts []part) bool {
		return !slices.ContainsFunc(parts, func(p part) bool {
			return p.head >= 0 && !heads[p.head] || !beginsWord(folded, p.text)
		})
	})
}

// heads are the values of wording.Head that the words of a line have.
type heads [wording.Heads]bool

// note notes which heads words of s have: few parts need a search. Signs, and letters
// beyond ASCII, some of scripts without spaces, may begin a word anywhere.
func (h *heads) note(s string) {
	before := byte(' ')
	for i := range len(s) - min(len(s), wording.HeadBytes-1) {
		c := s[i]
		if c >= utf8.RuneSelf || !asciiLetter(before) || !asciiLetter(c) {
			h[wording.Head(s[i:])] = true
		}
		before = c
	}
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// beginsWord reports whether part stands in s where a word begins, or anywhere in
// scripts without spaces.
func beginsWord(s, part string) bool {
	first, _ := utf8.DecodeRuneInString(part)
	for at := 0; ; {
		i := strings.Index(s[at:], part)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at+i])
		if !spaced(first) || !unicode.IsLetter(before) {
			return true
		}
		at += i + len(part)
	}
}
