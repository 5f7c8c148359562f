package extract

import (
	"slices"
	"strings"
	"time"
)

// solarMonths are the months of the Solar Hijri calendar, as Iran and as Afghanistan
// call them.
var solarMonths = [...][]string{
	{"فروردین", "حمل"}, {"اردیبهشت", "ثور"}, {"خرداد", "جوزا"}, {"تیر", "سرطان"}, {"مرداد", "امرداد", "اسد"}, {"شهریور", "سنبله"},
	{"مهر", "میزان"}, {"آبان", "ابان", "عقرب"}, {"آذر", "اذر", "قوس"}, {"دی", "جدی"}, {"بهمن", "دلو"}, {"اسفند", "حوت"},
}

// arabicLetters writes two letters as Persian does.
var arabicLetters = strings.NewReplacer("ي", "ی", "ك", "ک")

// solar reads 30 آبان 1405 and 1405/08/30, dates of the Solar Hijri calendar.
func (r dateReader) solar(w []dateWord) (y, m, d, n int) {
	if r.lang != "fa" && r.lang != "ps" && r.lang != "" {
		return
	}
	switch {
	case w[0].num > 0 && w[1].num < 0 && solarYear(w[2]):
		name := arabicLetters.Replace(w[1].text)
		m = 1 + slices.IndexFunc(solarMonths[:], func(names []string) bool { return slices.Contains(names, name) })
		y, d = w[2].num, w[0].num
	case solarYear(w[0]) && w[1].num > 0 && w[2].num > 0 && w[0].mark == w[1].mark && (w[0].mark == '/' || w[0].mark == '-'):
		y, m, d = w[0].num, w[1].num, w[2].num
	}
	if m < 1 || m > 12 || d < 1 || d > solarDays(y, m) {
		return 0, 0, 0, 0
	}
	day := gregorian(y, m, d)
	return day.Year(), int(day.Month()), day.Day(), 3
}

// solarYear reports a year of the press: other calendars of about that number have
// years of before it was on the web, or of the time to come.
func solarYear(w dateWord) bool { return len(w.text) == 4 && w.num >= 1370 && w.num < 1420 }

func solarDays(y, m int) int {
	switch {
	case m <= 6:
		return 31
	case m < 12 || solarLeap(y):
		return 30
	}
	return 29
}

// solarLeap goes by the cycle of 33 years, which holds from 1343 to 1472.
func solarLeap(y int) bool { return slices.Contains([]int{1, 5, 9, 13, 17, 22, 26, 30}, y%33) }

// gregorian returns a day of the Solar Hijri calendar.
func gregorian(y, m, d int) time.Time {
	days := d - 1
	for i := 1; i < m; i++ {
		days += solarDays(y, i)
	}
	for i := 1400; i < y; i++ {
		days += 365
		if solarLeap(i) {
			days++
		}
	}
	for i := y; i < 1400; i++ {
		days -= 365
		if solarLeap(i) {
			days--
		}
	}
	return time.Date(2021, time.March, 21, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days) // the first day of 1400
}
