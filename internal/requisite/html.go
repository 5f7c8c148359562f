package requisite

import (
	"bytes"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"newsarchive/internal/address"
)

// HTML finds the requisites that a page names. The content type tells its charset
// where the page itself does not; base is the address of the page.
func HTML(body []byte, contentType, base string) []Found {
	var in io.Reader = bytes.NewReader(body)
	if decoded, err := charset.NewReader(in, contentType); err == nil {
		in = decoded
	}
	return find(base, func(f *finding) { f.tags(html.NewTokenizer(in), true) })
}

// maxToken bounds one tag or text, in bytes.
const maxToken = 4 << 20

// tags reads the page to its end. What noscript holds is a text to the tokenizer;
// it is read as well, unless it stands in such a text itself.
func (f *finding) tags(z *html.Tokenizer, outer bool) {
	z.SetMaxBuf(maxToken)
	last := "" // the tag before
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch {
			case last == "style":
				f.css(z.Raw())
			case last == "noscript" && outer:
				f.tags(html.NewTokenizer(bytes.NewReader(bytes.Clone(z.Raw()))), false)
			}
			last = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tagOf(z)
			last = t.name
			f.tag(t)
		}
	}
}

// A tag is a start tag with the attributes that matter here.
type tag struct {
	name string
	attr map[string]string
}

// wanted are the attributes that are looked at.
var wanted = map[string]bool{"href": true, "rel": true, "as": true, "media": true, "type": true, "src": true, "srcset": true, "imagesrcset": true,
	"poster": true, "style": true, "background": true, "xlink:href": true}

func tagOf(z *html.Tokenizer) tag {
	name, more := z.TagName()
	t := tag{name: string(name), attr: map[string]string{}}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		k := string(key)
		if _, twice := t.attr[k]; !twice && (wanted[k] || strings.HasPrefix(k, "data-") && len(t.attr) < 50) {
			t.attr[k] = string(value)
		}
	}
	return t
}

// tag takes in what one tag names.
func (f *finding) tag(t tag) {
	if style := t.attr["style"]; strings.Contains(style, "(") {
		f.css([]byte(style))
	}
	switch t.name {
	case "base":
		f.rebase(t.attr["href"])
	case "link":
		f.link(t)
	case "img", "source", "amp-img":
		f.image(t)
	case "script":
		f.add(t.attr["src"], Script)
	case "input", "embed":
		f.add(t.attr["src"], Image)
	case "video":
		f.add(t.attr["poster"], Image)
	case "image", "use":
		f.add(or(t.attr["href"], t.attr["xlink:href"]), Image)
	case "body", "table", "td":
		f.add(t.attr["background"], Image)
	default:
		f.lazy(t)
	}
}

// rebase follows a base tag.
func (f *finding) rebase(href string) {
	if s, ok := address.Resolve(f.base, href); ok {
		if u, err := url.Parse(s); err == nil {
			f.base = u
		}
	}
}

// link takes in stylesheets, icons and what is to be loaded early.
func (f *finding) link(t tag) {
	href := t.attr["href"]
	for rel := range strings.FieldsSeq(strings.ToLower(t.attr["rel"])) {
		switch {
		case rel == "stylesheet":
			f.add(href, Style)
		case rel == "icon" || rel == "apple-touch-icon" || rel == "mask-icon":
			f.add(href, Icon)
		case rel == "modulepreload":
			f.add(href, Script)
		case rel == "preload":
			if kind, ok := preloads[strings.ToLower(t.attr["as"])]; ok {
				f.add(href, kind)
			}
			f.srcset(t.attr["imagesrcset"])
		}
	}
}

var preloads = map[string]Kind{"style": Style, "image": Image, "font": Font, "script": Script}

// image takes in an image: what is shown, what a script would show instead, and
// the other sizes.
func (f *finding) image(t tag) {
	if t.name != "source" { // whose src is of audio or video
		f.add(t.attr["src"], Image)
	}
	f.srcset(t.attr["srcset"])
	f.lazy(t)
}

// lazy takes in images that a script would load: data-src, data-original,
// data-srcset, data-bg and their like.
func (f *finding) lazy(t tag) {
	for _, name := range slices.Sorted(maps.Keys(t.attr)) {
		if !strings.HasPrefix(name, "data-") {
			continue
		}
		value := t.attr[name]
		switch {
		case strings.HasSuffix(name, "srcset"):
			f.srcset(value)
		case lazyNames[name] && (t.name == "img" || t.name == "amp-img" || imageLike(value)):
			f.add(value, Image)
		}
	}
}

// lazyNames are attributes that hold the address of an image until a script moves it.
var lazyNames = map[string]bool{"data-src": true, "data-original": true, "data-lazy": true, "data-lazy-src": true, "data-original-src": true,
	"data-hi-res-src": true, "data-full-src": true, "data-image": true, "data-bg": true, "data-background": true, "data-background-image": true,
	"data-poster": true, "data-url": true, "data-image-src": true, "data-img-src": true, "data-default-src": true}

// imageLike reports whether an address ends as images do.
func imageLike(s string) bool {
	s, _, _ = strings.Cut(strings.ToLower(s), "?")
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// srcset takes in the candidates of a srcset attribute (HTML section 4.8.4.2.1):
// the last one, which most often is the largest, as an image, the others as variants.
func (f *finding) srcset(value string) {
	list := address.Srcset(value)
	for i, c := range list {
		kind := Variant
		if i == len(list)-1 {
			kind = Image
		}
		f.add(c.Ref, kind)
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
