package discover

import (
	"net/url"
	"strings"
	"unicode"

	"newsarchive/internal/address"
	"newsarchive/internal/wording"
	"newsarchive/page"
)

// maxLabel is how long the name of a section may be: three words, or seven letters of
// a script that writes a word with one or two, or 21 of another without spaces.
const (
	maxLabel        = 3
	maxLabelLetters = 21
)

// label reports a text that may name a section.
func label(text string) bool {
	if n := len(strings.Fields(text)); n == 0 || n > maxLabel {
		return false
	}
	letters := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Hangul, unicode.Bopomofo):
			letters += 3
		case wording.Spaceless(r): // Katakana, Thai and the like spell words out
			letters++
		}
	}
	return letters <= maxLabelLetters
}

// numberedHeads is how many headlines make an address with another number that of an article.
const numberedHeads = 3

// numbered returns the addresses of headlines, without their digits, that stand on a page
// with so many numbers that all of their form are those of articles.
func numbered(links []page.Link) map[string]bool {
	seen, heads := map[string]bool{}, map[string]int{}
	for _, l := range links {
		key := address.Key(l.URL)
		if form := numberless(key); headline(l.Text) && form != key && !seen[key] {
			seen[key] = true
			heads[form]++
		}
	}
	of := map[string]bool{}
	for form, n := range heads {
		of[form] = n >= numberedHeads
	}
	return of
}

// numberless is an address with <n> for each run of digits after its host.
func numberless(key string) string {
	u, err := url.Parse(key)
	if err != nil {
		return key
	}
	start := strings.Index(key, u.Host) + len(u.Host)
	var b strings.Builder
	b.WriteString(key[:start])
	digit := false
	for _, r := range key[start:] {
		now := r >= '0' && r <= '9'
		switch {
		case !now:
			b.WriteRune(r)
		case !digit:
			b.WriteString("<n>")
		}
		digit = now
	}
	return b.String()
}
