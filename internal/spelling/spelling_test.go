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
