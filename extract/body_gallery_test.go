package extract

import (
	"fmt"
	"strings"
	"testing"

	"newsarchive/page"
)

// TestGalleries: the captions of a series are the text where there is little else, and its pictures stand
// between them.
func TestGalleries(t *testing.T) {
	series := ""
	for n := 1; n <= 5; n++ {
		series += fmt.Sprintf("<figure><img src=/p%d.jpg width=640 height=400><figcaption>%d/5 The boats of the county before her, number %d, were built of wood by hand.</figcaption></figure>", n, n, n)
	}
	for _, tt := range []struct {
		name, in string
		kept     bool
	}{
		{"a gallery", storyHead + "<article class=gallery><p class=intro>We were on board when she sailed on Tuesday.</p>" + series + "</article>", true},
		{"without another word", "<article class=gallery>" + storyHead + series + "</article>", true},
		{"near miss: pictures in a story", storyHead + "<article><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p>" + series + "</article>", false},
		{"near miss: cards of other stories", storyHead + "<article><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p></article><div class=related>" + series + "</div>", false},
	} {
		row := New(Options{}).HTML([]byte(storyPage(tt.in)), "https://post.example/2026/ferry-sails-again").Row
		if row.Outcome != page.OK {
			t.Errorf("%s: %s", tt.name, row.Outcome)
		}
		for n := 1; n <= 5; n++ {
			caption := fmt.Sprintf("number %d, were built", n)
			if strings.Contains(row.Text, caption) != tt.kept {
				t.Errorf("%s: caption %d in the text %t:\n%s", tt.name, n, !tt.kept, row.Text)
			}
			if tt.kept && !(strings.Contains(row.Markdown, fmt.Sprintf("/p%d.jpg", n)) && strings.Contains(strings.Join(row.ImageCaptions, "|"), caption)) {
				t.Errorf("%s: picture %d: %s, %q", tt.name, n, row.Markdown, row.ImageCaptions)
			}
		}
	}
}
