// Package words is an index of texts by their words: which texts hold a word, in which
// of three fields and where. So words, beginnings of words and phrases are found, and
// told how relevant a text is to them.
//
// A Part holds texts that were numbered one after another. It is written as leaves: its
// words in their order with the places of each. Parts are searched one by one, the last
// texts first, so that a question stops where it has found enough: words that are in
// nearly all texts cost the least. Where leaves are kept is not known here.
package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Split gives the words of s: runs of letters and digits, in lower case and without
// accents. Each letter of a script without spaces is a word of its own.
func Split(s string, yield func(word []byte)) {
	word := make([]byte, 0, 64)
	end := func() {
		if len(word) > 0 {
			yield(word)
			word = word[:0]
		}
	}
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			word = append(word, byte(r))
		case 'A' <= r && r <= 'Z':
			word = append(word, byte(r)+'a'-'A')
		case r < 0x80:
			end()
		case Unspaced(r):
			end()
			if Wordy(r) {
				word = append(word, string(r)...)
				end()
			}
		case Wordy(r):
			word = fold(word, r)
		case !unicode.Is(unicode.M, r):
			end()
		case !unicode.In(r, bareScripts...) && len(word) > 0:
			word = append(word, string(r)...) // a vowel
		}
	}
	end()
}

// Holds reports whether s has a word.
func Holds(s string) bool { return strings.ContainsFunc(s, Wordy) }

// Wordy reports what words are made of.
func Wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// fold appends a letter in lower case without its accents.
func fold(word []byte, r rune) []byte {
	for _, r := range string(norm.NFD.AppendString(nil, string(r))) {
		if !unicode.Is(unicode.Mn, r) || !unicode.In(r, bareScripts...) {
			word = append(word, string(unicode.ToLower(unicode.ToUpper(r)))...)
		}
	}
	return word
}

// bareScripts are those whose marks are accents, or vowels that are as often left out.
// Marks of other scripts are vowels that make another word.
var bareScripts = []*unicode.RangeTable{unicode.Inherited, unicode.Common, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac}

// Unspaced reports characters of scripts that do not separate words by spaces. Trigrams
// would not find the many words of two characters.
func Unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Hangul)
}
