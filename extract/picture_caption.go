package extract

import (
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// captionOf returns the caption and the credit of sight i: those of its figure; what stands
// with it in a container that holds no words of the article; or the line below it.
func (p *picker) captionOf(i int, frame *html.Node) (caption, credit string) {
	s := &p.sights[i]
	if n := figcaption(frame); n != nil {
		return splitCredit(n)
	}
	if n := nextElement(s.node); n != nil && p.rules.ByName(attr(n, "class"))&selectors.Caption != 0 {
		return splitCredit(n)
	}
	if c := p.frameBox(i); c >= 0 {
		return p.captionIn(p.boxes[c].first, p.boxes[c].last)
	}
	if end := p.captionEnd(s.before); end > s.before && p.blocks[s.before].pictured {
		return p.captionIn(s.before, end)
	}
	return "", ""
}

// nextElement returns the element beside n, nil if words stand between.
func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""; n = n.NextSibling {
	}
	if n == nil || n.Type != html.ElementNode || !inlineLevel(n.DataAtom) {
		return nil
	}
	return n
}

// figcaption returns the caption element of a figure, nil if it has none.
func figcaption(frame *html.Node) *html.Node {
	if frame == nil {
		return nil
	}
	for n := range frame.Descendants() {
		if n.DataAtom == atom.Figcaption && frameOf(n) == frame {
			return n
		}
	}
	return nil
}

// frameBox returns the largest container of sight i that has captions and no other words,
// and no other picture; -1 if there is none.
func (p *picker) frameBox(i int) int {
	found := -1
	for box := p.sights[i].box; box > 0; box = p.boxes[box].parent {
		c := &p.boxes[box]
		if c.pictures > 1 || p.anyBut(c.first, c.last, p.tellsOfPicture) {
			break
		}
		if c.last > c.first {
			found = box
		}
	}
	return found
}

// captionEnd returns where the blocks end that are captions from i on: two at most, a
// caption and a credit.
func (p *picker) captionEnd(i int) int {
	end := i
	for end < len(p.blocks) && end < i+2 && p.tellsOfPicture(end) && (end == i || !p.blocks[end].pictured) {
		end++
	}
	return end
}

// tellsOfPicture reports whether block i is the caption or the credit of a picture.
func (p *picker) tellsOfPicture(i int) bool {
	return p.isCaption(i) && (p.blocks[i].kind&selectors.Media == 0 || p.blocks[i].kind&selectors.Caption != 0 || p.blocks[i].pictured) && p.blocks[i].mass <= 2*captionMass
}

// captionIn reads the blocks [from, to) as one caption.
func (p *picker) captionIn(from, to int) (caption, credit string) {
	var lines []string
	for i := from; i < to; i++ {
		text, by := p.textOf(i), ""
		if n := p.nodeOf(i); p.boxes[p.blocks[i].box].last-p.boxes[p.blocks[i].box].first == 1 {
			text, by = splitCredit(n)
			if isCreditName(n) {
				text, by = "", oneLine(textOf(n))
			}
		} else {
			text, by = cutCredit(text)
		}
		if credit == "" {
			credit = by
		}
		if text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, " "), credit
}
