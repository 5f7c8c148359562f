package extract

import (
	"cmp"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"newsarchive/page"
)

// enoughLetters is how many letters a text must have before its language is guessed:
// below, short words of neighbours such as Danish and Norwegian mislead.
const enoughLetters = 200

// fillLanguage sets the language of a row that declares none by its text, and of one that
// declares a language which is not written in the script of the text or is plainly another.
func fillLanguage(row *page.Row) {
	if row.Language != "" {
		s := countScripts(row.Text)
		if tag := otherScript(row.Language, row.Text, &s); tag != "" {
			row.Language, row.LanguageConfidence, row.LanguageSource = tag, 90, "text"
			row.Warnings = append(row.Warnings, "language_mismatch")
		} else if tag, confidence := plainlyOther(row.Language, row.Text, &s); tag != "" {
			row.Warnings = append(row.Warnings, "language_mismatch")
			if confidence > 0 {
				row.Language, row.LanguageConfidence, row.LanguageSource = tag, confidence, "text"
			}
		}
		return
	}
	if tag, confidence := guessLanguage(row.Text); tag != "" {
		row.Language, row.LanguageConfidence, row.LanguageSource = tag, confidence, "text"
	}
}

// guessLanguage returns the language of a text by its script, where one language has
// it to itself, or by its words, and how sure that is in percent. It returns "" for
// a text that is too short or of which it cannot tell.
func guessLanguage(text string) (tag string, confidence int) {
	s := countScripts(text)
	if tag := s.tag(); tag != "" {
		return tag, 90
	}
	if s.letters < enoughLetters {
		return "", 0
	}
	info := whatlanggo.Detect(text[:s.bytes])
	if info.Confidence < 0.5 {
		return "", 0
	}
	return shortTag(info.Lang), int(min(info.Confidence, 0.95) * 100)
}

// shortTag returns the shortest subtag of a language (BCP 47). Two are detected by
// ISO 639-3 codes of one of their varieties.
func shortTag(l whatlanggo.Lang) string {
	switch l {
	case whatlanggo.Pes:
		return "fa"
	case whatlanggo.Ydd:
		return "yi"
	}
	return cmp.Or(l.Iso6391(), l.Iso6393())
}

// The scripts that tell a language, and it; Han and kana are judged together.
var tellingScripts = [...]struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Han, "zh"}, {unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Thai, "th"}, {unicode.Greek, "el"},
	{unicode.Hebrew, "he"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Kannada, "kn"},
	{unicode.Malayalam, "ml"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"}, {unicode.Sinhala, "si"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"},
	{unicode.Myanmar, "my"}, {unicode.Bengali, "bn"},
}

// scripts counts the letters of a text: all, and those of each telling script.
type scripts struct {
	letters int
	bytes   int // that they stand in
	of      [len(tellingScripts)]int
}

// guessWithin is how many letters tell the language. The detector ranks all trigrams
// of a text but knows 300 of each language: with those of a long text its distances
// grow beyond all bounds, and its confidence falls below nothing.
const guessWithin = 1000

func countScripts(text string) (s scripts) {
	s.bytes = len(text)
	for i, r := range text {
		if s.letters == guessWithin {
			s.bytes = i
			break
		}
		if !unicode.IsLetter(r) {
			continue
		}
		s.letters++
		if r < 0x370 { // Latin
			continue
		}
		for i := range tellingScripts {
			if unicode.Is(tellingScripts[i].table, r) {
				s.of[i]++
				break
			}
		}
	}
	return s
}

// tag returns the language that owns most of the letters, "" if none does. Han
// characters are Japanese where kana stand among them, else Chinese.
func (s *scripts) tag() string {
	const enough = 20
	han, kana := s.of[0], s.of[1]+s.of[2]
	if han+kana >= enough && (han+kana)*2 > s.letters {
		if kana*20 > han+kana {
			return "ja"
		}
		return "zh"
	}
	for i := 3; i < len(s.of); i++ {
		if s.of[i] >= enough && s.of[i]*2 > s.letters {
			return tellingScripts[i].tag
		}
	}
	return ""
}
