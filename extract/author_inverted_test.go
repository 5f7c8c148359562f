package extract

import (
	"strings"
	"testing"
)

// TestOneNameWithACommaInIt: what stands behind a comma may be of the name before it.
func TestOneNameWithACommaInIt(t *testing.T) {
	for _, tt := range []struct{ declared, want string }{
		{"Robert Downing, Jr.", "Robert Downing Jr."},
		{"Robert Downing Jr.", "Robert Downing Jr."},
		{"Ann Lee, Robert Downing, Jr.", "Ann Lee|Robert Downing Jr."},
		{"Robert Downing, Jr., and Ann Lee", "Robert Downing Jr.|Ann Lee"},
		{"Henry Vale, III", "Henry Vale III"},
		{"Ann Lee, MD", "Ann Lee"},
		{"Ann Lee, M.D., Ph.D.", "Ann Lee"},
		{"María José García, PhD", "María José García"},
		{"Ann Lee, MD, and Tomas Bell, PhD", "Ann Lee|Tomas Bell"},
		{"Smith, John", "John Smith"},
		{"Smith, John F.", "John F. Smith"},
		{"van der Berg, Piet", "Piet van der Berg"},
		{"O’Neill, Máire", "Máire O’Neill"},
		{"Smith, John; Doe, Jane", "John Smith|Jane Doe"},
		{"Ann Lee, John Roe", "Ann Lee|John Roe"},
		{"Ana Ruiz, Reuters", "Ana Ruiz"},
		{"Reuters, Madrid", "Reuters"},
		{"Redaktion, Madrid", "Redaktion"},
	} {
		for how, markup := range map[string]string{
			"meta":    `<meta name="author" content="` + tt.declared + `">`,
			"JSON-LD": `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","author":{"@type":"Person","name":"` + tt.declared + `"}}</script>`,
		} {
			m := readAt(t, "https://www.news.example/1", markup)
			if got := strings.Join(m.authors, "|"); got != tt.want {
				t.Errorf("%s %q: authors %q, want %q", how, tt.declared, got, tt.want)
			}
		}
	}
	for _, tt := range []struct{ line, want string }{
		{"By Robert Downing, Jr. and Ann Lee", "Robert Downing Jr.|Ann Lee"},
		{"By Ann Lee, MD", "Ann Lee"},
	} {
		if got, _ := signed(t, tt.line); got != tt.want {
			t.Errorf("%q: authors %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestFullNamesWithABlankBetween(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"佐藤美咲　田中健太郎", "佐藤美咲|田中健太郎"},
		{"佐藤美咲 田中健太郎", "佐藤美咲|田中健太郎"},
		{"佐藤　美咲", "佐藤 美咲"},
		{"佐々木　健太郎", "佐々木 健太郎"},
		{"【佐藤美咲　田中健太郎】", "佐藤美咲|田中健太郎"},
	} {
		m := readAt(t, "https://www.news.example/1", `<h1>駅前の図書館が再開</h1><p class="writer">`+tt.line+`</p><p>駅前の図書館が再開した。</p>`)
		if got := strings.Join(m.authors, "|"); got != tt.want {
			t.Errorf("%q: authors %q, want %q", tt.line, got, tt.want)
		}
	}
}
