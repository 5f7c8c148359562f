package extract

import (
	"regexp"
	"strings"

	"newsarchive/page"
	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// gated says whether the text is only what stands before a gate.
func (j *judgement) gated() page.Outcome {
	if j.mass >= longText {
		return ""
	}
	declared, evidence := j.m.declaredFree.value == "no", j.remainder()
	if evidence == "" && (!declared && j.mass >= wallText || declared && j.delivered()) {
		return ""
	}
	if evidence == "" {
		evidence = j.gate()
	}
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
		list, _ := n.values["cssSelector"].(string)
		if list == "" || declaredFree(n) {
			continue
		}
		for selector := range strings.SplitSeq(list, ",") {
			if mass := j.named(strings.TrimSpace(selector)); mass >= shortText/2 && 2*mass >= j.mass {
				return true
			}
		}
	}
	return false
}

// named weighs the elements that a selector names, which is one class or id; 0 for any other.
func (j *judgement) named(selector string) (mass int) {
	key := map[byte]string{'.': "class", '#': "id"}[(selector + " ")[0]]
	if key == "" || len(selector) == 1 || strings.ContainsAny(selector[1:], " .>:#[+~") {
		return 0
	}
	for e := range j.d.root.Descendants() {
		if e.Type == html.ElementNode && hasWord(attr(e, key), selector[1:]) {
			mass += weigh(shown(e))
		}
	}
	return mass
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
	nearby := j.nearby()
	if p := said().gates.in(nearby); p != "" {
		if p = said().gates.in(extras.Replace(nearby)); p != "" {
			return "phrase:" + p
		}
	} else if containsAny(nearby, gateTails) {
		if p = gateAround.FindString(nearby); p != "" {
			return "phrase:" + p
		}
	}
	if j.mass < wallText { // an empty frame of a gate stands by long articles, too
		if name := j.gateElement(); name != "" {
			return "name:" + name
		}
	}
	return ""
}

// extras takes out what subscribers are offered beside articles.
var extras = strings.NewReplacer("subscriber-only newsletter", "", "subscriber only newsletter", "", "subscriber-only podcast", "", "newsletter for subscribers only", "")

// gateAround finds the phrases of gates that have the name of a house in their middle.
var gateAround = regexp.MustCompile(`(?:subscribe to|sign in to|log in to|register with|sign up (?:to|for|with)|join|become a member of) (?:[^ .!?]+ ){1,6}(?:to continue(?: reading)?|to keep reading|to read (?:on|the rest|the full|this))|` +
	`(?:abonnez-vous (?:à|au)|connectez-vous (?:à|au)|inscrivez-vous (?:à|au)) (?:[^ .!?]+ ){1,6}pour (?:continuer|poursuivre|lire la suite)|` +
	`(?:suscríbe(?:te|se) a|regístra?(?:te|se) en|hazte socio de) (?:[^ .!?]+ ){1,6}para (?:continuar|seguir|leer)|` +
	`(?:assine|cadastre-se n[oa]) (?:[^ .!?]+ ){1,6}para (?:continuar|ler)|(?:abbonati a|registrati (?:a|su)) (?:[^ .!?]+ ){1,6}per (?:continuare|leggere)|` +
	`jetzt (?:[^ .!?]+ ){1,4}(?:testen|abonnieren|bestellen) und (?:alle|diesen) artikel (?:weiter)?lesen`)

// gateTails are what gateAround cannot find anything without.
var gateTails = []string{" to continue", " to keep reading", " to read ", " pour ", " para ", " per ", "artikel "}

// nearby returns what the page shows in and around its article; all of it where a short
// one declares itself sold, or there is no article. Comments, menus, prose and what is quoted
// are left out: they may speak of gates. So are the badges of teasers.
func (j *judgement) nearby() string {
	l, region := j.b.layout, 0
	if len(j.b.nodes) > 0 && (j.m.declaredFree.value != "no" || j.mass >= wallText) {
		region = l.outer(l.outer(j.b.around))
	}
	passed := j.passed(region)
	text := make([]byte, 0, 1<<10)
	for i := l.boxes[region].first; i < l.boxes[region].last; i++ {
		b := &l.blocks[i]
		if passed[i] || b.kind&(selectors.Comments|selectors.Navigation) != 0 {
			continue
		}
		line := l.textOf(i)
		if j.kept(i) > fewWords {
			line = line[max(0, len(line)-maxGate):] // a gate may end a paragraph
		}
		text = append(append(text, line...), ' ')
	}
	return unquoted(lowered(string(text)))
}

// maxGate is how much of the end of a paragraph may be a gate, in bytes.
const maxGate = 80

// outer returns the container around box, box itself where that is the whole page.
func (l *layout) outer(box int) int {
	p := l.boxes[box].parent
	if p < 0 || l.boxes[p].node.DataAtom == atom.Body || l.boxes[p].node.DataAtom == atom.Html {
		return box
	}
	return p
}

// kept returns the mass of block i if it is text of the article, else 0.
func (j *judgement) kept(i int) int {
	if b := &j.b.layout.blocks[i]; b.drop == "" && len(j.b.nodes) > 0 {
		return b.mass
	}
	return 0
}

// passed marks the blocks in region that are not seen, and those of teasers: what stands
// around a headline that leads elsewhere, and nothing of the article with it.
func (j *judgement) passed(region int) map[int]bool {
	l := j.b.layout
	passed := map[int]bool{}
	pass := func(c *container) {
		for i := c.first; i < c.last; i++ {
			passed[i] = true
		}
	}
	for i := region; i < l.boxes[region].end; i++ {
		if c := &l.boxes[i]; c.hidden {
			pass(c)
		}
	}
	for i := l.boxes[region].first; i < l.boxes[region].last && len(j.b.nodes) > 0; i++ {
		if !l.isHeading(i) || !isLinked(l.nodeOf(i)) || said().gates.in(lowered(l.textOf(i))) != "" {
			continue
		}
		if c := &l.boxes[l.outer(l.blocks[i].box)]; !l.keeps(c.first, c.last) {
			pass(c)
		}
	}
	return passed
}

// gateElement returns the name of an element that stands where an article is cut. One that
// is mostly links is a teaser; those that hold much of the article are named for what it is.
func (j *judgement) gateElement() (found string) {
	l, inside := j.b.layout, 0
	for i := 1; i < len(l.boxes); i++ {
		c := &l.boxes[i]
		name := gateName(c.node)
		if name == "" || c.hidden {
			continue
		}
		mass, links, text := 0, 0, 0
		for b := c.first; b < c.last; b++ {
			mass, links, text = mass+l.blocks[b].mass, links+l.blocks[b].links, text+j.kept(b)
		}
		if mass > 12 && mass < wallText && 2*links < mass {
			found, inside, i = name, inside+text, c.end-1
		}
	}
	if 3*inside > j.b.textChars {
		return ""
	}
	return found
}

// gateName returns what of the class, id or data-testid of n is the name of a gate.
func gateName(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "data-testid" || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
			continue
		}
		if names := strings.ToLower(a.Val); said().gateNames.in(names) != "" {
			for token := range strings.FieldsSeq(names) {
				if name := said().gateNames.in(token); name != "" && anyIn(token, said().OpenNames) == "" {
					return name
				}
			}
		}
	}
	return ""
}
