package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// otherScript returns the language of a text that is not written in a script of the
// declared one; "" where it is, or where the text is too short to tell.
func otherScript(declared, text string, s *scripts) string {
	if s.letters < enoughLetters && s.tag() == "" {
		return ""
	}
	want := scriptsOf(declared)
	if want == nil || 10*lettersIn(text[:s.bytes], want) > s.letters {
		return ""
	}
	tag, _ := guessLanguage(text)
	return tag
}

// twoScripts are languages that are written in more than one.
var twoScripts = wordSet("az\nbs\nha\nkk\nks\nku\nky\nmn\nms\npa\nsd\nsh\nsr\ntg\ntk\ntt\nug\nuz\nyi", strings.ToLower)

// scriptsOf returns the scripts of a language's letters, for Japanese those that Chinese
// has not; nil if that is not known.
func scriptsOf(tag string) []*unicode.RangeTable {
	t, err := language.Parse(tag)
	if err != nil {
		return nil
	}
	base, _ := t.Base()
	script, confidence := t.Script()
	if confidence < language.High || confidence < language.Exact && twoScripts[base.String()] {
		return nil
	}
	switch name := script.String(); name {
	case "Hans", "Hant":
		return []*unicode.RangeTable{unicode.Han, unicode.Bopomofo}
	case "Jpan":
		return []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}
	case "Kore":
		return []*unicode.RangeTable{unicode.Hangul}
	default:
		if table := unicode.Scripts[scriptNames[name]]; table != nil {
			return []*unicode.RangeTable{table}
		}
	}
	return nil
}

// scriptNames are the names of scripts (ISO 15924) in Unicode's tables.
var scriptNames = map[string]string{
	"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic", "Grek": "Greek", "Hebr": "Hebrew", "Thai": "Thai", "Deva": "Devanagari",
	"Geor": "Georgian", "Armn": "Armenian", "Taml": "Tamil", "Telu": "Telugu", "Knda": "Kannada", "Mlym": "Malayalam", "Gujr": "Gujarati",
	"Guru": "Gurmukhi", "Sinh": "Sinhala", "Khmr": "Khmer", "Laoo": "Lao", "Mymr": "Myanmar", "Beng": "Bengali", "Ethi": "Ethiopic",
}

// lettersIn counts the letters of text that are of one of the scripts.
func lettersIn(text string, scripts []*unicode.RangeTable) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) && unicode.In(r, scripts...) {
			n++
		}
	}
	return n
}
