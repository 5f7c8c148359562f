package extract

import (
	_ "embed" // for the names of the months
	"slices"
	"strings"
	"time"

	"newsarchive/internal/wording"
)

//go:embed data/months.txt
var monthNames string

// months maps the names of the months to their number, by language. The language
// "" knows those on which all languages agree.
var months = readMonths(monthNames)

func readMonths(table string) map[string]map[string]int {
	all := map[string]map[string]int{"": {}}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) != 13 || fields[0] == "#" {
			continue
		}
		own := map[string]int{}
		for i, spellings := range fields[1:] {
			for name := range strings.SplitSeq(spellings, ",") {
				own[strings.ReplaceAll(name, "_", " ")] = i + 1
				if fields[0] == "el" { // in capitals Greek leaves its accents out
					own[wording.Unaccented(name)] = i + 1
				}
			}
		}
		all[fields[0]] = own
		for name, month := range own {
			if before, ok := all[""][name]; ok && before != month {
				month = -1 // they do not agree
			}
			all[""][name] = month
		}
	}
	return all
}

// monthOf returns the number of the month that a word names in a language, 0 if none.
func monthOf(word, lang string) int {
	word = strings.TrimSuffix(word, ".")
	if n := months[lang][word]; n > 0 {
		return n
	}
	if n := months["en"][word]; n > 0 && months[""][word] != -1 {
		return n
	}
	return max(0, months[""][word])
}

// A dateReader knows how a page writes dates.
type dateReader struct {
	lang       string // primary language subtag, "" if unknown
	monthFirst bool   // 1/2/2026 is the second of January
	country    string // in two small letters, where it is clear
}

// dateReader knows how the page writes dates.
func (m *metadata) dateReader(d *document) dateReader {
	return dateReader{lang: m.primaryLanguage(d), monthFirst: monthFirst(m, d), country: country(m, d)}
}

// read finds the first date in text that people read, and the time of day behind
// it. It reports false for a text without one.
func (r dateReader) read(text string) (stamp, bool) {
	w := words(text)
	for i := range w {
		day, n := r.date(w[i:])
		if n == 0 {
			continue
		}
		s := stamp{time: day, precision: "day", raw: oneLine(text), zoned: false}
		if !plausible(day) {
			continue
		}
		if !s.addTime(r.beforeDate(w[i+n:]), w[i+n-1].text, r) {
			s.addTime(w[:i], "", r) // "9:40, 21 November 2026"
		}
		return s, true
	}
	return stamp{}, false
}

// beforeDate returns the words before the next date, whose time of day is not that of the one
// before it.
func (r dateReader) beforeDate(w []dateWord) []dateWord {
	for i := range w {
		if _, n := r.date(w[i:]); n > 0 && slices.ContainsFunc(w[i:i+n], func(d dateWord) bool { return d.num > 0 && len(d.text) == 4 }) {
			return w[:i]
		}
	}
	return w
}

// date reads a date at the head of w and says how many words it took, 0 if there is none.
func (r dateReader) date(w []dateWord) (time.Time, int) {
	if len(w) < 3 {
		return time.Time{}, 0
	}
	for _, form := range [...]func([]dateWord) (y, m, d, n int){eastern, eraYear, r.baltic, r.solar, r.yearFirst, r.dayMonthYear, r.monthDayYear, r.numeric} {
		if y, m, d, n := form(w); n > 0 && validDay(y, m, d) {
			return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), n
		}
	}
	return time.Time{}, 0
}
