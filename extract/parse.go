package extract

import (
	"bytes"
	"cmp"
	"io"
	"time"

	"golang.org/x/net/html"
)

// The bounds of one parse, as Bounds has them by default. Nodes cannot be counted while html.Parse runs, but each
// comes of a '<' or stands beside one; so '<' are counted before.
const (
	maxHTML    = 12 << 20        // bytes of decoded markup
	maxTags    = 200_000         // '<' in them
	maxAttrs   = 1000            // of one tag
	maxBodies  = 32              // repeats of <html> and <body>: each costs a merge of attributes
	parseTime  = 4 * time.Second // for what no count foresees; honest pages take milliseconds
	parseChunk = 2 << 10         // bytes handed out before the clock is asked again
)

// parse builds the tree of clean UTF-8 markup within bounds. Where it had to stop
// early or to go without the rules of HTML, truncated says why: "size", "nodes",
// "attributes", "time" or "depth". The insides of comments, styles and drawings are
// not in the tree; those of scripts are returned beside it.
func parse(text []byte, b Bounds) (root *html.Node, set aside, truncated string) {
	text, truncated = bound(text, b)
	if root, set, odd := buildTree(text, b.Attributes); odd == "" {
		return root, set, truncated
	}
	s := skimHTML(text, b.Attributes)
	if s.end < len(text) {
		text, truncated = text[:s.end], "attributes"
	}
	r := &boundedReader{rest: s.parts, deadline: time.Now().Add(b.ParseTime)}
	root, err := html.Parse(r)
	if err != nil {
		// x/net/html gives up above 512 open elements.
		// All of the text is in the flat tree, but for what was cut before.
		return parseFlat(text), nil, cmp.Or(truncated, "depth")
	}
	if r.late {
		truncated = "time"
	}
	return root, s.aside, truncated
}

// boundedReader hands out parts in small pieces and ends early at a deadline.
type boundedReader struct {
	rest     [][]byte
	deadline time.Time
	late     bool
}

func (r *boundedReader) Read(p []byte) (n int, err error) {
	if !time.Now().Before(r.deadline) {
		r.late = true
		return 0, io.EOF
	}
	p = p[:min(len(p), parseChunk)]
	for n < len(p) && len(r.rest) > 0 {
		k := copy(p[n:], r.rest[0])
		n += k
		if r.rest[0] = r.rest[0][k:]; len(r.rest[0]) == 0 {
			r.rest = r.rest[1:]
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// bound cuts text where it would cost more than its worth, and says why.
func bound(text []byte, b Bounds) (kept []byte, why string) {
	if len(text) > b.HTML {
		text, why = text[:b.HTML], "size"
	}
	if bytes.Count(text, []byte("<")) > b.Tags {
		text, why = text[:nthIndex(text, '<', b.Tags)], "nodes"
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
