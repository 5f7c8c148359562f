package extract

import (
	"net/url"
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// placed reports whether a picture stands where the article's do.
func (p *picker) placed(s *sight, frame *html.Node) bool {
	inCore := p.core <= s.box && s.box < p.boxes[p.core].end
	switch {
	case s.before > p.last:
		if !inCore && figcaption(frame) == nil || p.endsBefore(s.before) {
			return false
		}
	case s.before > p.first:
	case p.heading < 0:
		if !inCore && frame == nil {
			return false
		}
	case s.before <= p.heading:
		if frame == nil || !p.heads(s) {
			return false
		}
	}
	return p.amongText(s) && !p.furnished(s)
}

// headReach is how many blocks may stand between a picture and the headline below it.
const headReach = 6

// heads reports whether a picture above the headline is in one article with it.
func (p *picker) heads(s *sight) bool {
	if p.heading-s.before > headReach {
		return false
	}
	for box := s.box; box >= 0; box = p.boxes[box].parent {
		if p.boxes[box].node.DataAtom == atom.Article || p.boxes[box].node.DataAtom == atom.Main {
			return p.holds(box, p.heading)
		}
	}
	return false
}

func (l *layout) holds(box, block int) bool {
	return l.boxes[box].first <= block && block < l.boxes[box].last
}

// amongText reports whether the innermost container of a picture that has other words than
// captions holds text of the article, or its headline: a card of another story has its own.
func (p *picker) amongText(s *sight) bool {
	for box := s.box; box >= 0; box = p.boxes[box].parent {
		switch h := p.holding(box); {
		case h.text || p.heading >= 0 && p.holds(box, p.heading):
			return true
		case h.others:
			return false
		}
	}
	return false
}

// unpictured are the kinds of containers whose pictures are not the article's.
const unpictured = selectors.Clutter &^ (selectors.Media | selectors.Caption)

// furnished reports whether a container around a picture is furniture of the page. What looks
// like a button around a figure enlarges its picture.
func (p *picker) furnished(s *sight) bool {
	framed := frameOf(s.node) != nil
	for box := s.box; box >= 0; box = p.boxes[box].parent {
		c := &p.boxes[box]
		own := c.own & unpictured
		if framed && !c.hidden && !p.holding(box).others {
			own &^= selectors.Tools | selectors.Share
		}
		if own != 0 {
			return true
		}
		if c.own&selectors.Body != 0 {
			return false
		}
	}
	return false
}

// below lists the elements around a picture, up to the first that holds words of the article.
func (p *picker) below(s *sight) (around []*html.Node) {
	box := s.box
	for box > 0 && !p.holding(box).text && !(p.heading >= 0 && p.holds(box, p.heading)) {
		box = p.boxes[box].parent
	}
	for n := s.node.Parent; n != nil && n != p.boxes[box].node && len(around) < 6; n = n.Parent {
		around = append(around, n)
	}
	return around
}

// leadsOff reports whether a picture is a link to another page than the article's own and
// those of the picture itself.
func (p *picker) leadsOff(s *sight) bool {
	n := s.node
	for up := 0; n != nil && n.DataAtom != atom.A && up < 5; up++ {
		n = n.Parent
	}
	if n == nil || n.DataAtom != atom.A {
		return false
	}
	to := p.d.resolve(attr(n, "href"))
	u, err := url.Parse(to)
	if to == "" || err != nil {
		return false
	}
	path := strings.ToLower(u.Path)
	if _, ending := splitEnding(lastPart(path)); ending != "" || hasWord(attr(n, "rel"), "attachment") {
		return false
	}
	if own := strings.ToLower(strings.TrimSuffix(p.d.url.Path, "/")); own != "" && (path == own || strings.HasPrefix(path, own+"/")) {
		return false
	}
	return !containsAny(path, pictureFolders)
}

// pictureFolders are in addresses of the pages of pictures.
var pictureFolders = []string{"/photo", "/foto", "/image", "/picture", "/gallery", "/galerie", "/bild", "attachment", "lightbox"}
