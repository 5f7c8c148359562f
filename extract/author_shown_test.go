package extract

import (
	"strings"
	"testing"
)

// TestBylinesThatNameMoreThanDeclared: the longer list wins where it holds the declared names.
func TestBylinesThatNameMoreThanDeclared(t *testing.T) {
	for _, tt := range []struct{ declared, line, want string }{
		{"Jörg Thießen", `<p class="autor">Von Jörg Thießen und Anke Möllers, Bremerhaven</p>`, "Jörg Thießen|Anke Möllers"},
		{"Anke Möllers", `<p class="autor">Von Jörg Thießen und Anke Möllers</p>`, "Jörg Thießen|Anke Möllers"},
		{"Jörg Thießen", `<p>Von Jörg Thießen und Anke Möllers</p>`, "Jörg Thießen|Anke Möllers"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz, Tomas Bell and Jane Doe</p>`, "Ana Ruiz|Tomas Bell|Jane Doe"},
		{"Jane Doe", `<p class="byline">By Ana Ruiz and Tomas Bell</p>`, "Jane Doe"},
		{"Ana Ruiz", `<p class="byline">By Tomas Bell and Jane Doe</p>`, "Ana Ruiz"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz, Port Alder</p>`, "Ana Ruiz"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz, Health Editor</p>`, "Ana Ruiz"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz and Valley Post</p>`, "Ana Ruiz"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz, photos by Tomas Bell</p>`, "Ana Ruiz"},
		{"Ana Ruiz", `<p class="byline">By Ana Ruiz</p><div class="related"><p class="byline">By Ana Ruiz and Tomas Bell</p></div>`, "Ana Ruiz"},
	} {
		m := readAt(t, "https://www.news.example/1", `<meta property="og:site_name" content="Valley Post"><meta name="author" content="`+tt.declared+
			`"><h1>Bridge closed to lorries</h1>`+tt.line+`<p>Lorries must wait until spring.</p>`)
		if got := strings.Join(m.authors, "|"); got != tt.want {
			t.Errorf("%q, %s: authors %q, want %q", tt.declared, tt.line, got, tt.want)
		}
	}
}
