package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A measure says how much text there is. Mass counts characters that are no
// white space, by what they say: a Chinese or Japanese character as three and a
// Korean syllable as two, so that one threshold serves all scripts.
type measure struct {
	mass  int
	links int  // mass inside of links
	stops int  // ends of sentences
	open  int  // letters of scripts whose sentences end without a mark
	ended bool // the last character ends a sentence, quotes and brackets aside
}

func (m *measure) add(o measure) {
	m.mass += o.mass
	m.links += o.links
	m.stops += o.stops
	if o.mass > 0 {
		m.ended = o.ended
	}
}

// linkShare is the percentage of the mass that is in links.
func (m measure) linkShare() int {
	if m.mass == 0 {
		return 0
	}
	return 100 * m.links / m.mass
}

func measureText(s string) (m measure) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c <= ' ':
			i++
			continue
		case c < utf8.RuneSelf:
			i++
			m.mass++
			switch c {
			case '.', '!', '?':
				m.ended = true
				if i == len(s) || s[i] <= ' ' || s[i] == '"' || s[i] >= utf8.RuneSelf {
					m.stops++
				}
			case '"', '\'', ')', ']':
			default:
				m.ended = false
			}
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			i += n
			m.addRune(r)
		}
	}
	m.stops += m.open / openSentence
	return m
}

// openSentence is how many letters a sentence has where none ends with a mark.
const openSentence = 60

func (m *measure) addRune(r rune) {
	switch {
	case r >= 0x0E00 && r < 0x0F00 || r >= 0x1780 && r < 0x1800: // Thai, Lao and Khmer end sentences with blanks
		m.open++
		m.ended = true
	case r == 0xA0 || r >= 0x2000 && r <= 0x200F || r == 0xFEFF || r == 0x3000:
		return
	case r == '。' || r == '！' || r == '？' || r == '…' || r == '।' || r == '؟' || r == '۔' || r == '．':
		m.stops++
		m.ended = true
	case r == '’' || r == '”' || r == '“' || r == '»' || r == '«' || r == '」' || r == '』' || r == '）':
	default:
		m.ended = false
	}
	switch {
	case r >= 0x2E80 && r < 0xA4D0, r >= 0xF900 && r < 0xFB00, r >= 0x20000:
		m.mass += 3
	case r >= 0xAC00 && r < 0xD7B0:
		m.mass += 2
	default:
		m.mass++
	}
}

// foldLeaves joins the texts of nodes on one line, white space folded.
func foldLeaves(nodes []*html.Node) string {
	size := 0
	for _, n := range nodes {
		size += len(n.Data) + 1
	}
	b := make([]byte, 0, size)
	space := false
	for _, n := range nodes {
		if s := n.PrevSibling; s != nil && s.DataAtom == atom.Br {
			space = true
		}
		for text := n.Data; text != ""; {
			word := wordLen(text)
			if word == 0 {
				space = true
				text = text[blankLen(text):]
				continue
			}
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = append(b, text[:word]...)
			text = text[word:]
		}
	}
	return string(b)
}

// wordLen is how many bytes s has before its first blank, which may be a no-break one.
func wordLen(s string) int {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0xC2 && blankLen(s[i:]) == 2 {
			return i
		}
	}
	return len(s)
}

// blankLen is the length of the blank that s begins with.
func blankLen(s string) int {
	if strings.HasPrefix(s, "\u00a0") {
		return 2
	}
	return 1
}

// offPage reports elements whose text no reader sees as text of the page.
func offPage(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed,
		atom.Head, atom.Select, atom.Option, atom.Textarea, atom.Input, atom.Canvas, atom.Map, atom.Datalist, atom.Title,
		atom.Audio, atom.Video, atom.Link, atom.Meta, atom.Noembed, atom.Noframes, atom.Rp, atom.Rt, atom.Progress, atom.Meter:
		return true
	}
	return false
}

// inlineLevel reports elements that do not end the line they stand in.
func inlineLevel(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font,
		atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.Ruby, atom.Rb, atom.S, atom.Samp, atom.Small, atom.Span,
		atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Big, atom.Acronym, atom.Nobr, atom.Strike:
		return true
	}
	return false
}

// hides reports a style attribute that takes its element from sight.
func hides(style string) bool {
	if !strings.Contains(style, "none") && !strings.Contains(style, "hidden") {
		return false
	}
	style = strings.ReplaceAll(strings.ToLower(style), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}
