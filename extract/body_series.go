package extract

import "regexp"

// slideNumber finds "3/12" at the head of what stands with a picture of a series.
var slideNumber = regexp.MustCompile(`^\(?(\d{1,3}) ?/ ?(\d{1,3})\)?(?:\D|$)`)

// manySlides is how many numbers make a series: a single one is a score or a date.
const manySlides = 4

// dropSlides drops the texts of a series of pictures, numbered one after the other, unless
// they are what the page is about.
func (f *filter) dropSlides() {
	for _, slides := range f.series() {
		if len(slides) < manySlides {
			continue
		}
		var texts []int
		for k, i := range slides {
			end := f.boxes[f.boxAround(i)].last
			if k+1 < len(slides) {
				end = min(end, slides[k+1])
			}
			for ; i < end; i++ {
				texts = append(texts, i)
			}
		}
		if f.mass-f.massOf(texts) < 2*scantMass {
			continue
		}
		for _, i := range texts {
			f.blocks[i].drop = "slide"
		}
	}
}

// series returns the blocks of the core that are numbered, by what they say is the last number.
func (f *filter) series() map[string][]int {
	found, before := map[string][]int{}, map[string]string{}
	core := &f.boxes[f.core]
	for i := core.first; i < core.last; i++ {
		text := f.textOf(i)
		if text == "" || text[0] != '(' && (text[0] < '0' || text[0] > '9') {
			continue // of most blocks
		}
		if m := slideNumber.FindStringSubmatch(text); m != nil && f.blocks[i].drop == "" && before[m[2]] != m[1] {
			found[m[2]], before[m[2]] = append(found[m[2]], i), m[1]
		}
	}
	return found
}

// massOf returns the mass of the prose among blocks.
func (f *filter) massOf(blocks []int) (mass int) {
	for _, i := range blocks {
		if b := &f.blocks[i]; b.prose() {
			mass += b.mass
		}
	}
	return mass
}

// fewLinkedHeadings is how many headings of one container are links where that is how
// the article names what it lists, the text to each below it.
const fewLinkedHeadings = 3

// keepLinkedHeadings takes back headings that were dropped as links, where several stand
// between the article's own paragraphs.
func (f *filter) keepLinkedHeadings() {
	found := map[int][]int{}
	core := &f.boxes[f.core]
	for i := core.first; i+1 < core.last; i++ {
		h, p := &f.blocks[i], &f.blocks[i+1]
		if h.drop == "links" && f.isHeading(i) && p.drop == "" && p.mass > longBlock && f.usual(i+1) {
			if in := f.boxes[h.box].parent; in == f.boxes[p.box].parent {
				found[in] = append(found[in], i)
			}
		}
	}
	for _, headings := range found {
		for _, i := range headings {
			if len(headings) >= fewLinkedHeadings {
				f.blocks[i].drop = ""
			}
		}
	}
}
