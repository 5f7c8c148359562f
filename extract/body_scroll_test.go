package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNextStory reads pages on which another story follows the first, as those that load
// more at their end do.
func TestNextStory(t *testing.T) {
	const first = "<div class=story><p>ONE</p><p>TWO</p></div>"
	const text = "<p>THREE</p><p>FOUR</p><p>FIVE</p>"
	for _, tt := range []struct{ name, in, want string }{
		{"named by data-url", "<article data-url=/2026/ferry-sails-again>" + storyHead + first + "</article><article data-url=/2026/bridge><h1>Bridge closed</h1><div class=story>" + text + "</div></article>", "ONE\nTWO"},
		{"named by data-url, the heading lower", "<article>" + storyHead + first + "</article><article data-url=https://post.example/2026/bridge><h2>Bridge closed</h2><div class=story>" + text + "</div></article>", "ONE\nTWO"},
		{"a headline of the same rank", "<article>" + storyHead + first + "</article><article><h1>Bridge closed until May</h1><div class=story>" + text + "</div></article>", "ONE\nTWO"},
		{"the same in boxes", "<div class=post>" + storyHead + "<p class=byline>By Mara Lund</p>" + first + "</div><div class=post><h1>Bridge closed until May</h1><p class=byline>By Ole Dahl</p><div class=story>" + text + "</div></div>", "ONE\nTWO"},
		{"boxes with addresses", "<div class=infinite-item data-permalink=/2026/ferry-sails-again>" + storyHead + first + "</div><div class=infinite-item data-permalink=/2026/bridge><h2>Bridge closed</h2><div class=story>" + text + "</div></div>", "ONE\nTWO"},
		{"named by itemid", "<article itemscope itemid=/2026/ferry-sails-again>" + storyHead + first + "</article><article itemscope itemid=/2026/bridge><h2>Bridge closed</h2><div class=story>" + text + "</div></article>", "ONE\nTWO"},
		{"a longer one above", "<article data-url=/2026/bridge><h2>Bridge closed</h2><div class=story>" + text + "</div></article><article data-url=/2026/ferry-sails-again>" + storyHead + first + "</article>", "ONE\nTWO"},
		{"sections of one story", "<section class=s>" + storyHead + "<p>ONE</p><p>TWO</p></section><section class=s><h1>At the charger</h1><p>THREE</p><p>FOUR</p></section>", "ONE\nTWO\nAt the charger\nTHREE\nFOUR"},
		{"the headline once more", "<div class=r><h1>Ferry sails again</h1><p class=byline>By Mara Lund</p></div><div class=r><h1>Harbour</h1><h1>Ferry sails again</h1><p class=byline>By Mara Lund</p>" + first + "</div>", "ONE\nTWO"},
		{"chapters of one story", "<article>" + storyHead + "<section><p>ONE</p><p>TWO</p></section><section><h1>At the charger</h1><p>THREE</p><p>FOUR</p></section></article>", "ONE\nTWO\nAt the charger\nTHREE\nFOUR"},
		{"parts whose addresses are of this page", "<article>" + storyHead + "<div data-url='/2026/ferry-sails-again#a'><p>ONE</p><p>TWO</p></div><div data-url='/2026/ferry-sails-again#b'><h2>At the charger</h2><p>THREE</p><p>FOUR</p></div></article>",
			"ONE\nTWO\nAt the charger\nTHREE\nFOUR"},
		{"a part with a button to share it", "<article>" + storyHead + "<div class=story><p>ONE</p><p>TWO</p><div data-url=https://share.example/x><h2>At the charger</h2><p>THREE</p></div><p>FOUR</p></div></article>",
			"ONE\nTWO\nAt the charger\nTHREE\nFOUR"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, storyText(t, "<main>"+tt.in+"</main>", "")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// TestLiveBlogs reads entries in the order of the page, each with its time.
func TestLiveBlogs(t *testing.T) {
	entry := func(tag, class, time, head, text string) string {
		return "<" + tag + " class='" + class + "'><div class=post-time>" + time + "</div><h3>" + head + "</h3><div class=post-text><p>" + text + "</p></div></" + tag + ">"
	}
	block := func(tag, time, head, text string) string {
		return "<" + tag + " class=block><time>" + time + "</time><h3>" + head + "</h3><p>" + text + "</p></" + tag + ">"
	}
	for _, tt := range []struct{ name, in, want string }{
		{"articles", storyHead + "<div class=liveblog>" + entry("article", "live-post", "<time datetime=2026-11-24T10:05>10.05</time>", "She is in sight", "ONE") + entry("article", "live-post", "<time datetime=2026-11-24T09:30>9.30</time>", "A horn", "TWO") +
			entry("article", "live-post", "<time datetime=2026-11-24T09:00>9.00</time>", "Fog", "THREE") + "</div>", "10.05\nShe is in sight\nONE\n9.30\nA horn\nTWO\n9.00\nFog\nTHREE"},
		{"items", storyHead + "<p>FIVE</p><ol class=live-blog-entries>" + entry("li", "live-entry", "10:05", "She is in sight", "ONE") + entry("li", "live-entry", "09:30", "A horn", "TWO") + "</ol>",
			"FIVE\n10:05\nShe is in sight\nONE\n09:30\nA horn\nTWO"},
		{"by microdata", storyHead + "<div>" + strings.ReplaceAll(entry("div", "e1", "<time>10:05</time>", "She is in sight", "ONE")+entry("div", "e1", "<time>09:30</time>", "A horn", "TWO"), "class='e1'", "itemprop=liveBlogUpdate") + "</div>",
			"10:05\nShe is in sight\nONE\n09:30\nA horn\nTWO"},
		{"by their make alone", storyHead + "<div>" + block("section", "10:05", "She is in sight", "ONE") + block("section", "09:30", "A horn", "TWO") + "</div>",
			"10:05\nShe is in sight\nONE\n09:30\nA horn\nTWO"},
		{"in a container called so", storyHead + "<div class=live-entries>" + block("article", "10:05", "She is in sight", "ONE") + block("article", "09:30", "A horn", "TWO") + "</div>",
			"10:05\nShe is in sight\nONE\n09:30\nA horn\nTWO"},
		{"near miss: one time", storyHead + "<div>" + block("section", "10:05", "She is in sight", "ONE") + "<p>TWO</p></div>", "She is in sight\nONE\nTWO"},
		{"near miss: cards of other stories", storyHead + "<p>ONE</p><p>TWO</p><div>" + strings.Repeat("<div class=card><time>10:05</time><a href=/b>Bridge closed until May</a></div>", 3) + "</div>", "ONE\nTWO"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, storyText(t, "<main>"+tt.in+"</main>", "")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}
