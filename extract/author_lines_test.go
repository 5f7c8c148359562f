package extract

import (
	"html"
	"strings"
	"testing"
)

// TestBylinesOfPapers reads who wrote a story from bylines as papers of many countries
// print them, and no name from lines that only look like some.
func TestBylinesOfPapers(t *testing.T) {
	data, err := lineFiles.ReadFile("testdata/lines/bylines.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		class := ""
		if f[1] == "b" {
			class = " class=byline"
		}
		body := strings.Replace(storyPage("<article>"+storyHead+"<div"+class+">LINE</div><div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div></article>"), "LINE", html.EscapeString(f[2]), 1)
		body = strings.Replace(body, "lang=en", "lang="+f[0], 1)
		row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
		if got := strings.Join(row.Authors, "; "); got != f[3] {
			t.Errorf("%s %q: got %q, want %q", f[0], f[2], got, f[3])
		}
	}
}
