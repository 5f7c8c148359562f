package testsite

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestTruthsStandOnTheirPages guards against a truth that its page cannot bear out.
func TestTruthsStandOnTheirPages(t *testing.T) {
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		t.Run(a.Name(), func(t *testing.T) { checkTruth(t, a) })
	}
}

func checkTruth(t *testing.T, a Article) {
	page := shown(a.Source)
	must := append([]string{a.Truth.Title, a.Truth.Lead}, a.Truth.Paragraphs...)
	must = append(must, a.Truth.Cells...)
	must = append(must, a.Truth.Authors...)
	must = append(must, a.Truth.Agencies...)
	for _, i := range a.Truth.Images {
		must = append(must, i.Caption, i.Credit)
	}
	must = append(must, a.Truth.Absent...)
	for _, phrase := range must {
		if !strings.Contains(page, squeeze(phrase)) {
			t.Errorf("the page does not say %q", phrase)
		}
	}
	text := a.Truth.Lead + "\n" + strings.Join(a.Truth.Paragraphs, "\n")
	for _, phrase := range a.Truth.Absent {
		if strings.Contains(text, phrase) {
			t.Errorf("%q is both wanted and unwanted", phrase)
		}
	}
	for _, date := range []string{a.Truth.Published, a.Truth.Modified} {
		_, instant := time.Parse(time.RFC3339, date)
		_, day := time.Parse(time.DateOnly, date)
		if date != "" && instant != nil && day != nil {
			t.Errorf("%q is no date", date)
		}
	}
}

// shown is all that a page says, script data and attributes included, on one
// line: a witness that shares no code with any extractor.
func shown(source []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(string(source)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return squeeze(b.String() + scriptStrings(source))
		case html.TextToken:
			b.Write(z.Text())
		default:
			if tok := z.Token(); !inline[tok.Data] {
				b.WriteByte(' ')
				for _, a := range tok.Attr {
					b.WriteString(a.Val + " ")
				}
			}
		}
	}
}

var inline = map[string]bool{"a": true, "em": true, "strong": true, "b": true, "i": true, "span": true, "sup": true, "font": true}

var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// scriptStrings returns what the string literals of a page's scripts mean.
func scriptStrings(source []byte) string {
	var b strings.Builder
	for _, lit := range jsonString.FindAll(source, -1) {
		var s string
		if json.Unmarshal(lit, &s) == nil {
			b.WriteString(" " + shownText(s))
		}
	}
	return b.String()
}

func shownText(s string) string {
	if !strings.Contains(s, "<") {
		return html.UnescapeString(s)
	}
	return strings.Join(regexp.MustCompile(`<[^>]*>`).Split(html.UnescapeString(s), -1), "")
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
