package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/internal/wording"
)

// sentences splits a text at its lines and at the ends of sentences. Each is on
// one line with single spaces.
func sentences(text string) (list []string) {
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		for line != "" {
			n := sentenceEnd(line)
			list = append(list, strings.TrimSpace(line[:n]))
			line = strings.TrimSpace(line[n:])
		}
	}
	return list
}

// sentenceEnd returns where the first sentence of the line ends.
func sentenceEnd(line string) int {
	for i, r := range line {
		end := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("。！？", r):
			return end + closing(line[end:])
		case strings.ContainsRune(".!?…", r):
			end += closing(line[end:])
			if r == '.' && abbreviated(line[:i]) || !begins(line[end:]) {
				continue
			}
			return end
		}
	}
	return len(line)
}

// closing counts the bytes of quotes, brackets and further marks.
func closing(s string) int {
	return len(s) - len(strings.TrimLeft(s, `.!?…"'”’»)]」』`))
}

// begins reports whether a sentence may begin behind the mark.
func begins(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	if trimmed == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(trimmed, `"'“‘„«([¿¡`))
	return len(trimmed) < len(rest) && !unicode.IsLower(r)
}

// abbreviations end in a point within a sentence, as single letters do.
var abbreviations = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "no": true, "vs": true,
	"sen": true, "rep": true, "gov": true, "gen": true, "col": true, "lt": true, "jr": true, "sr": true, "inc": true, "ltd": true,
	"jan": true, "feb": true, "aug": true, "sept": true, "oct": true, "nov": true, "dec": true, "sra": true, "nr": true, "bzw": true, "ca": true}

func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " .(\"“")+1:]
	return utf8.RuneCountInString(word) == 1 && !unicode.IsDigit(rune(word[0])) || abbreviations[strings.ToLower(word)]
}

// wordsOf splits a sentence into runs of letters and digits; points and commas
// between digits belong to a number.
func wordsOf(s string) (list []string) {
	runes := []rune(s)
	start := -1
	for i := 0; i <= len(runes); i++ {
		inside := i < len(runes) && (wordy(runes[i]) || inWord(runes, i))
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			list = append(list, string(runes[start:i]))
			start = -1
		}
		if inside && wording.Joined(runes[i]) { // each is a word
			if start < i {
				list = append(list, string(runes[start:i]))
			}
			list, start = append(list, string(runes[i])), -1
		}
	}
	return list
}

// inWord reports a mark between two digits or an apostrophe between two letters.
func inWord(runes []rune, i int) bool {
	if i == 0 || i+1 >= len(runes) {
		return false
	}
	before, after := runes[i-1], runes[i+1]
	switch runes[i] {
	case '.', ',', ':':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	}
	return unicode.Is(unicode.Mn, runes[i])
}
