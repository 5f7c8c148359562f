package extract

import "testing"

func TestCanonicalsThatAreSections(t *testing.T) {
	for _, tt := range []struct {
		page, canonical string
		believed        bool
	}{
		{"/news/2026/ferry-sails-again", "/news/", false},
		{"/news/2026/ferry-sails-again", "/news", false},
		{"/news/2026/ferry-sails-again", "/news/2026/", false},
		{"/us-news/2026/the-ferry-sails-again", "/us-news/", false},
		{"/news/story.html", "/news/", false},
		{"/news/ferry-sails-again/amp", "/news/ferry-sails-again", true},
		{"/news/ferry-sails-again/print", "/news/ferry-sails-again/", true},
		{"/news/ferry-sails-again/2", "/news/ferry-sails-again", true},
		{"/news/ferry/page-2", "/news/ferry", true},
		{"/news/ferry-sails-again/comments-on-it", "/news/ferry-sails-again", true},
		{"/a/8234/ferry-sails-again", "/a/8234", true},
		{"/story/c8234/ferry-sails-again", "/story/c8234", true},
		{"/news/2026/ferry-sails-again", "/news/ferry-sails-again", true},
		{"/news/2026/ferry-sails-again", "/news/2026/ferry-sails-again", true},
		{"/news/ferry-sails-again", "/news/?id=8", true},
		{"/news", "/news/", true},
	} {
		m := readAt(t, "https://news.example"+tt.page, `<link rel="canonical" href="https://news.example`+tt.canonical+`">`)
		if got := m.canonical.value != ""; got != tt.believed {
			t.Errorf("%s, canonical %s: believed %t, want %t", tt.page, tt.canonical, got, tt.believed)
		}
	}
}
