package page

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
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

// plainRow is a Row that encoding/json writes by reflection.
type plainRow Row

// fullRow has another value in each field, the strings with s in them.
func fullRow(s string, at time.Time) Row {
	var r Row
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i).Addr().Interface().(type) {
		case *string:
			*f = s + strconv.Itoa(i)
		case *Outcome:
			*f = OK
		case *Lines:
			*f = Lines{s, strconv.Itoa(i)}
		case *int:
			*f = i
		case *int64:
			*f = -int64(i) << 33
		case *time.Time:
			*f = at
		case **time.Time:
			*f = &at
		}
	}
	return r
}

// The line is what encoding/json makes of the normalized row.
func FuzzAppendLine(f *testing.F) {
	f.Add("x\x00\xff\xfe\u2028\u202e \"<&>\\\n\t\u007f\u0085東京\uFFFE", int64(1795337000))
	f.Add("", int64(-62135596800))
	f.Fuzz(func(t *testing.T, s string, unix int64) {
		at := time.Unix(unix%(1<<37), unix%1e9)
		r := fullRow(s, at)
		line, err := r.AppendLine([]byte("before"))
		if y := at.UTC().Year(); y < 0 || y > 9999 {
			if err == nil {
				t.Fatalf("year %d written as %s", y, line)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		r.Normalize()
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(plainRow(r)); err != nil {
			t.Fatal(err)
		}
		whole := EscapeBidi(want.Bytes())
		if r.FetchedAt.IsZero() {
			whole = bytes.Replace(whole, []byte(`"fetched_at":"0001-01-01T00:00:00Z"`), []byte(`"fetched_at":null`), 1)
		}
		if got := string(line[len("before"):]); got != string(whole) {
			t.Fatalf("got  %s\nwant %s", got, whole)
		}
	})
}

func BenchmarkAppendLine(b *testing.B) {
	r := fullRow(strings.Repeat("Forty households moved out. ", 100), time.Unix(1795337000, 0))
	line, err := r.AppendLine(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if line, err = r.AppendLine(line[:0]); err != nil {
			b.Fatal(err)
		}
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
