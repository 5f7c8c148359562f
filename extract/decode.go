package extract

import (
	"bytes"
	"cmp"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// declaredWithin is how many bytes at the head of a page are searched for a
// declaration of its character encoding. Browsers stop at 1024; one page in a
// hundred declares it later.
const declaredWithin = 64 << 10

// decode returns body as clean UTF-8 and the WHATWG name of the encoding it was
// in. The first of these that says anything decides: a byte order mark; the bytes
// themselves where they are UTF-8, UTF-16 or ISO-2022-JP beyond doubt; the charset
// of the HTTP header; a declaration in the markup; a guess; windows-1252.
//
// The text holds no byte order mark, no control character but newline and tab, and
// no noncharacter. It shares its memory with body where nothing had to change.
func decode(body []byte, contentType string) (text []byte, charset string) {
	valid := utf8.Valid(body)
	charset, body = sniff(body, contentType, valid)
	if charset != "utf-8" {
		body = transcode(body, charset)
	} else if !valid {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return cleanText(body), charset
}

// sniff names the encoding of body, which may be valid UTF-8, and cuts its byte order mark.
func sniff(body []byte, contentType string, valid bool) (string, []byte) {
	for _, mark := range byteOrderMarks {
		if rest, ok := bytes.CutPrefix(body, mark.bytes); ok {
			return mark.charset, rest
		}
	}
	return sniffUnmarked(body, contentType, valid), body
}

var byteOrderMarks = [...]struct {
	bytes   []byte
	charset string
}{
	{[]byte("\xEF\xBB\xBF"), "utf-8"},
	{[]byte("\xFE\xFF"), "utf-16be"},
	{[]byte("\xFF\xFE"), "utf-16le"},
}

func sniffUnmarked(body []byte, contentType string, valid bool) string {
	if utf16 := wide(body); utf16 != "" {
		return utf16
	}
	multi, bad := countUTF8(body, valid)
	if bad == 0 && multi > 0 {
		return "utf-8"
	}
	header, markup := headerCharset(contentType), markupCharset(body)
	if strings.HasPrefix(header, "utf-16") && bytes.IndexByte(body, 0) < 0 {
		header = "" // no markup is UTF-16 without NUL bytes
	}
	if bad == 0 {
		return asciiCharset(body, header, markup)
	}
	if bad*8 <= multi {
		return "utf-8" // a few broken characters, whatever is declared
	}
	for _, declared := range [...]string{header, markup} {
		// Such bytes are not UTF-8, whoever says so, unless there are next to none.
		if declared != "" && (declared != "utf-8" || bad <= multi+2) {
			return declared
		}
	}
	return guessCharset(body)
}

// asciiCharset names the encoding of a page without a byte above 127.
func asciiCharset(body []byte, declared ...string) string {
	if bytes.Contains(body, []byte("\x1b$")) {
		return "iso-2022-jp"
	}
	for _, name := range declared {
		if name != "" && name != "iso-2022-jp" {
			return name
		}
	}
	return "utf-8"
}

// wide recognises UTF-16 without a byte order mark by the NUL bytes that Latin
// markup has in it.
func wide(body []byte) string {
	head := body[:min(len(body), 512)&^1]
	if len(head) < 4 || bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	var even, odd int
	for i, c := range head {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch half := len(head) / 4; { // half of the code units
	case odd >= half && even == 0:
		return "utf-16le"
	case even >= half && odd == 0:
		return "utf-16be"
	}
	return ""
}

// countUTF8 counts the characters of several bytes in body, and the bytes that
// belong to no character.
func countUTF8(body []byte, valid bool) (multi, bad int) {
	if valid {
		if !ascii(body) {
			multi = 1 // one is as good as many where all are valid
		}
		return multi, 0
	}
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			multi++
		}
		i += n
	}
	return multi, bad
}

// headerCharset returns the charset of a Content-Type header, "" if it names none
// that is known.
func headerCharset(contentType string) string {
	if contentType == "" {
		return ""
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err == nil {
		return charsetName(params["charset"])
	}
	_, after, found := strings.Cut(strings.ToLower(contentType), "charset=")
	if !found {
		return ""
	}
	return charsetName(strings.FieldsFunc(after+" ", func(r rune) bool { return strings.ContainsRune(`"';, `, r) })...)
}

// charsetName returns the WHATWG name of the first label, "" if it is unknown or
// names an encoding that must not be decoded.
func charsetName(labels ...string) string {
	if len(labels) == 0 || labels[0] == "" {
		return ""
	}
	enc, err := htmlindex.Get(strings.TrimSpace(labels[0]))
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" || name == "x-user-defined" {
		return ""
	}
	return name
}

// markupCharset returns what the first <meta> or XML declaration that names a
// known encoding says.
func markupCharset(body []byte) string {
	head := body[:min(len(body), declaredWithin)]
	if hasPrefixFold(head, "<?xml") {
		decl, _, _ := bytes.Cut(head[:min(len(head), 256)], []byte("?>"))
		if name := markupName(charsetAfter(bytes.ToLower(decl), "encoding")); name != "" {
			return name
		}
	}
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return ""
		}
		if head = head[i+1:]; !hasPrefixFold(head, "meta") {
			continue
		}
		tag, _, _ := bytes.Cut(head, []byte(">"))
		if name := markupName(charsetAfter(bytes.ToLower(tag), "charset")); name != "" {
			return name
		}
	}
}

// charsetAfter returns the value that follows key and an equals sign.
func charsetAfter(tag []byte, key string) string {
	for {
		i := bytes.Index(tag, []byte(key))
		if i < 0 {
			return ""
		}
		tag = bytes.TrimLeft(tag[i+len(key):], " \t\r\n")
		if !bytes.HasPrefix(tag, []byte("=")) {
			continue
		}
		value := bytes.TrimLeft(tag[1:], " \t\r\n\"'")
		if end := bytes.IndexAny(value, "\"'; \t\r\n/"); end >= 0 {
			value = value[:end]
		}
		return string(value)
	}
}

// markupName is charsetName for a declaration that was read as ASCII: it cannot
// stand in UTF-16.
func markupName(label string) string {
	name := charsetName(label)
	if strings.HasPrefix(name, "utf-16") {
		return "utf-8"
	}
	return name
}

// guessCharset asks the statistics of the bytes.
func guessCharset(body []byte) string {
	sample := text8(body)
	all, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return "windows-1252"
	}
	// They come in any order. Of those that are as likely the Latin one is taken: where
	// it is wrong, less is lost.
	best := slices.MinFunc(all, func(a, b chardet.Result) int {
		return cmp.Or(b.Confidence-a.Confidence, notLatin(a)-notLatin(b), cmp.Compare(a.Charset, b.Charset))
	})
	if best.Confidence < 20 {
		return "windows-1252"
	}
	label := best.Charset
	if label == "GB-18030" {
		label = "gb18030"
	}
	if name := charsetName(label); name != "" && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
		return name
	}
	return "windows-1252"
}

func notLatin(r chardet.Result) int {
	if r.Charset == "ISO-8859-1" {
		return 0
	}
	return 1
}

// text8 returns up to 32 KiB of the lines around bytes above 127: the markup says
// nothing about the language.
func text8(body []byte) []byte {
	const enough = 32 << 10
	out := make([]byte, 0, enough)
	for len(body) > 0 && len(out) < enough {
		i := bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			break
		}
		from, to := max(0, i-16), i
		for to < len(body) && to < i+4096 && body[to] != '<' {
			to++
		}
		if to == i {
			to++
		}
		out = append(append(out, body[from:to]...), ' ')
		body = body[to:]
	}
	return out
}

// transcode decodes body from the named encoding. What the encoding does not
// know becomes U+FFFD.
func transcode(body []byte, charset string) []byte {
	enc, err := htmlindex.Get(charset)
	if err != nil || enc == encoding.Replacement {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return out
}
