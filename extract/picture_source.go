package extract

import (
	"strings"

	"newsarchive/internal/address"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lazyKeys are the attributes that loading scripts take an image's address from, the
// surest first.
var lazyKeys = [...]string{"data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-hi-res-src", "data-full-src", "data-img-src",
	"data-image-src", "data-actualsrc", "data-url", "data-image", "data-orig-file", "data-large-file"}

// pictureSource returns the address of an image element: the largest that it offers, which
// lazy loaders keep elsewhere than in src.
func pictureSource(n *html.Node) string {
	for _, key := range [...]string{"data-srcset", "data-lazy-srcset", "srcset"} {
		if s, _ := largest(attr(n, key)); s != "" {
			return s
		}
	}
	for _, key := range lazyKeys {
		if s := attr(n, key); isSource(s) {
			return s
		}
	}
	src := attr(n, "src")
	if isSource(src) {
		return src
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.Picture {
		return offeredSource(n.Parent)
	}
	return ""
}

// isSource reports a reference to an image that is not written out in it.
func isSource(s string) bool {
	return s != "" && !strings.HasPrefix(s, "data:") && !strings.HasPrefix(s, "blob:") && !strings.HasPrefix(s, "{") && !strings.HasPrefix(s, "[")
}

// largest returns the candidate of a srcset that has most pixels, and its width, 0 if unknown.
func largest(srcset string) (ref string, width int) {
	if srcset == "" {
		return "", 0
	}
	best := address.Candidate{}
	for _, c := range address.Srcset(srcset) {
		if isSource(c.Ref) && c.Size > best.Size {
			best = c
		}
	}
	if best.Unit == 'w' && best.Size < 1e6 {
		width = int(best.Size)
	}
	return best.Ref, width
}

// offeredSource returns an address of the sources of a picture element: of a format that
// everything reads, if there is one.
func offeredSource(picture *html.Node) (found string) {
	for c := picture.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Source {
			continue
		}
		s, _ := largest(attr(c, "srcset"))
		if s == "" {
			s, _ = largest(attr(c, "data-srcset"))
		}
		modern := strings.HasSuffix(attr(c, "type"), "webp") || strings.HasSuffix(attr(c, "type"), "avif")
		if s != "" && (found == "" || !modern) {
			found = s
		}
		if s != "" && !modern {
			break
		}
	}
	return found
}

// ampImage reports an image element of AMP pages.
func ampImage(n *html.Node) bool { return n.Data == "amp-img" || n.Data == "amp-anim" }

// imageIn returns the image that a noscript element holds as its text; n itself if it is none.
func imageIn(n *html.Node) *html.Node {
	if n.DataAtom != atom.Noscript || n.FirstChild == nil || len(n.FirstChild.Data) > maxNoscript {
		return n
	}
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), body)
	if err != nil {
		return n
	}
	for _, top := range nodes {
		if top.DataAtom == atom.Img {
			return top
		}
		for c := range top.Descendants() {
			if c.DataAtom == atom.Img {
				return c
			}
		}
	}
	return n
}

// maxNoscript bounds, in bytes, the markup that an image is sought in.
const maxNoscript = 4 << 10
