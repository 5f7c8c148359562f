package extract

import (
	_ "embed" // for the names of the months
	"strings"
	"time"
)

func validDay(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= 31 && time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}

// eastern reads 2026年11月21日 and 2026년 11월 21일.
func eastern(w []dateWord) (y, m, d, n int) {
	if len(w) < 6 || w[0].num < 0 || w[2].num < 0 || w[4].num < 0 {
		return
	}
	if strings.HasPrefix(w[1].text, "年") && strings.HasPrefix(w[3].text, "月") && strings.HasPrefix(w[5].text, "日") ||
		w[1].text == "년" && w[3].text == "월" && strings.HasPrefix(w[5].text, "일") {
		return fullYear(w[0]), w[2].num, w[4].num, 6
	}
	return
}

// eraYear reads 令和8年11月21日 and 民國115年11月21日.
func eraYear(w []dateWord) (y, m, d, n int) {
	if len(w[0].text) < len("令和") || w[0].text[0] < "一"[0] || w[1].num < 0 {
		return
	}
	for era, before := range eras {
		if strings.HasSuffix(w[0].text, era) {
			if y, m, d, n = eastern(w[1:]); n > 0 {
				y, n = w[1].num+before, n+1
			}
			return y, m, d, n
		}
	}
	return
}

// eras are the counts of years that East Asian papers print, by the year before their first.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

// baltic reads 2026 m. lapkričio 21 d. and 2026. gada 21. novembris.
func (r dateReader) baltic(w []dateWord) (y, m, d, n int) {
	if len(w) < 4 || len(w[0].text) != 4 || w[0].num < 0 {
		return
	}
	switch w[1].text {
	case "m":
		return w[0].num, monthOf(w[2].text, "lt"), w[3].num, 4
	case "gada":
		return w[0].num, monthOf(w[3].text, "lv"), w[2].num, 4
	}
	return
}

// yearFirst reads 2026-11-21, 2026/11/21, 2026.11.21. and 2026. november 21.
func (r dateReader) yearFirst(w []dateWord) (y, m, d, n int) {
	if len(w[0].text) != 4 || w[0].num < 0 || w[2].num < 0 || len(w[2].text) > 2 {
		return
	}
	month := w[1].num
	if month < 0 {
		month = monthOf(w[1].text, r.lang)
	} else if w[0].mark != w[1].mark || !strings.ContainsRune("-/.", rune(w[0].mark)) {
		return
	}
	return fullYear(w[0]), month, w[2].num, 3
}

// dayMonthYear reads 21 November 2026, 21. November 2026, 21 de noviembre de 2026,
// 21st of November, 2026, 21 tháng 11, 2026.
func (r dateReader) dayMonthYear(w []dateWord) (y, m, d, n int) {
	if w[0].num < 1 || w[0].num > 31 || len(w[0].text) > 2 {
		return
	}
	i := 1
	for i < len(w) && i < 4 && filler(w[i].text) {
		i++
	}
	if i >= len(w) {
		return
	}
	month := 0
	if w[i].num > 0 && w[i-1].text == "tháng" {
		month = w[i].num
	} else if w[i].num < 0 {
		month = monthOf(w[i].text, r.lang)
		if month == 0 && i+1 < len(w) { // two words, as in Arabic
			if month = monthOf(w[i].text+" "+w[i+1].text, r.lang); month > 0 {
				i++
			}
		}
	}
	if month == 0 {
		return
	}
	if i+2 < len(w) && w[i].mark == '/' && monthOf(w[i+1].text, r.lang) == month {
		i++ // once more, as others call it
	}
	for i++; i < len(w) && i < 7 && filler(w[i].text); i++ {
	}
	if i >= len(w) || !yearLike(w[i]) {
		return
	}
	year := fullYear(w[i])
	if r.lang == "th" && len(w[i].text) == 2 && w[i].num > 50 { // of 2569, which is 2026
		year = 2500 - 543 + w[i].num
	}
	return year, month, w[0].num, i + 1
}

// monthDayYear reads November 21, 2026 and Nov. 21st 2026, but not the time in 1 Mar 06:15.
func (r dateReader) monthDayYear(w []dateWord) (y, m, d, n int) {
	if w[0].num >= 0 {
		return
	}
	month := monthOf(w[0].text, r.lang)
	if month == 0 || w[1].num < 1 || w[1].num > 31 || len(w[1].text) > 2 {
		return
	}
	i := 2
	for i < len(w) && i < 4 && filler(w[i].text) {
		i++
	}
	if i >= len(w) || !yearLike(w[i]) || w[i].mark == ':' || w[1].mark == ':' || w[1].mark == '.' && len(w[i].text) == 2 {
		return
	}
	return fullYear(w[i]), month, w[1].num, i + 1
}

// numeric reads 21.11.2026, 21/11/26, 11-21-2026.
func (r dateReader) numeric(w []dateWord) (y, m, d, n int) {
	mark := w[0].mark
	if w[0].num < 1 || w[1].num < 1 || w[2].num < 0 || len(w[0].text) > 2 || len(w[1].text) > 2 || mark != w[1].mark ||
		!strings.ContainsRune("./-|", rune(mark)) || mark == 0 {
		return
	}
	if len(w[2].text) != 4 && (len(w[2].text) != 2 || w[2].mark == mark || w[2].mark == ':') {
		return
	}
	d, m = w[0].num, w[1].num
	if r.monthFirst && mark != '.' && d <= 12 || m > 12 {
		d, m = m, d
	}
	return fullYear(w[2]), m, d, 3
}

func yearLike(w dateWord) bool {
	return w.num >= 0 && (len(w.text) == 4 || len(w.text) == 2 && w.mark != ':' && w.mark != '.')
}

// fullYear returns the year of the Gregorian calendar that w writes: two digits are of
// this or the last century, a Thai year is 543 ahead.
func fullYear(w dateWord) int {
	switch y := w.num; {
	case len(w.text) == 2 && y < 70:
		return 2000 + y
	case len(w.text) == 2:
		return 1900 + y
	case y >= 2443 && y < 2643:
		return y - 543
	default:
		return y
	}
}

// filler reports the small words inside dates.
func filler(word string) bool {
	switch word {
	case "de", "del", "of", "st", "nd", "rd", "th", "er", "d", "den", "года", "г", "року", "р", "do", "a", "no", "ngày", "tháng", "năm", "พ.ศ", "พ.ศ.", "ที่", "i", "ta", "º", "م":
		return true
	}
	return false
}
