package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A flow is a body between the tree and its three forms: the text as it will be
// read, and beside it the pieces that say which stretch of the text is what. All
// three forms are written from it, so that none says what the others don't.
//
// Blocks stand on lines of their own; a single <br> begins a line inside its block,
// two begin a block. White space is folded. The cells of a row are separated by
// tabs. Only a table of data keeps its rows: one used for layout is read cell by
// cell. Soft hyphens, captions, ruby annotations without brackets and active content are left out.
type flow struct {
	base *url.URL
	skip func(*html.Node) bool

	shown    map[*html.Node]pictured // the pictures to show; nil for all
	captions bool                    // those of pictures are text

	buf    []byte
	runs   []run
	pieces []piece
	images []pictured
	hrefs  []string // hrefs[0] is "": no link
	href   map[string]int

	now     run        // marks and link of the words to come
	kind    kind       // of the next leaf
	level   uint8      // of the next heading
	open    bool       // the last piece is a leaf that goes on
	space   bool       // white space is due before the next word
	newline bool       // that white space held a line break of the source
	breaks  int        // <br> due before the next word
	around  []kind     // the containers around, innermost last
	cell    bool       // inside a cell of a data table
	tabs    int        // cells begun since the last word of the row
	rowFrom int        // bytes of text before the row
	late    []pictured // images met inside a leaf: they follow it
	wrapper *html.Node // list or table opened for an item or row that came alone
}

// A kind of piece. Leaves hold words, containers hold pieces.
type kind uint8

const (
	aParagraph kind = iota
	aHeading
	aPre
	aCaption // of a table, the first in it
	aCell
	aHeaderCell
	aPicture // a leaf without words
	aList    // containers from here on
	anOrderedList
	anItem
	aQuote
	aTable
	aRow
)

// A piece is a leaf, or one end of a container.
type piece struct {
	kind     kind
	end      bool   // of a container
	level    uint8  // of a heading, 2 to 6
	from, to int    // bytes of the text, for a container only those of a row; for a picture from is its index in images
	runs     [2]int // its runs, from and to
}

// A run is a stretch of one leaf with the same marks.
type run struct {
	from, to int
	marks    marks
	href     int // index of hrefs
}

// marks are what inline elements say about their words.
type marks uint8

const (
	isStrong marks = 1 << iota
	isEmphasis
	isCode
	isStruck
	isCited
	isSub
	isSup
)

type pictured struct{ src, alt string }

// deepest is how many containers may stand in one another; more are read through.
const deepest = 16

// newFlow returns an empty flow with room for the body of a page of that many elements.
func newFlow(base *url.URL, skip func(*html.Node) bool, elements int) *flow {
	blocks := min(8+elements/8, 64)
	return &flow{base: base, skip: skip, buf: make([]byte, 0, 128*blocks), runs: make([]run, 0, blocks),
		pieces: make([]piece, 0, blocks), hrefs: []string{""}}
}

// begin opens a container.
func (f *flow) begin(k kind) {
	f.closeLeaf()
	f.pieces = append(f.pieces, piece{kind: k})
	f.around = append(f.around, k)
}

// end closes the innermost container; one that holds nothing vanishes.
func (f *flow) end(k kind) {
	f.closeLeaf()
	f.pop()
	if last := len(f.pieces) - 1; f.pieces[last].kind == k && !f.pieces[last].end {
		f.pieces = f.pieces[:last]
		return
	}
	f.pieces = append(f.pieces, piece{kind: k, end: true})
}

func (f *flow) pop() { f.around = f.around[:len(f.around)-1] }

// openLeaf begins the block that the next word stands in.
func (f *flow) openLeaf() {
	if len(f.buf) > 0 {
		f.buf = append(f.buf, '\n')
	}
	f.pieces = append(f.pieces, piece{kind: f.kind, level: f.level, from: len(f.buf), runs: [2]int{len(f.runs), len(f.runs)}})
	f.open = true
}

// closeLeaf ends the block that is open; inside a cell it is only a blank.
func (f *flow) closeLeaf() {
	if f.cell {
		f.space = true
		return
	}
	if f.open {
		last := &f.pieces[len(f.pieces)-1]
		last.to, last.runs[1] = len(f.buf), len(f.runs)
	}
	f.open, f.space, f.newline, f.breaks = false, false, false, 0
	for _, img := range f.late {
		f.picture(img)
	}
	f.late = f.late[:0]
}

func (f *flow) picture(img pictured) {
	if n := len(f.images); n > 0 && f.images[n-1].src == img.src {
		return
	}
	f.pieces = append(f.pieces, piece{kind: aPicture, from: len(f.images)})
	f.images = append(f.images, img)
}

// finish closes what is open and returns the text.
func (f *flow) finish() string {
	f.leave()
	return string(f.buf)
}

// enter prepares for n, which stands beside last in the tree or elsewhere: words
// that are neighbours in one paragraph stay in it, an item or row that comes
// without its list or table gets one that it shares with its siblings.
func (f *flow) enter(n, last *html.Node) {
	if last != nil && inLine(n) && inLine(last) && f.neighbours(last, n) {
		return
	}
	around := wrapperOf(n)
	if around != nil && around == f.wrapper {
		f.closeLeaf()
		return
	}
	f.leave()
	if around == nil {
		return
	}
	switch f.wrapper = around; around.DataAtom {
	case atom.Ol:
		f.begin(anOrderedList)
	case atom.Table:
		f.begin(aTable)
	default:
		f.begin(aList)
	}
}

// leave closes what enter opened.
func (f *flow) leave() {
	f.closeLeaf()
	if f.wrapper == nil {
		return
	}
	switch f.wrapper.DataAtom {
	case atom.Ol:
		f.end(anOrderedList)
	case atom.Table:
		f.end(aTable)
	default:
		f.end(aList)
	}
	f.wrapper = nil
}

// wrapperOf returns the list of an item, or the table of data of a row.
func wrapperOf(n *html.Node) *html.Node {
	p := n.Parent
	switch {
	case p == nil:
	case n.DataAtom == atom.Li && (p.DataAtom == atom.Ul || p.DataAtom == atom.Ol):
		return p
	case n.DataAtom == atom.Tr:
		for ; p != nil && p.DataAtom != atom.Table; p = p.Parent {
		}
		if p != nil && holdsData(p) {
			return p
		}
	}
	return nil
}

// inLine reports what stands in a line of words.
func inLine(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return n.Type == html.TextNode
	}
	switch n.DataAtom {
	case atom.A, atom.Br, atom.Span, atom.Font, atom.Q, atom.Img, atom.U, atom.Small, atom.Mark, atom.Abbr, atom.Time, atom.Ins, atom.Big, atom.Bdi, atom.Bdo, atom.Ruby:
		return true
	}
	return markOf(n.DataAtom) != 0
}

// neighbours reports that nothing that counts stands between a and b.
func (f *flow) neighbours(a, b *html.Node) bool {
	for s := a.NextSibling; s != nil; s = s.NextSibling {
		if s == b {
			return true
		}
		switch {
		case s.Type == html.CommentNode || s.Type == html.TextNode && strings.TrimSpace(s.Data) == "":
			f.space = f.space || s.Type == html.TextNode
		case f.skip == nil || !f.skip(s):
			return false
		}
	}
	return false
}

// links returns the addresses that words link to, in order.
func (f *flow) links() []string { return f.hrefs[1:] }

// lines returns the text of each leaf, a row's cells together.
func (f *flow) lines(text string) []string {
	out := make([]string, 0, len(f.pieces))
	for _, p := range f.pieces {
		if p.kind < aCell || p.kind == aRow && !p.end {
			out = append(out, text[p.from:p.to])
		}
	}
	return out
}
