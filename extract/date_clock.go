package extract

import (
	"strings"
	"time"
)

// addTime reads the time of day among the first words of w, and reports whether there
// is one. The word before the hours may say which half of the day they are of.
func (s *stamp) addTime(w []dateWord, before string, r dateReader) bool {
	for i := 0; i+1 < len(w) && i < 5; i++ {
		if i > 0 {
			before = w[i-1].text
		}
		h, m, rest := w[i], w[i+1], w[i+2:]
		if h.num >= 0 && h.num <= 24 && len(h.text) <= 2 && m.text == "uhr" {
			s.precision = "minute"
			s.time = s.time.Add(time.Duration(h.num) * time.Hour)
			return true
		}
		if hourMark(m.text) && len(rest) > 0 {
			h.mark, m, rest = 'h', rest[0], rest[1:]
		}
		if h.num < 0 || h.num > 24 || len(h.text) > 2 || m.num < 0 || m.num > 59 || len(m.text) != 2 {
			continue
		}
		if h.mark != ':' && h.mark != '.' && h.mark != 'h' {
			continue
		}
		hour := h.num
		s.precision = "minute"
		seconds := 0
		if m.mark == ':' && len(rest) > 0 && rest[0].num >= 0 && rest[0].num < 60 {
			seconds, rest = rest[0].num, rest[1:]
			s.precision = "second"
		}
		hour = easternHour(twelveHour(hour, rest), before)
		s.time = s.time.Add(time.Duration(hour)*time.Hour + time.Duration(m.num)*time.Minute + time.Duration(seconds)*time.Second)
		s.addZone(rest, r)
		return true
	}
	return false
}

// easternHour returns the hour of the day, given the word before the hours.
func easternHour(hour int, before string) int {
	switch {
	case hour > 12:
	case strings.HasSuffix(before, "午後"), strings.HasSuffix(before, "下午"), strings.HasSuffix(before, "晚上"), strings.HasSuffix(before, "오후"):
		return hour%12 + 12
	case strings.HasSuffix(before, "午前"), strings.HasSuffix(before, "上午"), strings.HasSuffix(before, "오전"):
		return hour % 12
	}
	return hour
}

// hourMark reports the words that stand between hours and minutes.
func hourMark(word string) bool {
	switch word {
	case "h", "時", "时", "点", "點", "시", "ч":
		return true
	}
	return false
}

// twelveHour returns the hour of the day, given what follows the minutes.
func twelveHour(hour int, rest []dateWord) int {
	if len(rest) == 0 || hour > 12 {
		return hour
	}
	half := rest[0].text
	if (half == "p" || half == "a" || half == "μ") && len(rest) > 1 && (rest[1].text == "m" || rest[1].text == "μ") {
		half += rest[1].text
	}
	switch {
	case afterNoon[half] && hour < 12:
		return hour + 12
	case half == "am" && hour == 12:
		return 0
	}
	return hour
}

// afterNoon are the words behind a time that say that it is of the second half of the day.
var afterNoon = wordSet("pm\nμμ\nمساء\nم\nmalam\npetang\nsore\nchiều\ntối", strings.ToLower)

// addZone takes the offset that a zone's letters among the next words mean.
func (s *stamp) addZone(rest []dateWord, r dateReader) {
	for i, w := range rest[:min(len(rest), 3)] {
		letters := strings.ToUpper(w.text)
		seconds, ok := r.zone(letters, s.time)
		if !ok || len(letters) < 2 {
			continue
		}
		if seconds == 0 && i+1 < len(rest) && rest[i+1].num >= 0 && rest[i+1].num <= 14 && w.mark == '+' { // GMT+7
			seconds = rest[i+1].num * 3600
		}
		s.time = s.time.Add(-time.Duration(seconds) * time.Second).In(time.FixedZone(letters, seconds))
		s.zoned = true
		return
	}
}

// hour reads a text that gives a time of day only, of the day of another stamp and by its
// clock.
func (r dateReader) hour(text string, of stamp) (stamp, bool) {
	y, month, day := of.time.Date()
	s := stamp{time: time.Date(y, month, day, 0, 0, 0, 0, time.UTC), raw: oneLine(text)}
	w := words(text)
	for i := range w {
		if w[i].num >= 0 {
			if !s.addTime(w[i:], "", r) {
				return stamp{}, false
			}
			break
		}
	}
	if _, offset := of.time.Zone(); !s.zoned && of.zoned {
		s.time, s.zoned = s.time.Add(-time.Duration(offset)*time.Second).In(of.time.Location()), true
	}
	return s, s.precision != ""
}
