package extract

import (
	"strings"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// gated says whether the text is only what stands before a gate.
func (j *judgement) gated() page.Outcome {
	if j.mass >= longText {
		return ""
	}
	declared := j.m.declaredFree.value == "no"
	if !declared && j.mass >= wallText || declared && j.delivered() {
		return ""
	}
	evidence := j.gate()
	if evidence == "" && (!declared || j.mass >= wallText) {
		return ""
	}
	j.access, j.accessSource = "preview", evidence
	if evidence == "" {
		j.accessSource = j.m.declaredFree.source
	}
	return page.Paywalled
}

// delivered reports that the part of the page that is declared closed is there all
// the same: the elements that the declaration's selector names hold prose.
func (j *judgement) delivered() bool {
	for _, n := range j.d.ld {
		selector, _ := n.values["cssSelector"].(string)
		class, ok := strings.CutPrefix(selector, ".")
		if !ok || class == "" || strings.ContainsAny(class, " .>,:#[") || declaredFree(n) {
			continue
		}
		mass := 0
		for e := range j.d.root.Descendants() {
			if e.Type == html.ElementNode && hasWord(attr(e, "class"), class) {
				mass += weigh(shown(e))
			}
		}
		if mass >= shortText/2 && 2*mass >= j.mass {
			return true
		}
	}
	return false
}

func declaredFree(n ldNode) bool {
	switch v := n.values["isAccessibleForFree"].(type) {
	case bool:
		return v
	case string:
		return strings.EqualFold(v, "true") || strings.HasSuffix(strings.ToLower(v), "/true")
	}
	return false
}

// gate returns what shows that the rest is for subscribers: the phrase of a gate
// by the article, or an element with the name of one; "" if nothing does.
func (j *judgement) gate() string {
	if p := said().gates.in(j.nearby()); p != "" {
		return "phrase:" + p
	}
	for n := range j.d.root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.FirstChild == nil {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "class" || a.Key == "id" || a.Key == "data-testid" {
				if name := nameIn(a.Val, said().GateNames); name != "" && weigh(shown(n)) > 12 && weigh(shown(n)) < wallText {
					return "name:" + name
				}
			}
		}
	}
	return ""
}

// nameIn returns the first token of a list of names that is one of names.
func nameIn(list string, names []string) string {
	for token := range strings.FieldsSeq(list) {
		token = strings.ToLower(token)
		for _, name := range names {
			if token == name {
				return name
			}
		}
	}
	return ""
}

// nearby returns what the page shows in and around its article; all of it where
// a short one declares itself sold, or there is no article.
func (j *judgement) nearby() string {
	n := j.b.main()
	if n == nil || j.m.declaredFree.value == "no" && j.mass < wallText {
		if j.visible == "" {
			j.visible = shown(j.d.root)
		}
		return j.visible
	}
	for range 2 {
		if n.Parent != nil && n.Parent.DataAtom != atom.Body && n.Parent.DataAtom != atom.Html {
			n = n.Parent
		}
	}
	return shown(n)
}
