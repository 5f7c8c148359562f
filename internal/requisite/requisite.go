// Package requisite finds what a page needs to be seen: its stylesheets and what
// they name in turn, its images in every size on offer, fonts, icons and scripts.
//
// It reads bytes and gives addresses; fetching is left to others. It takes foreign
// bytes of any kind in time linear in their number.
package requisite

import (
	"net/url"
	"strings"

	"newsarchive/internal/address"
)

// A Kind says what a requisite is for. Kinds are numbered by how much a page
// misses them, the most first.
type Kind int

const (
	Style   Kind = iota // a stylesheet, from link or @import
	Image               // what img, video, svg or CSS show
	Script              // a script of the page
	Font                // an address in an @font-face rule
	Icon                // an icon of the page
	Variant             // another size of an image, or another form of a font
)

var kindNames = [...]string{"style", "image", "script", "font", "icon", "variant"}

// String returns the name of the kind, such as "style".
func (k Kind) String() string { return kindNames[k] }

// A Found is one requisite.
type Found struct {
	URL  string // absolute, http or https, without fragment
	Kind Kind
}

// most bounds what one document can name.
const most = 2000

// finding collects requisites, each address once, in the order of the document.
type finding struct {
	base *url.URL
	seen map[string]bool
	list []Found
}

// find returns what read finds. A fault in a parser ends the reading; what was found
// before it stays.
func find(base string, read func(*finding)) (list []Found) {
	f := newFinding(base)
	if f == nil {
		return nil
	}
	defer func() {
		_ = recover()
		list = f.list
	}()
	read(f)
	return nil
}

// newFinding returns nil where the base is no address that can be visited.
func newFinding(base string) *finding {
	u, err := address.Parse(base)
	if err != nil {
		return nil
	}
	return &finding{base: u, seen: map[string]bool{u.String(): true}}
}

// add takes a reference in, as it stands in the document. Those that cannot be
// visited, such as data: addresses, are left out.
func (f *finding) add(ref string, kind Kind) {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") || len(f.list) >= most {
		return
	}
	u, ok := address.Resolve(f.base, ref)
	if !ok || f.seen[u] {
		return
	}
	f.seen[u] = true
	f.list = append(f.list, Found{u, kind})
}
