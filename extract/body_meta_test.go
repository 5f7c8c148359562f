package extract

import "testing"

// TestLinesOfMetadata: a line below the headline made of byline, date and time of reading is
// no text, in any language.
func TestLinesOfMetadata(t *testing.T) {
	const summary = "<p class=summary>The ferry is back, and the islanders are glad of it, whatever she has cost.</p>"
	for _, tt := range []struct {
		line string
		goes bool
	}{
		{"Par Élodie Garnier-Pagès | Publié le 22 novembre 2026 à 18h04 | Lecture 3 min.", true},
		{"Publié le 22 novembre 2026 à 18h04 - Lecture 3 min.", true},
		{"By Ana Ruiz · 22 November 2026 · 3 min read", true},
		{"Von Ole Harring | 22.11.2026, 18:04 Uhr | Lesezeit: 3 Min.", true},
		{"Por Lucía Ferrándiz | 22 de noviembre de 2026 | 3 minutos de lectura", true},
		{"Автор: Анна Петрова | 22 ноября 2026 | 3 мин", true},
		{"الثلاثاء ٢٤ نوفمبر ٢٠٢٦ - ١١:٢٠ ص", true},
		{"دوشنبه ۲ تیر ۱۳۹۹ - ۱۲:۰۹", true},
		{"२४ नवंबर २०२६ | ३ मिनट", true},
		{"2026年11月24日 | 3分で読めます", true},
		{"On 22 November 2026 | nobody came", false},
		{"She sailed on 22 November 2026", false},
		{"Nobody came that day | 3 min read", false},
	} {
		for _, head := range []string{"", summary} {
			got := storyText(t, storyHead+head+"<p class=x1>"+tt.line+"</p><p>ONE</p><p>TWO</p>", "")
			if head == "" && !tt.goes {
				continue // nothing keeps a short line there
			}
			if goes := !containsAny(got, []string{tt.line}); goes != tt.goes {
				t.Errorf("%q, standfirst %t: goes %t, want %t:\n%s", tt.line, head != "", goes, tt.goes, got)
			}
		}
	}
}
