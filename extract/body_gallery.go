package extract

import "newsarchive/selectors"

// believeGallery takes the captions of a series of pictures for text, where they are more than
// all other prose: then the series is what the page is about.
func (l *layout) believeGallery() {
	captions, masses, most, prose := map[signature][]int{}, map[signature]int{}, signature{}, 0
	for i := range l.blocks {
		b := &l.blocks[i]
		switch kind := b.kind & selectors.Clutter; {
		case kind == 0 && b.prose():
			prose += b.mass
		case kind != 0 && kind&^(selectors.Media|selectors.Caption) == 0 && b.pictured && b.links == 0 && b.mass >= sentence:
			s := l.signature(b.box)
			captions[s], masses[s] = append(captions[s], i), masses[s]+b.mass
			if masses[s] > masses[most] {
				most = s
			}
		}
	}
	if len(captions[most]) < manySlides || masses[most] <= prose {
		return
	}
	l.gallery = most
	for _, i := range captions[most] {
		l.blocks[i].kind &^= selectors.Media | selectors.Caption
	}
}

// inGallery reports whether block i is a caption of the series that the page is about.
func (l *layout) inGallery(i int) bool {
	b := &l.blocks[i]
	return l.gallery != signature{} && b.pictured && b.kind&selectors.Clutter == 0 && l.signature(b.box) == l.gallery
}
