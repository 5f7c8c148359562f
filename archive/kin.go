package archive

import "newsarchive/internal/likeness"

// A relative is one of several articles with the same text, or nearly.
type relative struct {
	article int64 // row of the catalog
	id      string
	family  int64 // first article of all of them
	first   int64 // earliest article that has the text exactly; else family
	exact   bool
	site    string
	agency  bool
	wire    bool
}

// maxChain is how many firsts with a band in common an article is compared with.
const maxChain = 64

// kin places articles one after another.
type kin struct {
	texts   map[int64]*relative // earliest article with exactly this text
	firsts  []first
	bands   [likeness.Bands]map[uint32]int32 // the last of firsts with that band, counted from 1
	members []*relative                      // those that belong to another
}

// first is the first article of a family, perhaps of itself only.
type first struct {
	*relative
	sketch likeness.Sketch
	before [likeness.Bands]int32 // of firsts with the same band: the one before, counted from 1
}

func newKin() *kin {
	k := &kin{texts: map[int64]*relative{}}
	for b := range k.bands {
		k.bands[b] = map[uint32]int32{}
	}
	return k
}

func (k *kin) place(r relative, text int64, s *likeness.Sketch) {
	same := k.texts[text]
	if same != nil {
		r.family, r.first, r.exact = same.family, same.article, true
		k.members = append(k.members, &r)
		return
	}
	k.texts[text] = &r
	hashes := s.BandHashes()
	if near := k.nearest(s, &hashes); near != nil {
		r.family, r.first = near.article, near.article
		k.members = append(k.members, &r)
		return
	}
	r.family, r.first = r.article, r.article
	f := first{relative: &r, sketch: *s}
	k.firsts = append(k.firsts, f)
	if !s.Comparable() {
		return
	}
	n := len(k.firsts)
	for b, h := range hashes {
		k.firsts[n-1].before[b] = k.bands[b][uint32(h)]
		k.bands[b][uint32(h)] = int32(n)
	}
}

// nearest returns the earliest first article that a text is like; nil if there is none.
func (k *kin) nearest(s *likeness.Sketch, hashes *[likeness.Bands]uint64) *relative {
	if !s.Comparable() {
		return nil
	}
	found := int32(0)
	for b, h := range hashes {
		chain := 0
		for at := k.bands[b][uint32(h)]; at != 0 && chain < maxChain; at = k.firsts[at-1].before[b] {
			chain++
			if f := &k.firsts[at-1]; (found == 0 || at < found) && s.Similarity(&f.sketch) >= likeness.Near {
				found = at
			}
		}
	}
	if found == 0 {
		return nil
	}
	return k.firsts[found-1].relative
}

// families returns all who share their text with others, family by family, and says
// which of them are wire copy: articles of several sites, one of which names an agency.
func (k *kin) families() []relative {
	byFirst := map[int64][]*relative{}
	for _, m := range k.members {
		byFirst[m.family] = append(byFirst[m.family], m)
	}
	var list []relative
	for _, f := range k.firsts {
		members := byFirst[f.article]
		if len(members) == 0 {
			continue
		}
		members = append([]*relative{f.relative}, members...)
		sites, agency := map[string]bool{}, false
		for _, m := range members {
			sites[m.site] = true
			agency = agency || m.agency
		}
		for _, m := range members {
			m.wire = agency && len(sites) > 1
			list = append(list, *m)
		}
	}
	return list
}
