package extract

import "strings"

// readAccess sets whether the page declares its article free to read. The most
// specific declaration counts: one node that says no outweighs others.
func (m *metadata) readAccess(d *document) {
	m.declaredFree = fact{value: "unknown"}
	for _, n := range d.ld {
		if n.depth > 0 && !n.article() {
			continue // hasPart of a free article may be paid for
		}
		for _, v := range ldStrings(n.values["isAccessibleForFree"]) {
			if yes, known := truth(v); known {
				m.declaredFree = fact{yesNo(yes), "jsonld:isAccessibleForFree"}
				if !yes {
					return
				}
			}
		}
	}
	if m.declaredFree.value != "unknown" {
		return
	}
	if tier, source := d.meta("article:content_tier", "og:article:content_tier"); tier != "" && !strings.EqualFold(tier, "metered") {
		m.declaredFree = fact{yesNo(strings.EqualFold(tier, "free")), source}
		return
	}
	if free, source := d.meta("isaccessibleforfree"); free != "" {
		if yes, known := truth(free); known {
			m.declaredFree = fact{yesNo(yes), source}
		}
	}
}

// truth reads the ways in which publishers write true and false.
func truth(s string) (yes, known bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s[strings.LastIndexByte(s, '/')+1:] {
	case "true", "1", "yes":
		return true, true
	case "false", "0", "no":
		return false, true
	}
	return false, false
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
