package address

import (
	"fmt"
	"strings"
	"testing"
)

func TestSrcset(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"a.jpg", "a.jpg 1x"},
		{"a.jpg 320w, b.jpg 640w,c.jpg 960w", "a.jpg 320w|b.jpg 640w|c.jpg 960w"},
		{"/p.webp, /p2.webp 2x", "/p.webp 1x|/p2.webp 2x"},
		{"/w_1,h_2/a.jpg 1x, /w_2,h_4/a.jpg 1.5x", "/w_1,h_2/a.jpg 1x|/w_2,h_4/a.jpg 1.5x"},
		{"a.jpg 640w 360h", "a.jpg 640w"},
		{"a.jpg wide,,  b.jpg -3x", "a.jpg 1x|b.jpg 1x"},
	} {
		var got []string
		for _, c := range Srcset(tt.in) {
			got = append(got, fmt.Sprintf("%s %v%c", c.Ref, c.Size, c.Unit))
		}
		if all := strings.Join(got, "|"); all != tt.want {
			t.Errorf("Srcset(%q) = %s, want %s", tt.in, all, tt.want)
		}
	}
}
