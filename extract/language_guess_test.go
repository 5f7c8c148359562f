package extract_test

import (
	"html"
	"strings"
	"testing"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
)

// TestLongTextsTellTheirLanguage: however long a text is, its language is guessed
// where the page declares none.
func TestLongTextsTellTheirLanguage(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{})
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><title>All of it</title><article><h1>All of it</h1>")
	for _, a := range articles {
		row := e.HTML(a.Body, a.URL()).Row
		if strings.HasPrefix(row.Language, "en") {
			for p := range strings.Lines(row.Text) {
				b.WriteString("<p>" + html.EscapeString(p) + "</p>")
			}
		}
	}
	row := e.HTML([]byte(b.String()), "https://paper.example/2026/all").Row
	if row.Language != "en" || row.LanguageSource != "text" || row.LanguageConfidence < 90 {
		t.Errorf("%d bytes of English: language %q of %s, %d percent sure", len(row.Text), row.Language, row.LanguageSource, row.LanguageConfidence)
	}
}

// TestGuessedLanguagesHaveTheirShortTag: the Persian of Iran is "fa", as pages declare it.
func TestGuessedLanguagesHaveTheirShortTag(t *testing.T) {
	text := "قطار صبح امروز پس از یازده سال دوباره در ایستگاه روستا ایستاد و مردم با گل و شیرینی به پیشواز مسافران رفتند. " +
		"شهردار گفت که هزینه بلیت تا پایان زمستان تغییر نمی\u200cکند و چهار قطار در روز از این ایستگاه خواهند گذشت. " +
		"معلم مدرسه نیز همراه شاگردانش آمده بود تا برای نخستین بار قطاری را از نزدیک ببینند."
	row := extract.New(extract.Options{}).HTML([]byte("<!DOCTYPE html><article><h1>قطار</h1><p>"+text+"</p></article>"), "https://paper.example/1").Row
	if row.Language != "fa" || row.LanguageSource != "text" {
		t.Errorf("language %q of %q", row.Language, row.LanguageSource)
	}
}
