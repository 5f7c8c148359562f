package extract

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	late := append([]byte("<html><head><!--"), bytes.Repeat([]byte("x"), 5000)...)
	for _, tt := range []struct{ name, body, header, text, charset string }{
		{"empty", "", "", "", "utf-8"},
		{"plain", "flood", "", "flood", "utf-8"},
		{"UTF-8 without a word about it", "Brücke", "", "Brücke", "utf-8"},
		{"UTF-8 declared as something else", "Brücke", "text/html; charset=iso-8859-1", "Brücke", "utf-8"},
		{"BOM wins", "\xEF\xBB\xBFBr\xFCcke", "text/html; charset=iso-8859-1", "Br\uFFFDcke", "utf-8"},
		{"UTF-16 with BOM", "\xFF\xFEf\x00l\x00", "", "fl", "utf-16le"},
		{"UTF-16 without", "<\x00p\x00>\x00h\x00i\x00", "", "<p>hi", "utf-16le"},
		{"declared as UTF-16, without a NUL byte", "<p>hi", "text/html; charset=utf-16", "<p>hi", "utf-8"},
		{"UTF-16 the other way round", "\x00<\x00p\x00>\x00h", "", "<p>h", "utf-16be"},
		{"header", "\xEC\xEE\xF1\xF2", "text/html;charset=windows-1251", "мост", "windows-1251"},
		{"header, broken", "\xEC\xEE\xF1\xF2", "text/html; charset=windows-1251; ;=", "мост", "windows-1251"},
		{"Latin-1 is windows-1252", "\x80 5", "text/html; charset=ISO-8859-1", "€ 5", "windows-1252"},
		{"meta", `<meta charset=koi8-r>` + "\xCD\xCF\xD3\xD4", "", "<meta charset=koi8-r>мост", "koi8-r"},
		{"meta http-equiv", `<META http-equiv=x content="text/html; charset = 'koi8-r'">` + "\xCD\xCF\xD3\xD4", "text/html",
			`<META http-equiv=x content="text/html; charset = 'koi8-r'">мост`, "koi8-r"},
		{"meta lies: UTF-8 said, none there", `<meta charset=utf-8>` + "\xFCber die Br\xFCcke f\xFChrt ein \xE4lterer Weg", "",
			`<meta charset=utf-8>über die Brücke führt ein älterer Weg`, "windows-1252"},
		{"XML declaration", `<?xml version="1.0" encoding="koi8-r"?>` + "\xCD\xCF\xD3\xD4", "", `<?xml version="1.0" encoding="koi8-r"?>мост`, "koi8-r"},
		{"ISO-2022-JP", "\x1b$B66\x1b(B", "", "橋", "iso-2022-jp"},
		{"no UTF-7", "+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-", "utf-8"},
		{"no replacement encoding", "abc", "text/html; charset=iso-2022-kr", "abc", "utf-8"},
		{"one broken character", "Die Brücke über die ältere Führung der Böschung war müde, schön, größer, höher, kühler, früher, später, möglich, nötig, üblich, \xFF aus", "",
			"Die Brücke über die ältere Führung der Böschung war müde, schön, größer, höher, kühler, früher, später, möglich, nötig, üblich, \uFFFD aus", "utf-8"},
		{"controls", "a\x00b\x1bc\u0085d\r\ne\rf\fg\uFFFEh\u00A0", "", "abcd\ne\nf gh\u00A0", "utf-8"},
	} {
		text, charset := decode([]byte(tt.body), tt.header)
		if string(text) != tt.text || charset != tt.charset {
			t.Errorf("%s: decode(%q, %q) = %q, %s, want %q, %s", tt.name, tt.body, tt.header, text, charset, tt.text, tt.charset)
		}
	}
	late = append(late, "--><meta charset='windows-1250'>\xB3\xF3d\x9F"...)
	if text, charset := decode(late, ""); charset != "windows-1250" || !bytes.HasSuffix(text, []byte("łódź")) {
		t.Errorf("late meta: %s, %q", charset, text[len(text)-20:])
	}
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ body, charset string }{
		{"\xCD\xE0 \xEC\xEE\xF1\xF2\xF3 \xF7\xE5\xF0\xE5\xE7 \xF0\xE5\xEA\xF3 \xED\xE0\xF7\xE0\xEB\xF1\xFF \xF0\xE5\xEC\xEE\xED\xF2, \xF1\xEE\xEE\xE1\xF9\xE8\xEB\xE0 \xE3\xEE\xF0\xEE\xE4\xF1\xEA\xE0\xFF \xE0\xE4\xEC\xE8\xED\xE8\xF1\xF2\xF0\xE0\xF6\xE8\xFF", "windows-1251"},
		{"\x8B\xB4\x82\xCC\x8DH\x8E\x96\x82\xAA\x8En\x82\xDC\x82\xE8\x82\xDC\x82\xB5\x82\xBD\x81B\x8Es\x82\xCD\x8F\xBC\x96{\x8Es\x92\xB7\x82\xF0\x8C\x7D\x82\xA6\x82\xBD\x81B", "shift_jis"},
		{"Die Br\xFCcke \xFCber den Fluss wird gesperrt, weil sie zu schw\xE4chlich ist f\xFCr den Verkehr", "windows-1252"},
	} {
		if _, charset := decode([]byte(tt.body), "text/html"); charset != tt.charset {
			t.Errorf("decode(%q): %s, want %s", tt.body, charset, tt.charset)
		}
	}
}

func TestCleanPageIsNotCopied(t *testing.T) {
	body := []byte("<p>Die Brücke\n\tist 東京 \U0001F600 gesperrt.</p>")
	if text, _ := decode(body, ""); &text[0] != &body[0] {
		t.Error("a clean page was copied")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<meta charset=utf-8>Br\xC3\xBCcke"), "text/html; charset=utf-8")
	f.Add([]byte("\xFF\xFEf\x00\x1b$B"), "text/html; charset=shift_jis")
	f.Add([]byte("a\r\r\nb\x00\xEF\xBF\xBE\xC2\x85\x7f"), "charset=")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		before := bytes.Clone(body)
		text, charset := decode(body, contentType)
		if !bytes.Equal(body, before) {
			t.Fatal("the body was changed")
		}
		if charsetName(charset) != charset || charset == "" {
			t.Fatalf("charset %q is no name of the Encoding Standard", charset)
		}
		if !utf8.Valid(text) {
			t.Fatalf("decode(%q) = %q: not UTF-8", body, text)
		}
		for _, r := range string(text) {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE {
				t.Fatalf("decode(%q) = %q: holds %U", body, text, r)
			}
		}
	})
}
