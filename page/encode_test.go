package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestEmptyRowHasEveryKeyAndNoNullButTimes(t *testing.T) {
	line, err := Row{}.AppendLine(nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(line, &keys); err != nil {
		t.Fatal(err)
	}
	for k, v := range keys {
		if v == nil && !strings.HasSuffix(k, "_at") {
			t.Errorf("%s is null", k)
		}
	}
}

func TestRowIsWrittenInUTC(t *testing.T) {
	at := time.Date(2026, 11, 21, 8, 40, 0, 0, time.FixedZone("", 3600))
	line, _ := Row{PublishedAt: &at}.AppendLine(nil)
	if want := `"published_at":"2026-11-21T07:40:00Z"`; !bytes.Contains(line, []byte(want)) {
		t.Errorf("row %s lacks %s", line, want)
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain", "plain"},
		{"two\nlines\tand a tab", "two\nlines\tand a tab"},
		{"bell\a and \x1b[31m", "bell and [31m"},
		{"C1 \u0085 next", "C1  next"},
		{"cut \xe4\xb8", "cut \uFFFD"},
		{"nonchar \uFFFE \uFDD0 \U0001FFFF", "nonchar   "},
		{"\uFFFD stays", "\uFFFD stays"},
		{"東京", "東京"},
	} {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestBidiIsEscapedInJSONAndOnTheTerminal(t *testing.T) {
	line, _ := Row{Title: "evil\u202Egnp"}.AppendLine(nil)
	if !bytes.Contains(line, []byte(`evil\u202egnp`)) {
		t.Errorf("override not escaped: %s", line)
	}
	var back Row
	if err := json.Unmarshal(line, &back); err != nil || back.Title != "evil\u202Egnp" {
		t.Errorf("title came back as %q (%v)", back.Title, err)
	}
	if got := Printable("a\x1b[2Jb\u202Ec\nd", 0); got != `a\u001b[2Jb\u202ec d` {
		t.Errorf("Printable = %q", got)
	}
	if got := Printable("abcdef", 3); got != "abc…" {
		t.Errorf("Printable = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("x\x00\xff\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, unwanted) || Clean(got) != got {
			t.Fatalf("Clean(%q) = %q", s, got)
		}
	})
}
