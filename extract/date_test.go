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
		s, ok := parseMachine(tt.in)
		got := ""
		if ok {
			got = s.time.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		if got != tt.want || ok && s.precision != tt.precision {
			t.Errorf("parseMachine(%q) = %q, %s, want %q, %s", tt.in, got, s.precision, tt.want, tt.precision)
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
		{"en", "November 2026", ""}, {"en", "31 February 2026", ""}, {"en", "3.5.1 release", ""}, {"en", "call 020 7946 0018", ""}, {"en", "19:30", ""},
		{"en", "in 2026 there were 21", ""},
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
		for _, read := range []func(string) (stamp, bool){parseMachine, dateReader{lang: lang, monthFirst: monthFirst}.read} {
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
