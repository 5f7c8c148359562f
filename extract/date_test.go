package extract

import (
	"testing"
	"time"
)

func TestParseMachine(t *testing.T) {
	for _, tt := range []struct{ in, want, precision string }{
		{"2026-11-21T09:40:00+01:00", "2026-11-21T08:40:00Z", "second"},
		{"2026-11-21T09:40:00.123456+0100", "2026-11-21T08:40:00Z", "second"},
		{"2026-11-21 09:40:00", "2026-11-21T09:40:00Z", "second"},
		{"2026-11-21 09:40:00 UTC", "2026-11-21T09:40:00Z", "second"},
		{"2026-11-21T09:40+1:00", "2026-11-21T08:40:00Z", "minute"},
		{"2026-11-21T09:40:00+1:00", "2026-11-21T08:40:00Z", "second"},
		{"2026-11-21T09:40Z", "2026-11-21T09:40:00Z", "minute"},
		{"2026-11-21", "2026-11-21T00:00:00Z", "day"},
		{"2026-11", "2026-11-01T00:00:00Z", "month"},
		{"20261121", "2026-11-21T00:00:00Z", "day"},
		{"20261121T094000Z", "2026-11-21T09:40:00Z", "second"},
		{"1795167600", "2026-11-20T09:40:00Z", "second"},
		{"1795167600000", "2026-11-20T09:40:00Z", "second"},
		{"Sat, 21 Nov 2026 09:40:00 GMT", "2026-11-21T09:40:00Z", "second"},
		{"Saturday, 21 Nov 2026 09:40:00 EST", "2026-11-21T14:40:00Z", "second"},
		{"Sat Nov 21 09:40:00 CET 2026", "2026-11-21T08:40:00Z", "second"},
		{"Sat Nov 21 2026 09:40:00 GMT+0100 (Central European Standard Time)", "2026-11-21T08:40:00Z", "second"},
		{"2026-02-30", "", ""}, {"0001-01-01T00:00:00Z", "", ""}, {"1970-01-01T00:00:00Z", "", ""}, {"yesterday", "", ""}, {"", "", ""},
	} {
		s, ok := dateReader{}.machine(tt.in)
		got := ""
		if ok {
			got = s.time.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		if got != tt.want || ok && s.precision != tt.precision {
			t.Errorf("machine(%q) = %q, %s, want %q, %s", tt.in, got, s.precision, tt.want, tt.precision)
		}
	}
}

func TestReadDateInText(t *testing.T) {
	for _, tt := range []struct{ lang, in, want string }{
		{"en", "Published November 21, 2026 at 9:40 pm", "2026-11-21T21:40:00Z"},
		{"en", "21st of Nov. 2026, 12:05 a.m. EST", "2026-11-21T05:05:00Z"},
		{"en", "Sat 21 Nov 2026 09.40 GMT", "2026-11-21T09:40:00Z"},
		{"de", "Samstag, 21. November 2026, 9.40 Uhr", "2026-11-21T09:40:00Z"},
		{"de", "Stand: 21.11.2026 09:40", "2026-11-21T09:40:00Z"},
		{"de", "1. März 2026", "2026-03-01T00:00:00Z"},
		{"fr", "Publié le 21 août 2026 à 18h30", "2026-08-21T18:30:00Z"},
		{"fr", "1er février 2026", "2026-02-01T00:00:00Z"},
		{"es", "21 de noviembre de 2026", "2026-11-21T00:00:00Z"},
		{"pt", "21 de março de 2026, 18h30", "2026-03-21T18:30:00Z"},
		{"it", "21 maggio 2026", "2026-05-21T00:00:00Z"},
		{"nl", "21 maart 2026", "2026-03-21T00:00:00Z"},
		{"sv", "21 maj 2026", "2026-05-21T00:00:00Z"},
		{"da", "21. juni 2026", "2026-06-21T00:00:00Z"},
		{"fi", "21. marraskuuta 2026", "2026-11-21T00:00:00Z"},
		{"pl", "21 listopada 2026", "2026-11-21T00:00:00Z"},
		{"hr", "21. listopada 2026.", "2026-10-21T00:00:00Z"}, // the Croatian October is the Polish November
		{"cs", "21. září 2026", "2026-09-21T00:00:00Z"},
		{"hu", "2026. november 21. 9:40", "2026-11-21T09:40:00Z"},
		{"ro", "21 noiembrie 2026", "2026-11-21T00:00:00Z"},
		{"tr", "21 Kasım 2026", "2026-11-21T00:00:00Z"},
		{"ru", "21 ноября 2026 г., 09:40", "2026-11-21T09:40:00Z"},
		{"uk", "21 листопада 2026", "2026-11-21T00:00:00Z"},
		{"el", "21 Νοεμβρίου 2026", "2026-11-21T00:00:00Z"},
		{"ar", "٢١ نوفمبر ٢٠٢٦", "2026-11-21T00:00:00Z"},
		{"ar", "21 تشرين الثاني 2026", "2026-11-21T00:00:00Z"},
		{"he", "21 בנובמבר 2026", "2026-11-21T00:00:00Z"},
		{"hi", "21 नवंबर 2026", "2026-11-21T00:00:00Z"},
		{"bn", "২১ নভেম্বর ২০২৬", "2026-11-21T00:00:00Z"},
		{"th", "21 พฤศจิกายน 2569", "2026-11-21T00:00:00Z"},
		{"th", "21 พ.ย. 2569", "2026-11-21T00:00:00Z"},
		{"th", "21 พ.ย. 69 | 09:40 น.", "2026-11-21T09:40:00Z"},
		{"th", "21 พ.ย. 26", "2026-11-21T00:00:00Z"},
		{"ja", "令和8年11月21日", "2026-11-21T00:00:00Z"},
		{"zh", "民國115年11月21日 09:40", "2026-11-21T09:40:00Z"},
		{"el", "21 Νοε 2026, 9:40 μμ", "2026-11-21T21:40:00Z"},
		{"el", "21 Νοε 2026, 9:40 μ.μ.", "2026-11-21T21:40:00Z"},
		{"el", "21 Νοε 2026, 9:40 π.μ.", "2026-11-21T09:40:00Z"},
		{"ar", "السبت 21/11/2026 09:40 مساءً", "2026-11-21T21:40:00Z"},
		{"ar", "السبت 21/11/2026 09:40 صباحا", "2026-11-21T09:40:00Z"},
		{"ms", "21 Nov 2026 9:40 malam", "2026-11-21T21:40:00Z"},
		{"te", "21 నవంబర్ 2026", "2026-11-21T00:00:00Z"},
		{"gu", "21 નવેમ્બર 2026", "2026-11-21T00:00:00Z"},
		{"kn", "21 ನವೆಂಬರ್ 2026", "2026-11-21T00:00:00Z"},
		{"ml", "21 നവംബർ 2026", "2026-11-21T00:00:00Z"},
		{"pa", "21 ਨਵੰਬਰ 2026", "2026-11-21T00:00:00Z"},
		{"az", "21 noyabr 2026, 09:40", "2026-11-21T09:40:00Z"},
		{"hy", "21 Նոյեմբերի 2026", "2026-11-21T00:00:00Z"},
		{"kk", "21 қараша 2026", "2026-11-21T00:00:00Z"},
		{"tl", "Nobyembre 21, 2026", "2026-11-21T00:00:00Z"},
		{"cy", "21 Tachwedd 2026", "2026-11-21T00:00:00Z"},
		{"uk", "21 лист. 2026", "2026-11-21T00:00:00Z"},
		{"vi", "Thứ bảy, 21/11/2026, 09:40", "2026-11-21T09:40:00Z"},
		{"vi", "21 tháng 11, 2026", "2026-11-21T00:00:00Z"},
		{"id", "21 Agustus 2026", "2026-08-21T00:00:00Z"},
		{"zh", "2026年11月21日 09:40", "2026-11-21T09:40:00Z"},
		{"ja", "2026年11月21日 9時40分", "2026-11-21T09:40:00Z"},
		{"ko", "입력 2026년 11월 21일 09:40", "2026-11-21T09:40:00Z"},
		{"ko", "2026.11.21. 09:40", "2026-11-21T09:40:00Z"},
		{"", "2026/11/21", "2026-11-21T00:00:00Z"},
		{"", "21/11/26", "2026-11-21T00:00:00Z"},
		{"", "26 | 01 | 2026", "2026-01-26T00:00:00Z"},
		{"ja", "2026年11月21日（土）9時40分", "2026-11-21T09:40:00Z"},
		{"ja", "2026年11月21日 午後3時40分", "2026-11-21T15:40:00Z"},
		{"ko", "입력 : 2026.11.21 09:40", "2026-11-21T09:40:00Z"},
		{"ko", "2026년 11월 21일 오후 3:40", "2026-11-21T15:40:00Z"},
		{"vi", "Thứ Bảy, 21/11/2026 | 09:40 GMT+7", "2026-11-21T02:40:00Z"},
		{"vi", "Thứ bảy, 21/11/2026, 09:40 (GMT+7)", "2026-11-21T02:40:00Z"},
		{"fa", "۳۰ آبان ۱۴۰۵", "2026-11-21T00:00:00Z"},
		{"fa", "دوشنبه ۲ تير ۱۳۹۹ - ۱۲:۰۹", "2020-06-22T12:09:00Z"},
		{"fa", "1403/12/30", "2025-03-20T00:00:00Z"},
		{"fa", "1405/12/30", ""},
		{"ps", "۱ حمل ۱۴۰۰", "2021-03-21T00:00:00Z"},
		{"ar", "1405/08/30", ""},
		{"ar", "الجمعة 24 نيسان / أبريل 2020 09:22", "2020-04-24T09:22:00Z"},
		{"ar", "3 كانون الثّاني / يناير 2026", "2026-01-03T00:00:00Z"},
		{"th", "21 พฤศจิกายน 2569 เวลา 09:40 น.", "2026-11-21T09:40:00Z"},
		{"ar", "السبت 21 نوفمبر 2026 - 09:40", "2026-11-21T09:40:00Z"},
		{"he", "21.11.26, 09:40", "2026-11-21T09:40:00Z"},
		{"bn", "২১ নভেম্বর ২০২৬, ০৯:৪০", "2026-11-21T09:40:00Z"},
		{"cs", "21. 11. 2026 9:40", "2026-11-21T09:40:00Z"},
		{"cs", "21. 11. 2026, 9.40", "2026-11-21T09:40:00Z"},
		{"fi", "21.11.2026 klo 9.40", "2026-11-21T09:40:00Z"},
		{"hu", "2026.11.21. 09:40", "2026-11-21T09:40:00Z"},
		{"lt", "2026 m. lapkričio 21 d. 09:40", "2026-11-21T09:40:00Z"},
		{"lv", "2026. gada 21. novembris, 09:40", "2026-11-21T09:40:00Z"},
		{"en", "Nov. 21, 2026 9:40 a.m. EST", "2026-11-21T14:40:00Z"},
		{"en", "Saturday 21 November 2026 09.40 GMT", "2026-11-21T09:40:00Z"},
		{"en", "21st Nov, 2026", "2026-11-21T00:00:00Z"},
		{"en", "NOVEMBER 21ST, 2026", "2026-11-21T00:00:00Z"},
		{"en", "Nov 21 2026, 3:40PM", "2026-11-21T15:40:00Z"},
		{"en", "3:40 PM, November 21, 2026", "2026-11-21T15:40:00Z"},
		{"es", "21 nov 2026 - 09:40 CET", "2026-11-21T08:40:00Z"},
		{"es", "21 NOV. 2026", "2026-11-21T00:00:00Z"},
		{"es", "Sábado, 21 de noviembre de 2026 | 9:40 am", "2026-11-21T09:40:00Z"},
		{"es", "noviembre 21, 2026", "2026-11-21T00:00:00Z"},
		{"pt", "21/11/2026 às 09h40", "2026-11-21T09:40:00Z"},
		{"pt", "21/11/2026 09h40", "2026-11-21T09:40:00Z"},
		{"fr", "Publié le 21/11/2026 à 09h40", "2026-11-21T09:40:00Z"},
		{"fr", "le 21 nov. 2026 à 9 h 40", "2026-11-21T09:40:00Z"},
		{"it", "21 Novembre 2026 alle 09:40", "2026-11-21T09:40:00Z"},
		{"tr", "21 Kasım 2026 Cumartesi 09:40", "2026-11-21T09:40:00Z"},
		{"tr", "21.11.2026 - 09:40", "2026-11-21T09:40:00Z"},
		{"el", "Σάββατο, 21 Νοεμβρίου 2026 09:40", "2026-11-21T09:40:00Z"},
		{"el", "21 ΝΟΕΜΒΡΙΟΥ 2026", "2026-11-21T00:00:00Z"},
		{"ru", "21 нояб. 2026", "2026-11-21T00:00:00Z"},
		{"ru", "09:40, 21 ноября 2026", "2026-11-21T09:40:00Z"},
		{"bg", "21 ноември 2026 г., 09:40", "2026-11-21T09:40:00Z"},
		{"sr", "21. новембар 2026. 09:40", "2026-11-21T09:40:00Z"},
		{"sr", "21. novembar 2026. u 09:40", "2026-11-21T09:40:00Z"},
		{"hr", "21.11.2026. u 09:40", "2026-11-21T09:40:00Z"},
		{"id", "Sabtu, 21 November 2026 09:40 WIB", "2026-11-21T02:40:00Z"},
		{"hi", "21 नवंबर 2026, 03:40 PM", "2026-11-21T15:40:00Z"},
		{"zh", "2026年11月21日09:40", "2026-11-21T09:40:00Z"},
		{"zh", "2026-11-21 09:40", "2026-11-21T09:40:00Z"},
		{"zh", "2026年11月21日 下午3:40", "2026-11-21T15:40:00Z"},
		{"sw", "21 Novemba 2026", "2026-11-21T00:00:00Z"},
		{"ur", "21 نومبر 2026", "2026-11-21T00:00:00Z"},
		{"de", "21. Nov. 2026, 09:40 Uhr", "2026-11-21T09:40:00Z"},
		{"de", "Sa., 21.11.2026, 9 Uhr", "2026-11-21T09:00:00Z"},
		{"de", "21.11.2026 um 09:40 Uhr MEZ", "2026-11-21T08:40:00Z"},
		{"de", "21.11.26", "2026-11-21T00:00:00Z"},
		{"de", "Copyright 2021 2026 by Valley Post", ""},
		{"en", "© 2019-2026 Valley Post", ""},
		{"de", "09:40 Uhr, 21.11.2026", "2026-11-21T09:40:00Z"},
		{"nl", "za 21 nov 2026 om 09:40", "2026-11-21T09:40:00Z"},
		{"nl", "21-11-2026, 09:40", "2026-11-21T09:40:00Z"},
		{"sv", "2026-11-21 kl. 09.40", "2026-11-21T09:40:00Z"},
		{"da", "21. nov. 2026 kl. 09.40", "2026-11-21T09:40:00Z"},
		{"no", "21. november 2026 klokken 09:40", "2026-11-21T09:40:00Z"},
		{"pl", "21.11.2026 09:40", "2026-11-21T09:40:00Z"},
		{"ro", "21.11.2026, 09:40", "2026-11-21T09:40:00Z"},
		{"uk", "21 листопада 2026, 09:40", "2026-11-21T09:40:00Z"},
		{"en", "November 2026", ""}, {"en", "31 February 2026", ""}, {"en", "3.5.1 release", ""}, {"en", "call 020 7946 0018", ""}, {"en", "19:30", ""},
		{"en", "in 2026 there were 21", ""},
		{"en", "1 Mar 06:15", ""}, {"en", "28 Feb 06.15", ""}, {"de", "3. März, 06:15 Uhr", ""}, // the hour is no day, the minute no year
	} {
		s, ok := dateReader{lang: tt.lang}.read(tt.in)
		got := ""
		if ok {
			got = s.time.UTC().Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s: read(%q) = %q, want %q", tt.lang, tt.in, got, tt.want)
		}
	}
	us := dateReader{lang: "en", monthFirst: true}
	if s, _ := us.read("11/2/2026"); s.time.Month() != time.November {
		t.Errorf("month first: %v", s.time)
	}
}

// TestZonesByTheirLetters: what several countries call alike is believed where the country
// is clear, and what is summer or standard time by the day is told by the day.
func TestZonesByTheirLetters(t *testing.T) {
	const local = "2026-11-21T09:40:00Z (assumed)"
	for _, tt := range []struct{ lang, country, in, want string }{
		{"en", "", "November 21, 2026 at 9:40 a.m. ET", "2026-11-21T14:40:00Z"},
		{"en", "", "June 21, 2026 at 9:40 a.m. ET", "2026-06-21T13:40:00Z"},
		{"en", "", "June 21, 2026 9:40 AM (CT)", "2026-06-21T14:40:00Z"},
		{"en", "", "June 21, 2026 9:40 AM MT", "2026-06-21T15:40:00Z"},
		{"en", "", "June 21, 2026 9:40 AM PT", "2026-06-21T16:40:00Z"},
		{"es", "", "21 de junio de 2026, 9:40 a.m. ET", "2026-06-21T13:40:00Z"},
		{"en", "", "March 8, 2026 1:30 a.m. ET", "2026-03-08T06:30:00Z"}, // the night in which the clocks go forward
		{"en", "", "March 8, 2026 3:30 a.m. ET", "2026-03-08T07:30:00Z"},
		{"en", "", "November 1, 2026 9:40 a.m. ET", "2026-11-01T14:40:00Z"},
		{"en", "", "Oct. 31, 2006 9:40 a.m. ET", "2006-10-31T14:40:00Z"}, // before 2007 summer was shorter
		{"en", "", "Nov. 21, 2026 9:40 a.m. EST", "2026-11-21T14:40:00Z"},
		{"en", "", "Nov. 21, 2026 9:40 a.m. PDT", "2026-11-21T16:40:00Z"},
		{"en", "", "Nov. 21, 2026 9:40 a.m. CST", "2026-11-21T15:40:00Z"},
		{"en", "cn", "2026-11-21 09:40 CST", "2026-11-21T01:40:00Z"},
		{"en", "ph", "Nov. 21, 2026 9:40 a.m. PST", "2026-11-21T01:40:00Z"},
		{"en", "in", "Nov 21, 2026 09:40 IST", "2026-11-21T04:10:00Z"},
		{"en", "il", "Nov 21, 2026 09:40 IST", "2026-11-21T07:40:00Z"},
		{"en", "ie", "21 June 2026 09:40 IST", "2026-06-21T08:40:00Z"},
		{"en", "", "Nov 21, 2026 09:40 IST", local},
		{"en", "", "21 June 2026 09:40 BST", "2026-06-21T08:40:00Z"},
		{"en", "bd", "21 June 2026 09:40 BST", "2026-06-21T03:40:00Z"},
		{"de", "", "21.11.2026, 09:40 Uhr MEZ", "2026-11-21T08:40:00Z"},
		{"de", "", "21.06.2026, 09:40 Uhr CEST", "2026-06-21T07:40:00Z"},
		{"ru", "", "21 ноября 2026, 09:40 (МСК)", "2026-11-21T06:40:00Z"},
		{"ja", "", "2026年11月21日 9:40 JST", "2026-11-21T00:40:00Z"},
		{"fr", "", "21 novembre 2026 à 09:40 et après", local},
		{"pt", "br", "21/11/2026 09h40 - MT", local},
	} {
		r := dateReader{lang: tt.lang, country: tt.country}
		if s, ok := r.read(tt.in); !ok || zonedText(s) != tt.want {
			t.Errorf("%s %s: read(%q) = %q, want %q", tt.lang, tt.country, tt.in, zonedText(s), tt.want)
		}
	}
	for _, tt := range []struct{ country, in, want string }{
		{"", "Sat, 21 Nov 2026 09:40:00 IST", local},
		{"in", "Sat, 21 Nov 2026 09:40:00 IST", "2026-11-21T04:10:00Z"},
		{"cn", "Sat Nov 21 09:40:00 CST 2026", "2026-11-21T01:40:00Z"},
		{"", "Sat Nov 21 09:40:00 CST 2026", "2026-11-21T15:40:00Z"},
	} {
		if s, ok := (dateReader{country: tt.country}).machine(tt.in); !ok || zonedText(s) != tt.want {
			t.Errorf("%s: machine(%q) = %q, want %q", tt.country, tt.in, zonedText(s), tt.want)
		}
	}
}

func zonedText(s stamp) string {
	if !s.zoned {
		return s.time.Format(time.RFC3339) + " (assumed)"
	}
	return s.time.UTC().Format(time.RFC3339)
}

func TestCountriesOfPages(t *testing.T) {
	for _, tt := range []struct{ url, lang, want string }{
		{"https://www.post.co.in/1", "en-US", "in"}, // the language is what the system came with
		{"https://post.example/1", "en-IN", "in"},
		{"https://post.example/1", "he", "il"},
		{"https://post.example/1", "zh-CN", "cn"},
		{"https://post.example/1", "en", ""},
		{"https://post.io/1", "en", ""},
	} {
		d := documentOf(t, tt.url, `<html lang="`+tt.lang+`">`)
		var m metadata
		m.readLanguage(d)
		if got := country(&m, d); got != tt.want {
			t.Errorf("country of %s in %s = %q, want %q", tt.url, tt.lang, got, tt.want)
		}
	}
}

func TestMonthsOfALanguageAreTwelve(t *testing.T) {
	if len(months) < 40 {
		t.Errorf("only %d languages have months", len(months))
	}
	for lang, names := range months {
		seen := map[int]bool{}
		for _, month := range names {
			seen[month] = true
		}
		for month := 1; month <= 12; month++ {
			if !seen[month] {
				t.Errorf("%s lacks month %d", lang, month)
			}
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-11-21T09:40:00+01:00", "21. November 2026, 9.40 Uhr", "٢١ نوفمبر ٢٠٢٦", "21 พ.ย. 2569", "2026年11月21日 9時40分", "1795254000", "11/2/26 12:05 am EST"} {
		f.Add(s, "de", true)
	}
	f.Fuzz(func(t *testing.T, s, lang string, monthFirst bool) {
		for _, read := range []func(string) (stamp, bool){dateReader{country: lang}.machine, dateReader{lang: lang, monthFirst: monthFirst}.read} {
			got, ok := read(s)
			if !ok {
				continue
			}
			if y := got.time.Year(); y < 1899 || y > 2100 {
				t.Fatalf("%q is of the year %d", s, y)
			}
			switch got.precision {
			case "second", "minute", "day", "month":
			default:
				t.Fatalf("%q has precision %q", s, got.precision)
			}
		}
	})
}

// TestDayAndHourOfAnAbbreviation reads the microdata of a blog whose hour alone is shown.
func TestDayAndHourOfAnAbbreviation(t *testing.T) {
	row := New(Options{}).HTML([]byte(`<html lang=fr><title>Le train</title><h2>mardi 5 juin 2018</h2><h1>Le train</h1><p>Publié à <abbr class=published itemprop=datePublished title="2018-06-05T08:00:00-07:00">08:00</abbr></p></html>`), "https://paper.example/1").Row
	if row.PublishedAt == nil || row.PublishedAt.Format(time.RFC3339) != "2018-06-05T15:00:00Z" || row.PublishedSource != "microdata:datePublished" {
		t.Errorf("published %v by %s", row.PublishedAt, row.PublishedSource)
	}
}
