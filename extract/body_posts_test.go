package extract

import (
	"strings"
	"testing"
)

// Posts beside the article are not in its text, however long they are; its own
// parts are, whatever they link to.
func TestOtherPosts(t *testing.T) {
	const all = "<p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p>"
	const story = "<article>" + storyHead + all + "</article>"
	const text = "ONE\nTWO\nTHREE\nFOUR\nFIVE"
	long := strings.Repeat("<p>"+strings.Repeat("The baker of Lindholm opened the oven at four and closed it at noon. ", 6)+"</p>", 4)
	for _, tt := range []struct{ name, markup, want string }{
		{"a headline that leads to another page", story + "<article><h2><a href=/2026/bakery>Bakery opens</a></h2>" + long + "</article>", text},
		{"a headline in the link", story + "<article><a href=/2026/bakery><h2>Bakery opens</h2></a>" + long + "</article>", text},
		{"a permanent link", story + "<article><a rel=bookmark href=/2026/bakery>3 May</a>" + long + "</article>", text},
		{"near miss: an entry of a live blog below the page's address",
			"<article>" + storyHead + "</article><article><h2><a href=/2026/ferry-sails-again/entry-2>On board</a></h2>" + all + "</article>", text},
		{"near miss: an anchor", "<article>" + storyHead + "</article><article><h2><a href='#two'>On board</a></h2>" + all + "</article>", text},
		{"near miss: a later subheading with a link", "<article><h2>Ferry sails again</h2><p>ONE</p><h3><a href=/yard>The yard</a></h3><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p></article>", text},
		{"near miss: no other text", "<article><h2><a href=/2026/ferry>Ferry sails again</a></h2>" + all + "</article>", text},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := storyText(t, tt.markup, ""); got != tt.want {
				t.Errorf("text is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
