package extract

import (
	"strings"
	"testing"
)

// TestAuthorsInText has East Asian stories that only their text signs.
func TestAuthorsInText(t *testing.T) {
	const ja = "市議会は二十四日夜、北部のフェリー乗り場を六週間閉鎖することを決めた。港沿いの商店主らは、秋の収入の大半を失いかねないと訴えている。"
	const zh = "市议会星期二晚间决定，北部轮渡码头将关闭六周。港口沿街的商户表示，这一决定将使他们失去秋季的大部分收入。"
	for _, tt := range []struct{ name, body, authors, gone string }{
		{"a name in brackets, below", "<p>" + ja + "</p><p>" + ja + "本当だ。</p><p>（高橋健二）</p>", "高橋健二", "（高橋健二）"},
		{"a name in brackets ends the last paragraph", "<p>" + ja + "</p><p>" + ja + "本当だ。（高橋健二）</p>", "高橋健二", ""},
		{"in the dateline of a wire service", "<p>新华社奥尔德港11月24日电（记者王磊、李静）" + zh + "</p><p>" + zh + "真的。</p>", "王磊|李静", ""},
		{"near miss: a word in brackets", "<p>" + ja + "</p><p>" + ja + "本当だ。（続く）</p>", "", ""},
		{"near miss: where", "<p>" + ja + "</p><p>" + ja + "本当だ。（北海道）</p>", "", ""},
	} {
		page := "<!doctype html><title>渡船場が閉鎖される</title><h1>渡船場が閉鎖される</h1><div class=txt>" + tt.body + "</div>"
		row := New(Options{}).HTML([]byte(page), "https://post.example/2026/a1").Row
		if got := strings.Join(row.Authors, "|"); got != tt.authors {
			t.Errorf("%s: authors %q, want %q", tt.name, got, tt.authors)
		}
		if tt.gone != "" && strings.Contains(row.Text, tt.gone) {
			t.Errorf("%s: %q stays in the text", tt.name, tt.gone)
		}
	}
}

// TestRightSignature has a name at the right margin below the text.
func TestRightSignature(t *testing.T) {
	for _, tt := range []struct{ name, line, authors, text string }{
		{"a name", `<p style="text-align: right"><b>Ana Ruiz</b></p>`, "Ana Ruiz", "ONE\nTWO\nTHREE\nFOUR"},
		{"a name and an agency", `<p align=right><b>Ana Ruiz</b> (Reuters)</p>`, "Ana Ruiz", "ONE\nTWO\nTHREE\nFOUR"},
		{"near miss: at the left", `<p>Ana Ruiz</p>`, "", "ONE\nTWO\nTHREE\nFOUR\nAna Ruiz"},
		{"near miss: two letters", `<p style="text-align:right">LK</p>`, "", "ONE\nTWO\nTHREE\nFOUR\nLK"},
	} {
		row := New(Options{}).HTML([]byte(storyPage(storyHead+"<div><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p>"+tt.line+"</div>")), "https://post.example/2026/ferry-sails-again").Row
		if got := strings.Join(row.Authors, "|"); got != tt.authors || storyWords(row.Text) != tt.text {
			t.Errorf("%s: authors %q, text %q, want %q, %q", tt.name, got, storyWords(row.Text), tt.authors, tt.text)
		}
	}
}
