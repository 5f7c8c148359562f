package requisite

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// CSS finds what a stylesheet names: imports, images and fonts. The base is the
// address of the stylesheet.
func CSS(sheet []byte, base string) []Found {
	return find(base, func(f *finding) { f.css(sheet) })
}

// A sheet is a stylesheet that is being read.
type sheet struct {
	f      *finding
	inner  bool   // it is the value of a property
	at     string // the at-rule at hand, lower case; "" outside
	depth  int    // of braces
	face   int    // depth of the @font-face block; 0 outside
	font   bool   // the first address of a font face was seen
	choice int    // depth of parentheses in image-set(); 0 outside
}

// css reads a stylesheet, or the value of a style attribute.
func (f *finding) css(text []byte) { (&sheet{f: f}).read(text) }

func (s *sheet) read(text []byte) {
	lex := css.NewLexer(parse.NewInputBytes(append([]byte(nil), text...)))
	for len(s.f.list) < most {
		kind, data := lex.Next()
		if kind == css.ErrorToken {
			return
		}
		s.token(kind, data)
	}
}

func (s *sheet) token(kind css.TokenType, data []byte) {
	switch kind {
	case css.AtKeywordToken:
		s.at = strings.ToLower(string(data))
	case css.SemicolonToken:
		s.at = ""
	case css.LeftBraceToken:
		s.depth++
		if s.at == "@font-face" {
			s.face, s.font = s.depth, false
		}
		s.at = ""
	case css.RightBraceToken:
		if s.depth--; s.depth < s.face {
			s.face = 0
		}
	case css.FunctionToken:
		s.function(strings.ToLower(string(data)))
	case css.LeftParenthesisToken:
		if s.choice > 0 {
			s.choice++
		}
	case css.RightParenthesisToken:
		s.choice = max(0, s.choice-1)
	case css.URLToken:
		s.ref(unquoted(data))
	case css.StringToken:
		if s.at == "@import" || s.choice > 0 {
			s.ref(unquoted(data))
		}
	case css.CustomPropertyValueToken:
		if !s.inner {
			(&sheet{f: s.f, inner: true}).read(data)
		}
	}
}

func (s *sheet) function(name string) {
	switch {
	case s.choice > 0:
		s.choice++
	case name == "image-set(" || name == "-webkit-image-set(" || name == "src(":
		s.choice = 1
	}
}

// ref takes an address in.
func (s *sheet) ref(ref string) {
	switch {
	case s.at == "@import":
		s.f.add(ref, Style)
		s.at = "@imported" // what follows are conditions
	case s.at == "@namespace":
	case s.face > 0 && s.font:
		s.f.add(ref, Variant)
	case s.face > 0:
		s.font = !strings.HasPrefix(ref, "data:")
		s.f.add(ref, Font)
	default:
		s.f.add(ref, Image)
	}
}

// unquoted returns the address in a url() or a string, with escapes undone (CSS
// Syntax section 4.3.7).
func unquoted(data []byte) string {
	s := string(data)
	if len(s) > 4 && strings.EqualFold(s[:4], "url(") {
		s = strings.TrimSpace(strings.TrimSuffix(s[4:], ")"))
	}
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		s = strings.TrimSuffix(s[1:], s[:1])
	}
	if !strings.Contains(s, `\`) {
		return s
	}
	return unescaped(s)
}

func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		n := 0
		for n < 6 && i+1+n < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i+1+n]) >= 0 {
			n++
		}
		if n == 0 {
			i++
			if s[i] != '\n' {
				b.WriteByte(s[i])
			}
			continue
		}
		code, _ := strconv.ParseUint(s[i+1:i+1+n], 16, 32)
		if code == 0 || code > utf8.MaxRune {
			code = utf8.RuneError
		}
		b.WriteRune(rune(code))
		if i += n; i+1 < len(s) && strings.IndexByte(" \t\n\r\f", s[i+1]) >= 0 {
			i++
		}
	}
	return b.String()
}
