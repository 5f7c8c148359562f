package testsite

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

func TestEveryVariantSaysTheWholeStory(t *testing.T) {
	story, err := CrowdedStory()
	if err != nil {
		t.Fatal(err)
	}
	variants, err := Variants(story)
	if err != nil {
		t.Fatal(err)
	}
	if len(variants) != len(markups) {
		t.Fatalf("%d variants, want %d", len(variants), len(markups))
	}
	for _, v := range variants {
		page := shown(decoded(t, v))
		for _, want := range append([]string{story.Title, story.Byline}, story.Paragraphs...) {
			if !strings.Contains(page, squeeze(want)) {
				t.Errorf("%s does not say %q", v.Name, want)
			}
		}
		if !strings.Contains(page, story.Published) {
			t.Errorf("%s has no date", v.Name)
		}
		if v.Name != "json-ld" && !strings.Contains(page, story.Credit) {
			t.Errorf("%s has no photo credit", v.Name)
		}
		if !strings.Contains(page, story.PopularNow[0].Title) {
			t.Errorf("%s has no clutter", v.Name)
		}
	}
}

func TestVariantBytes(t *testing.T) {
	story, err := CrowdedStory()
	if err != nil {
		t.Fatal(err)
	}
	variants, err := Variants(story)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, want string }{
		{"semantic", "‘Fog’"},
		{"windows-1252", "\x91Fog\x92"},
		{"euc-kr", "\xa1\xaeFog\xa1\xaf"},
		{"utf-16", "\x18\x20F\x00o\x00g\x00\x19\x20"},
	} {
		for _, v := range variants {
			if v.Name == tt.name && !bytes.Contains(v.Body, []byte(tt.want)) {
				t.Errorf("%s lacks the bytes %q", tt.name, tt.want)
			}
		}
	}
}

// decoded reads a variant by its name, which is its charset where it is not UTF-8.
func decoded(t *testing.T, v Variant) []byte {
	t.Helper()
	var enc encoding.Encoding = unicode.UTF8
	if v.Name == "utf-16" {
		enc = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	} else if legacy, _ := charset.Lookup(v.Name); legacy != nil {
		enc = legacy
	}
	text, err := enc.NewDecoder().Bytes(v.Body)
	if err != nil {
		t.Fatalf("%s: %v", v.Name, err)
	}
	return text
}
