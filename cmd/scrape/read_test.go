package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

func TestPublished(t *testing.T) {
	at := time.Date(2026, 7, 1, 16, 35, 0, 0, time.UTC)
	for _, tt := range []struct {
		precision string
		warnings  page.Lines
		day, time string
	}{
		{"second", nil, "2026-07-01", "2026-07-01 16:35 UTC"},
		{"minute", page.Lines{"published_offset_assumed"}, "2026-07-01", "2026-07-01 16:35, zone unknown"},
		{"day", nil, "2026-07-01", "2026-07-01"},
		{"month", nil, "2026-07   ", "2026-07"},
		{"year", nil, "2026      ", "2026"},
	} {
		r := page.Row{PublishedAt: &at, PublishedPrecision: tt.precision, Warnings: tt.warnings}
		if day(r) != tt.day || published(r) != tt.time {
			t.Errorf("%s: %q and %q, want %q and %q", tt.precision, day(r), published(r), tt.day, tt.time)
		}
	}
	if got := day(page.Row{}); got != "          " {
		t.Errorf("no day: %q", got)
	}
}

func TestPicturesAreToldApart(t *testing.T) {
	var b bytes.Buffer
	r := page.Row{Outcome: page.OK, Title: "Ferry", Markdown: "One.\n\n![the \\[old\\] ferry](https://news.example/a.jpg)\n\n![a quay](https://news.example/b.jpg)\n\nTwo.",
		Images: page.Lines{"https://news.example/b.jpg"}, ImageCaptions: page.Lines{"The quay at dawn"}, ImageCredits: page.Lines{"Ana Ruiz"}}
	if err := (&output{w: &b}).article(r); err != nil {
		t.Fatal(err)
	}
	if want := "One.\n\n[picture] the [old] ferry\n\n[picture] The quay at dawn (Ana Ruiz)\n\nTwo.\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("got %q, want %q at its end", b.String(), want)
	}
}

func TestReason(t *testing.T) {
	for _, tt := range []struct {
		r    page.Row
		want string
	}{
		{page.Row{Outcome: page.OK, HTTPStatus: 200, Warnings: page.Lines{"short_text"}}, ""},
		{page.Row{Outcome: page.NotArticle, HTTPStatus: 200, Warnings: page.Lines{"soft_404"}}, " (soft_404)"},
		{page.Row{Outcome: page.HTTPError, HTTPStatus: 503, Warnings: page.Lines{"x"}}, " (HTTP 503)"},
		{page.Row{Outcome: page.Empty, HTTPStatus: 200}, ""},
	} {
		if got := reason(tt.r); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.r, got, tt.want)
		}
	}
}
