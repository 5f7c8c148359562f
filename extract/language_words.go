package extract

import (
	_ "embed" // for the small words of languages
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

//go:embed data/stopwords.txt
var stopwordList string

// stopwordLanguages are the languages of stopwordList, and stopwords what each of their small
// words is of: a bit for each language.
var stopwordLanguages, stopwords = readStopwords(stopwordList)

func readStopwords(list string) (langs []string, words map[string]uint64) {
	words = map[string]uint64{}
	for _, line := range listOf(list) {
		fields := strings.Fields(line)
		for _, w := range fields[1:] {
			words[w] |= 1 << len(langs)
		}
		langs = append(langs, fields[0])
	}
	return langs, words
}

// surelyShare is how many of a text's words, in percent, must be small words that the language
// has alone of two. Of its own language every text has more, of a near relative it has fewer.
const surelyShare = 12

// enoughToDoubt and enoughToOverrule are how many letters a text must have before its words
// speak against the declared language, and before they win.
const (
	enoughToDoubt    = 400
	enoughToOverrule = 800
)

// plainlyOther returns the language of a text if it is plainly another one than the declared,
// and how sure that is in percent, 0 if not enough to overrule it. The detector costs as much
// as a whole page: it is asked only where the small words are those of another language.
func plainlyOther(declared, text string, s *scripts) (tag string, confidence int) {
	if s.letters < enoughToDoubt {
		return "", 0
	}
	candidate := otherSmallWords(declared, text[:s.bytes])
	if candidate != "" && len(text) > 2*s.bytes { // it may begin with what is not its own
		from := cutAt(text, len(text)/2)
		if otherSmallWords(declared, text[from:cutAt(text, from+s.bytes)]) != candidate {
			return "", 0
		}
	}
	if candidate == "" || s.letters < enoughToOverrule {
		return candidate, 0
	}
	info := whatlanggo.Detect(text[:s.bytes])
	if info.Confidence < 0.8 || sameLanguage(shortTag(info.Lang)) != candidate {
		return candidate, 0
	}
	return candidate, int(min(info.Confidence, 0.95) * 100)
}

// otherSmallWords returns the language whose small words a text has, if those that the
// declared language has not are four times as many as those that only the declared has.
func otherSmallWords(declared, text string) string {
	primary, _, _ := strings.Cut(declared, "-")
	own := slices.Index(stopwordLanguages, sameLanguage(primary))
	if own < 0 {
		return ""
	}
	var buf [256]uint64
	hits, total := wordHits(text, buf[:0])
	var counts [64]int
	best := own
	for _, of := range hits {
		for ; of != 0; of &= of - 1 {
			if i := bits.TrailingZeros64(of); i != own {
				counts[i]++
			}
		}
	}
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	mine, theirs := 0, 0
	for _, of := range hits {
		mine += int(of >> own &^ (of >> best) & 1)
		theirs += int(of >> best &^ (of >> own) & 1)
	}
	if 100*theirs < surelyShare*total || theirs < 4*mine {
		return ""
	}
	return stopwordLanguages[best]
}

// wordHits appends of which languages each small word of a text is, and counts all words.
func wordHits(text string, hits []uint64) ([]uint64, int) {
	var buf [32]byte
	word, total := buf[:0], 0
	for i := 0; i <= len(text); {
		r, n := ' ', 1
		if i < len(text) {
			if r = rune(text[i]); r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[i:])
			}
		}
		i += n
		switch {
		case r < utf8.RuneSelf && 'a' <= r|0x20 && r|0x20 <= 'z':
			if len(word) < cap(word)-utf8.UTFMax {
				word = append(word, byte(r|0x20))
			}
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
			if len(word) < cap(word)-utf8.UTFMax {
				word = utf8.AppendRune(word, unicode.ToLower(r))
			}
		case len(word) > 0:
			if total++; len(word) < 12 {
				if of := stopwords[string(word)]; of != 0 {
					hits = append(hits, of)
				}
			}
			word = word[:0]
		}
	}
	return hits, total
}

// sameLanguage gives tags that mean one language here the same form.
func sameLanguage(tag string) string {
	switch tag {
	case "nb", "nn":
		return "no"
	case "bs", "sh", "sr":
		return "hr"
	}
	return tag
}
