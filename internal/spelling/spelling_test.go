package spelling

import "testing"

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		n    int
		one  string
		want string
	}{
		{1, "page", "1 page"},
		{0, "page", "0 pages"},
		{2, "known address", "2 known addresses"},
		{3, "index", "3 indexes"},
		{2, "copy", "2 copies"},
		{2, "day", "2 days"},
		{2, "search", "2 searches"},
	} {
		if got := Count(tt.n, tt.one); got != tt.want {
			t.Errorf("Count(%d, %q) = %q, want %q", tt.n, tt.one, got, tt.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	commands := []string{"crawl", "list", "repair", "report", "show", "stats", "status", "why"}
	for _, tt := range []struct{ name, want string }{
		{"lsit", `; did you mean "list"?`},
		{"statsu", `; did you mean "stats" or "status"?`},
		{"statu", `; did you mean "stats" or "status"?`},
		{"statuss", `; did you mean "status"?`},
		{"rep", `; did you mean "repair" or "report"?`},
		{"re", ""},
		{"nonsense", ""},
	} {
		if got := DidYouMean(tt.name, commands); got != tt.want {
			t.Errorf("DidYouMean(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}
