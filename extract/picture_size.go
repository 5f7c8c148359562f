package extract

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

const (
	smallSize = 100 // pixels that icons and banners have at most in one direction
	fineSize  = 200 // and pictures at least
	ratioSize = 32  // more is no ratio
)

// smallSized reports an image whose stated size is that of an icon, a counter or a banner.
// Frameworks state a ratio in place of a size where a script chooses.
func smallSized(n *html.Node, address string) bool {
	w, h := statedSize(n, "width"), statedSize(n, "height")
	_, offered := largest(attr(n, "srcset"))
	if w > 1 && h > 1 && w <= ratioSize && h <= ratioSize && (offered >= fineSize || attr(n, "layout") == "responsive") {
		return false
	}
	if w > 0 && w < smallSize || h > 0 && h < smallSize {
		return offered < fineSize || w == 1 || h == 1
	}
	return w == 0 && h == 0 && asksForSmall(address)
}

// asksForSmall reports an address that asks for an icon's size in its query or the name of its file.
func asksForSmall(address string) bool {
	if m := sizeInName.FindStringSubmatch(address); m != nil {
		wide, _ := strconv.Atoi(m[1])
		return wide <= smallSize
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	query := u.Query()
	for _, key := range [...]string{"w", "width", "h", "height"} {
		if size, err := strconv.Atoi(query.Get(key)); err == nil && size > 0 && size <= smallSize {
			return true
		}
	}
	return false
}

// statedSize returns a width or height in pixels that an image states, 0 if it states none.
func statedSize(n *html.Node, key string) int {
	if size, err := strconv.ParseFloat(strings.TrimSuffix(attr(n, key), "px"), 64); err == nil && size > 0 && size < 1e5 {
		return max(int(size), 1)
	}
	for part := range strings.SplitSeq(strings.ToLower(attr(n, "style")), ";") {
		name, value, _ := strings.Cut(part, ":")
		if strings.TrimSpace(name) != key {
			continue
		}
		if value, px := strings.CutSuffix(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important")), "px"); px {
			if size, err := strconv.ParseFloat(value, 64); err == nil && size > 0 && size < 1e5 {
				return int(size)
			}
		}
	}
	return 0
}

// sizeInName finds the width that the end of a file's name states.
var sizeInName = regexp.MustCompile(`[-_](\d{2,4})x\d{2,4}\.\w{3,4}(?:\?|$)`)
