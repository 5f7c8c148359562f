package extract

import (
	"strings"

	"newsarchive/internal/address"
)

// mainItem returns the JSON-LD item that describes the page's article. Among
// several it is the one that names this page, then one that is no part of another,
// then the first.
func (d *document) mainItem() (n ldNode, ok bool) {
	if !d.sought {
		d.main, d.hasMain = d.seekMainItem()
		d.sought = true
	}
	return d.main, d.hasMain
}

func (d *document) seekMainItem() (ldNode, bool) {
	best, most := -1, 0
	for i, n := range d.ld {
		if !n.article() || n.reference() {
			continue
		}
		score := 8 - min(n.depth, 7)
		if n.depth == 0 {
			score += 20
		}
		if d.namesPage(n) {
			score += 100
		}
		if n.text("headline") != "" {
			score += 10
		}
		if n.text("datePublished") != "" {
			score += 5
		}
		if score > most {
			best, most = i, score
		}
	}
	if best >= 0 {
		return d.ld[best], true
	}
	return d.pageItem()
}

// pageItem returns the item of the page itself, which some publishers use in place
// of an article's.
func (d *document) pageItem() (ldNode, bool) {
	for _, n := range d.ld {
		if n.depth == 0 && n.is("WebPage", "VideoObject", "Recipe", "PodcastEpisode", "Event", "Product", "CreativeWork", "MediaObject") &&
			n.text("headline", "datePublished", "author") != "" {
			return n, true
		}
	}
	return ldNode{}, false
}

// reference reports an object that only points at another.
func (n ldNode) reference() bool { return len(n.values) <= 2 && n.values["@id"] != nil }

// namesPage reports whether an item says that it is this page's.
func (d *document) namesPage(n ldNode) bool {
	for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
		for _, s := range ldStrings(n.values[key]) {
			if s = d.resolve(s); s != "" && samePage(s, d.url.String()) {
				return true
			}
		}
	}
	return false
}

// samePage compares addresses without scheme, query and trailing slash.
func samePage(a, b string) bool { return barePage(a) == barePage(b) }

func barePage(s string) string {
	s = address.Key(s)
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+3:]
	}
	s, _, _ = strings.Cut(s, "?")
	return strings.TrimPrefix(strings.TrimSuffix(s, "/"), "www.")
}

// related returns the first object that a property of n holds or points at.
func (d *document) related(n ldNode, key string) (ldNode, bool) {
	all := d.allRelated(n, key)
	if len(all) == 0 {
		return ldNode{}, false
	}
	return all[0], true
}

// allRelated returns the objects that a property of n holds or points at, texts as
// objects with only a name.
func (d *document) allRelated(n ldNode, key string) (found []ldNode) {
	for _, v := range ldList(n.values[key]) {
		switch v := v.(type) {
		case string:
			found = append(found, ldNode{values: map[string]any{"name": v}})
		case map[string]any:
			node := ldNode{types: ldTypes(v["@type"]), values: v}
			if id, _ := v["@id"].(string); id != "" && v["name"] == nil {
				node = d.byID(id, node)
			}
			found = append(found, node)
		}
	}
	return found
}

// ldList returns v's elements, or v alone.
func ldList(v any) []any {
	if list, ok := v.([]any); ok {
		var flat []any
		for _, e := range list {
			if inner, ok := e.([]any); ok {
				flat = append(flat, inner...)
			} else {
				flat = append(flat, e)
			}
		}
		return flat
	}
	return []any{v}
}

// byID returns the item of that @id which has a name, or the given one.
func (d *document) byID(id string, otherwise ldNode) ldNode {
	for _, n := range d.ld {
		if n.values["@id"] == id && n.values["name"] != nil {
			return n
		}
	}
	return otherwise
}
