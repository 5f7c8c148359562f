package extract

import (
	"strconv"
	"strings"

	"newsarchive/page"
)

// evidence lists what the outcome was decided by, in the order in which it was asked.
func (l *look) evidence() []Evidence {
	b := *l.b
	if len(b.nodes) > 0 {
		b.rendered = render(l.d, b.nodes, b.skip) // the judge takes the words of pages that are no article
	}
	j := judgement{d: l.d, m: &l.m, b: &b, mass: weigh(b.text), access: "unknown"}
	j.title = lowered(l.d.title)
	j.visible = shown(l.d.root)
	e := evidence{}
	e.addInt("HTTP status", l.d.ex.Status)
	e.add("content type", l.reading.Row.ContentType)
	e.add("fetch ended", string(l.d.capture.Outcome))
	e.addInt("characters of text", j.mass)
	e.addInt("characters shown", weigh(j.visible))
	e.add("declared types", strings.Join(l.m.types, ", "))
	if l.d.capture.Outcome == "" {
		e.addTransport(&j)
		e.addNature(&j)
	}
	if t := l.taken(); t != nil && t.walled {
		e.add("paywall of the site rule", t.site.Name)
	}
	e.add("declared free", l.m.declaredFree.value+in(l.m.declaredFree.source))
	e.add("warnings", strings.Join(l.reading.Row.Warnings, ", "))
	return e
}

func in(source string) string {
	if source == "" {
		return ""
	}
	return " (" + source + ")"
}

type evidence []Evidence

func (e *evidence) add(name, value string) {
	if value != "" {
		*e = append(*e, Evidence{name, page.Printable(value, maxTraced)})
	}
}

func (e *evidence) addInt(name string, n int) { e.add(name, strconv.Itoa(n)) }

// addTransport asks what the answer itself says.
func (e *evidence) addTransport(j *judgement) {
	e.add("by the answer alone", string(j.transport()))
	if j.wall() {
		e.add("looks like a wall", strings.Join(j.warnings, ", "))
	}
	e.add("cut short", string(j.cut()))
	e.add("says that there is nothing", string(j.missing()))
	e.add("called as pages of the house are", string(j.service()))
	if j.mass < tinyText && j.wantsScripts() {
		e.add("asks for scripts", "yes")
	}
}

// addNature asks what kind of page it is.
func (e *evidence) addNature(j *judgement) {
	e.add("sign of a gate", j.gate())
	e.addInt("score of the prose", j.prose())
	e.addInt("score of what it declares", j.declares())
	if j.mass < longText {
		e.addInt("score of leading elsewhere", -j.leads())
	}
	if j.lists() {
		e.add("most of the text is of a list", "yes")
	}
	if j.root() {
		e.add("address of a front page", "-3")
	}
}
