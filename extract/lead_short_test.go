package extract

import (
	"strings"
	"testing"
)

// TestShortStandfirsts puts short lines between headline and text.
func TestShortStandfirsts(t *testing.T) {
	const by, body = "<p class=x1>By Ana Ruiz</p><time datetime=2026-11-24>24 November 2026</time>", "<div class=x2><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p></div>"
	for _, tt := range []struct{ name, head, line, want string }{
		{"a heading without a telling name", "", "<h2 class=z9>Engine is electric for half of the crossing</h2>", "Engine is electric for half of the crossing"},
		{"a paragraph in a heading", "", "<h2><p>Engine is electric for half of the crossing</p></h2>", "Engine is electric for half of the crossing"},
		{"short, as the page describes itself", `<meta name=description content="A quay with no boat">`, "<p class=z9>A quay with no boat</p>", "A quay with no boat"},
		{"called subhead", "", "<p class=article__subhead>Engine is electric half of the way out</p>", "Engine is electric half of the way out"},
		{"called subheader", "", "<h3 class=doc__subheader>Engine is electric for half the way out</h3>", "Engine is electric for half the way out"},
		{"near miss: a list of links", "", "<ul class=z9><li><a href=/a>Engine is electric for half of the crossing</a></li><li><a href=/b>Islanders had waited on the quay since six</a></li></ul>", ""},
		{"near miss: a label", "", "<h2 class=z9>Local news</h2>", ""},
		{"near miss: a link", "", "<h2><a href=/b>Bridge closed to lorries until the spring</a></h2>", ""},
	} {
		got := storyText(t, "<header>"+storyHead+tt.line+by+"</header>"+body, tt.head)
		if want := strings.TrimLeft(tt.want+"\nONE\nTWO\nTHREE\nFOUR", "\n"); got != want {
			t.Errorf("%s: text is %q, want %q", tt.name, got, want)
		}
	}
}

// TestSignedEnds has lines that tell who wrote the story, above and below it.
func TestSignedEnds(t *testing.T) {
	const head = `<meta name=author content="Ana Ruiz"><meta name=author content="Tom Bell">`
	for _, tt := range []struct{ name, above, below string }{
		{"two names and a place", "<p>By Ana Ruiz and Tom Bell, Lindholm</p>", ""},
		{"who the author is", "", "<p><b>Ana Ruiz</b> writes on ships and ports. She has lived on the island since 2015.</p>"},
		{"who the author is, in a link", "", "<p><em><a href=/ana>Ana Ruiz</a> is our ports correspondent.</em></p>"},
	} {
		got := storyText(t, storyHead+"<div>"+tt.above+"<p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p>"+tt.below+"</div>", head)
		if want := "ONE\nTWO\nTHREE\nFOUR"; got != want {
			t.Errorf("%s: text is %q, want %q", tt.name, got, want)
		}
	}
	got := storyText(t, storyHead+"<div><p>ONE</p><p>TWO</p><p>THREE</p><p>Ana Ruiz, the harbour master, did not answer our questions on Tuesday.</p></div>", head)
	if !strings.HasSuffix(got, "on Tuesday.") {
		t.Errorf("near miss: a last paragraph that begins with a name went: %q", got)
	}
}
