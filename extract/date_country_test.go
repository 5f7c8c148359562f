package extract

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTimesOfCountries reads times of day that give no offset, on pages of countries with one
// clock, with several, and of none.
func TestTimesOfCountries(t *testing.T) {
	const ofCountry, assumed = "published_offset_of_country", "published_offset_assumed"
	for _, tt := range []struct{ name, url, lang, shown, want, warning string }{
		{"by the address", "https://www.kita.example.co.jp/1", "ja", "2026年11月24日 09時05分", "2026-11-24T00:05:00Z", ofCountry},
		{"in winter", "https://bote.de/1", "de", "24.11.2026, 07:05 Uhr", "2026-11-24T06:05:00Z", ofCountry},
		{"in summer", "https://bote.de/1", "de", "24.07.2026, 07:05 Uhr", "2026-07-24T05:05:00Z", ofCountry},
		{"by half hours", "https://ghat.in/1", "en", "Nov 24, 2026 09:05", "2026-11-24T03:35:00Z", ofCountry},
		{"by the language and its region", "https://bote.com/1", "de-AT", "24.11.2026, 07:05 Uhr", "2026-11-24T06:05:00Z", ofCountry},
		{"by a language of one country", "https://kita.com/1", "ja", "2026年11月24日 09時05分", "2026-11-24T00:05:00Z", ofCountry},
		{"the address before the language", "https://kita.fr/1", "ja", "2026年11月24日 09時05分", "2026-11-24T08:05:00Z", ofCountry},
		{"a language without region", "https://bote.com/1", "de", "24.11.2026, 07:05 Uhr", "2026-11-24T07:05:00Z", assumed},
		{"a language of the world", "https://gazette.com/1", "en-GB", "24 July 2026, 07:05", "2026-07-24T07:05:00Z", assumed},
		{"a country of several zones", "https://jornal.com.br/1", "pt-BR", "24/11/2026 07h05", "2026-11-24T07:05:00Z", assumed},
		{"an ending sold as a word", "https://bote.co/1", "de-DE", "24.11.2026, 07:05 Uhr", "2026-11-24T07:05:00Z", assumed},
		{"a zone of its own", "https://bote.de/1", "de", "24.11.2026, 07:05 GMT", "2026-11-24T07:05:00Z", ""},
		{"a day", "https://bote.de/1", "de", "24.11.2026", "2026-11-24T00:00:00Z", ""},
		{"midnight", "https://bote.de/1", "de", "2026-11-24T00:00:00", "2026-11-24T00:00:00Z", ""},
	} {
		body := "<html lang=" + tt.lang + "><title>Ferry</title><h1>Ferry sails again</h1><p class=date>" + tt.shown + "</p><p>ONE</p></html>"
		row := New(Options{}).HTML([]byte(body), tt.url).Row
		got, warning := "", ""
		if row.PublishedAt != nil {
			got = row.PublishedAt.Format(time.RFC3339)
		}
		if i := slices.IndexFunc(row.Warnings, func(w string) bool { return strings.HasPrefix(w, "published_offset") }); i >= 0 {
			warning = row.Warnings[i]
		}
		if got != tt.want || warning != tt.warning {
			t.Errorf("%s: published %s, %q, want %s, %q", tt.name, got, warning, tt.want, tt.warning)
		}
	}
}

// TestZonesExist finds every clock of the list.
func TestZonesExist(t *testing.T) {
	for country := range zones() {
		if (&dates{country: country}).clock() == nil {
			t.Errorf("no clock for %s", country)
		}
	}
}

// TestDayAndHourOfAnAbbreviation reads the microdata of a blog whose hour alone is shown.
func TestDayAndHourOfAnAbbreviation(t *testing.T) {
	row := New(Options{}).HTML([]byte(`<html lang=fr><title>Le train</title><h2>mardi 5 juin 2018</h2><h1>Le train</h1><p>Publié à <abbr class=published itemprop=datePublished title="2018-06-05T08:00:00-07:00">08:00</abbr></p></html>`), "https://paper.example/1").Row
	if row.PublishedAt == nil || row.PublishedAt.Format(time.RFC3339) != "2018-06-05T15:00:00Z" || row.PublishedSource != "microdata:datePublished" {
		t.Errorf("published %v by %s", row.PublishedAt, row.PublishedSource)
	}
}
