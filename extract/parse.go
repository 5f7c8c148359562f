package extract

import (
	"bytes"
	"errors"
	"io"
	"time"

	"golang.org/x/net/html"
)

// The bounds of one parse. Nodes cannot be counted while html.Parse runs, but each
// comes of a '<' or stands beside one; so '<' are counted before.
const (
	maxHTML    = 12 << 20        // bytes of decoded markup
	maxTags    = 250_000         // '<' in them
	maxAttrs   = 1000            // of one tag
	maxBodies  = 32              // repeats of <html> and <body>: each costs a merge of attributes
	parseTime  = 4 * time.Second // for what no count foresees; honest pages take milliseconds
	parseChunk = 2 << 10         // bytes handed out before the clock is asked again
)

// parse builds the tree of clean UTF-8 markup within bounds. Where it had to stop
// early or to go without the rules of HTML, truncated says why: "size", "nodes",
// "attributes", "time" or "depth".
func parse(text []byte) (root *html.Node, truncated string) {
	text, truncated = bound(text)
	r := &boundedReader{rest: text, deadline: time.Now().Add(parseTime)}
	root, err := html.Parse(r)
	if err != nil {
		// x/net/html gives up above 512 open elements.
		return parseFlat(text), "depth"
	}
	if r.late {
		truncated = "time"
	}
	return root, truncated
}

// boundedReader hands out text in small pieces and ends early at a deadline.
type boundedReader struct {
	rest     []byte
	deadline time.Time
	late     bool
}

func (r *boundedReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	if !time.Now().Before(r.deadline) {
		r.late = true
		return 0, io.EOF
	}
	n := copy(p, r.rest[:min(len(r.rest), parseChunk)])
	r.rest = r.rest[n:]
	return n, nil
}

// bound cuts text where it would cost more than its worth, and says why.
func bound(text []byte) (kept []byte, why string) {
	if len(text) > maxHTML {
		text, why = text[:maxHTML], "size"
	}
	if bytes.Count(text, []byte("<")) > maxTags {
		text, why = text[:nthIndex(text, '<', maxTags)], "nodes"
	}
	if end := suspectTag(text); end < len(text) {
		text, why = text[:end], "attributes"
	}
	return text, why
}

func nthIndex(text []byte, c byte, n int) int {
	at := 0
	for range n {
		i := bytes.IndexByte(text[at:], c)
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	return at - 1
}

// suspectTag returns the offset of the first tag with too many attributes, or of
// one <html> or <body> too many; len(text) if there is none. The tokenizer is asked
// only if a quick look finds such a thing possible.
func suspectTag(text []byte) int {
	if !suspicious(text) {
		return len(text)
	}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(4 << 20)
	at, bodies := 0, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if errors.Is(z.Err(), html.ErrBufferExceeded) {
				return at
			}
			return len(text)
		}
		size := len(z.Raw())
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			if repeats(z.Raw()) {
				bodies++
			}
			if bodies > maxBodies || attributes(z) > maxAttrs {
				return at
			}
		}
		at += size
	}
}

func attributes(z *html.Tokenizer) (n int) {
	_, more := z.TagName()
	for ; more; n++ {
		_, _, more = z.TagAttr()
	}
	return n
}

// longTag is how many bytes a tag may have before its attributes are counted.
const longTag = 4 << 10

// suspicious reports whether some tag is long, or <html> and <body> come often. What
// it misses the clock still bounds.
func suspicious(text []byte) bool {
	bodies := 0
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 == len(text) {
			return false
		}
		text = text[i:]
		if c := text[1] | 0x20; c < 'a' || c > 'z' {
			text = text[1:]
			continue
		} else if (c == 'b' || c == 'h') && repeats(text) {
			if bodies++; bodies > maxBodies {
				return true
			}
		}
		next := bytes.IndexByte(text[1:], '<') + 1
		if next == 0 {
			next = len(text)
		}
		if next > longTag && long(text[:next]) {
			return true
		}
		text = text[next:]
	}
}

// long reports whether a tag, or what may be one, runs past longTag: a '>' in quotes
// does not end it.
func long(stretch []byte) bool {
	end := bytes.IndexByte(stretch, '>')
	if end < 0 || end > longTag {
		return true
	}
	return bytes.Count(stretch[:end], []byte{'"'})%2 != 0 || bytes.Count(stretch[:end], []byte("'"))%2 != 0
}

func repeats(tag []byte) bool { return hasPrefixFold(tag, "<body") || hasPrefixFold(tag, "<html") }
