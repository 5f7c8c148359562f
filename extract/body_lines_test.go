package extract

import (
	"embed"
	"html"
	"strings"
	"testing"
)

//go:embed testdata/lines
var lineFiles embed.FS

// TestLinesOfPapers puts lines of service as papers of many countries print them into and
// below a plain story, and sentences that begin with the same words.
func TestLinesOfPapers(t *testing.T) {
	for file, stays := range map[string]bool{"amid": false, "below": false, "text": true} {
		data, err := lineFiles.ReadFile("testdata/lines/" + file + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range listOf(string(data)) {
			p, want := "<p>LINE</p>", "ONE\nTWO\nTHREE\nFOUR\nFIVE"
			if stays {
				want = "ONE\nTWO\nTHREE\n" + line + "\nFOUR\nFIVE"
			}
			in := "<p>ONE</p><p>TWO</p><p>THREE</p>" + p + "<p>FOUR</p><p>FIVE</p>"
			if file == "below" {
				in = "<p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p>" + p
			}
			body := strings.Replace(storyPage(storyHead+"<div class=story>"+in+"</div>"), "LINE", html.EscapeString(line), 1)
			row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
			if got := storyWords(row.Text); got != want {
				t.Errorf("%s: %q: got %q", file, line, got)
			}
		}
	}
}
