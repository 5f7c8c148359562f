package extract

import (
	"strings"

	"golang.org/x/text/language"
)

// readLanguage sets the declared language as a BCP 47 tag.
func (m *metadata) readLanguage(d *document) {
	try := func(value, source string) bool {
		tag := normalLanguage(value)
		if tag != "" {
			m.language = fact{tag, source}
		}
		return tag != ""
	}
	if try(d.lang, "html:lang") {
		return
	}
	if n, ok := d.mainItem(); ok && try(n.text("inLanguage"), "jsonld:inLanguage") {
		return
	}
	for _, name := range [...]string{"og:locale", "content-language", "language", "dc.language", "dcterms.language"} {
		if v, source := d.meta(name); try(v, source) {
			return
		}
	}
	if v := d.ex.Header.Get("Content-Language"); !strings.Contains(v, ",") {
		try(v, "http:content-language")
	}
}

// normalLanguage returns the canonical BCP 47 form of what a page declares, "" if it
// is none. A region that only repeats the language ("de-DE" stays, "en-EN") is dropped
// where it is no region.
func normalLanguage(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "" || len(s) > 35 {
		return ""
	}
	if i := strings.IndexAny(s, ",; ."); i >= 0 {
		s = s[:i]
	}
	tag, err := language.Parse(s)
	if err != nil {
		primary, _, _ := strings.Cut(s, "-")
		if tag, err = language.Parse(primary); err != nil {
			return ""
		}
	}
	if base, confidence := tag.Base(); confidence == language.No || base.String() == "und" || base.String() == "mul" || base.String() == "zxx" {
		return ""
	}
	return tag.String()
}

// primaryLanguage returns the first subtag of the page's language, "" if unknown.
func (m *metadata) primaryLanguage(*document) string {
	primary, _, _ := strings.Cut(m.language.value, "-")
	switch primary {
	case "nb", "nn":
		return "no"
	case "fil", "tl":
		return "en"
	case "bs", "sh":
		return "hr"
	}
	return primary
}

// monthFirst reports whether the page writes 1/2/2026 for the second of January.
func monthFirst(m *metadata, d *document) bool {
	tag := m.language.value
	if strings.HasSuffix(tag, "-US") || strings.HasSuffix(tag, "-PH") {
		return true
	}
	if tag != "" && tag != "en" {
		return false
	}
	host := d.url.Hostname()
	last := host[strings.LastIndexByte(host, '.')+1:]
	return len(last) > 2 || last == "us"
}
