package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leadReach is how many blocks before the body are looked at where no heading
// says where the article begins.
const leadReach = 12

// isLead reports whether block i, which stands before the text, is of the
// standfirst: text between the heading and the body that a rule, a description
// of the page or its own length speaks for.
func (f *filter) isLead(i int) bool {
	b := &f.blocks[i]
	headed := f.heading >= 0 && f.heading < f.start
	if i >= f.start || headed && i <= f.heading-leadReach || !headed && i < f.start-leadReach {
		return false
	}
	if b.mass < 30 && !f.namedLead(i) && !f.repeated(i) || b.linkShare() > 30 || f.tagOf(i) == atom.H1 || b.kind&notLead != 0 || f.dateLine(i) || f.announces(i) {
		return false
	}
	if f.described(i) || f.repeated(i) {
		return true
	}
	if i == f.heading-1 && b.kind&selectors.Clutter == selectors.Related {
		return f.ownTeaser(i)
	}
	if i < f.heading || !headed || !f.witness.titled && f.start-f.heading > 2*leadReach {
		return false
	}
	if b.kind&selectors.Lead != 0 {
		return b.kind&selectors.Clutter&^(selectors.Meta|selectors.Related) == 0
	}
	if f.tagOf(i) == atom.Li || b.linkShare() > 15 || f.isHeading(i) && i != f.heading+1 {
		return false // of the text below
	}
	if b.kind&selectors.Clutter == selectors.Related {
		return f.ownTeaser(i)
	}
	return b.kind&selectors.Clutter == 0 && (b.mass >= 60 || b.prose() || f.headed(i))
}

// headed reports whether block i, right below the heading, stands in a lesser heading, and no
// text right below it that it might be the subheading of.
func (f *filter) headed(i int) bool {
	if f.lesserHead(i) == nil || i != f.heading+1 {
		return false
	}
	return i+1 < f.start || i < f.boxes[f.core].first
}

// lesserHead returns the heading below h1 that block i stands in, nil if it stands in none.
func (f *filter) lesserHead(i int) *html.Node {
	n := f.nodeOf(i)
	if n.DataAtom == atom.P && n.Parent != nil {
		n = n.Parent
	}
	if n.DataAtom == atom.H2 || n.DataAtom == atom.H3 || n.DataAtom == atom.H4 {
		return n
	}
	return nil
}

// repeatedMass is how long a line is at least that is the standfirst because the page
// describes itself by the same words.
const repeatedMass = 12

// repeated reports whether block i, below the heading, is a description of the page word by word.
func (f *filter) repeated(i int) bool {
	b := &f.blocks[i]
	return i > f.heading && b.links == 0 && b.mass >= repeatedMass && b.mass < 60 && slices.Contains(f.witness.leads, letters(f.textOf(i)))
}

// namedLead reports whether block i, right below the heading, is called the standfirst
// and is without links, however short: a sentence, or in East Asian scripts more than a label.
func (f *filter) namedLead(i int) bool {
	b := &f.blocks[i]
	return i == f.heading+1 && b.kind&selectors.Lead != 0 && b.links == 0 &&
		(b.ended && b.stops > 0 && b.mass >= 12 || b.mass >= 20 && unspaced(f.textOf(i)))
}

// ownTeaser reports whether block i, in what is called a teaser, is the page's own: whole
// sentences right below or above the heading and nothing beside them. Those of other stories have
// links, headings and pictures.
func (f *filter) ownTeaser(i int) bool {
	b, top := &f.blocks[i], -1
	for box := b.box; box >= 0; box = f.boxes[box].parent {
		if f.boxes[box].own&selectors.Related != 0 {
			top = box
		}
	}
	if top < 0 || !b.prose() || !b.ended || f.boxes[top].first != f.heading+1 && f.boxes[top].last != f.heading || f.boxes[top].pictures > 0 {
		return false
	}
	for j := f.boxes[top].first; j < f.boxes[top].last; j++ {
		if f.blocks[j].links > 0 || f.isHeading(j) || !f.blocks[j].ended {
			return false
		}
	}
	return true
}

// announces reports whether block i begins with the title and goes on, as teasers of
// the page itself do.
func (f *filter) announces(i int) bool {
	text, begins := strings.CutPrefix(selectors.FoldPhrase(f.textOf(i)), f.witness.title)
	return begins && text != "" && measureText(f.witness.title).mass >= headlineMass
}

// dateLine reports whether block i is short, no sentence, and has many digits, as dates do.
func (f *filter) dateLine(i int) bool {
	b := &f.blocks[i]
	if b.mass > 100 || b.ended && b.stops > 0 {
		return false
	}
	digits := 0
	for _, r := range f.textOf(i) {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 6 && 8*digits > b.mass
}

// notLead are kinds that no standfirst stands in, whatever else its place is called.
const notLead = hard | selectors.Caption | selectors.Share | selectors.Newsletter | selectors.Tools | selectors.Advertisement

// described reports whether a description of the page begins as block i does, or is
// a part of it.
func (f *filter) described(i int) bool {
	if f.blocks[i].mass < 40 {
		return false
	}
	text := letters(f.textOf(i))
	for _, d := range f.witness.leads {
		if len(d) < 40 {
			continue
		}
		if strings.Contains(d, text) || strings.Contains(text, d) || commonPrefix(d, text) >= 60 {
			return true
		}
	}
	return false
}

func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// standfirst returns the lead: the blocks at the head of what stays that a rule or
// a description of the page names so, one a line; and what named them.
func (f *filter) standfirst() (lead, source string) {
	var lines []string
	mass := 0
	for i := range f.blocks {
		b := &f.blocks[i]
		if b.drop != "" {
			continue
		}
		by := f.leadSource(i)
		if by == "" || source != "" && f.tagOf(i) == atom.Li && f.tagOf(i-1) != atom.Li {
			break // a list below a standfirst sums up what follows
		}
		if source == "" {
			source = by
		}
		lines = append(lines, f.textOf(i))
		if mass += b.mass; mass > leadMass {
			lines = lines[:1] // the others are named so by mistake
			break
		}
	}
	return strings.Join(lines, "\n"), source
}

// leadSource says why block i is of the standfirst, "" if it is not.
func (f *filter) leadSource(i int) string {
	b := &f.blocks[i]
	before := i < f.start && b.kind&selectors.Live == 0
	switch {
	case f.isHeading(i) && b.kind&selectors.Lead == 0 && i != f.heading+1:
		return ""
	case b.kind&selectors.Lead != 0 && b.mass < leadMass:
		return "html:lead"
	case before && !f.ordinary(i) && b.mass <= 2*longBlock:
		return "html:header"
	case (f.described(i) || f.repeated(i)) && f.apart(i):
		return "html:description"
	}
	return ""
}

// ordinary reports whether block i is of the core, and of a make with a good part
// of its prose.
func (f *filter) ordinary(i int) bool {
	core := &f.boxes[f.core]
	return i >= core.first && i < core.last && f.usual(i)
}

// usual reports whether a good part of the core's prose is of block i's make.
func (f *filter) usual(i int) bool { return 5*f.alike[f.signature(f.blocks[i].box)] > f.mass }

// apart reports whether block i, in the core, is of another make than the next
// that stays: a description alone may only repeat how the text begins.
func (f *filter) apart(i int) bool {
	for j := i + 1; j < len(f.blocks); j++ {
		if f.blocks[j].drop == "" {
			return f.signature(f.blocks[i].box) != f.signature(f.blocks[j].box)
		}
	}
	return false
}

// leadKey finds the key of a value in script data that names a standfirst.
var leadKey = regexp.MustCompile(`(?i)"(standfirst|lead|lede|dek|deck|intro|teaser|subtitle|subheadline|summary|excerpt|abstract|chapo|vorspann)"\s*:\s*$`)

// scriptLead returns the description of the page that its script data call the
// standfirst; "" if they call none so.
func scriptLead(d *document, m *metadata) string {
	for _, lead := range m.leads {
		quoted := `"` + lead.value + `"`
		for _, s := range d.scripts {
			if at := strings.Index(s.text(), quoted); at > 0 && len(lead.value) > 0 && leadKey.MatchString(s.text()[max(0, at-40):at]) {
				return lead.value
			}
		}
	}
	return ""
}
