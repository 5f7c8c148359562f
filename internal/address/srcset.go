package address

import (
	"strconv"
	"strings"
)

// A Candidate is one image of a srcset attribute.
type Candidate struct {
	Ref  string  // as written
	Size float64 // of its descriptor: pixels of width, or of height, or density; 1 without one
	Unit byte    // of Size: 'w', 'h' or 'x'
}

// maxCandidates bounds what is read of one srcset.
const maxCandidates = 100

// Srcset splits a srcset attribute (HTML section 4.8.4.2.1). A comma ends a candidate
// only after white space or at the end of an address, for addresses may hold commas.
func Srcset(s string) (list []Candidate) {
	for len(list) < maxCandidates {
		s = strings.TrimLeft(s, " \t\r\n\f,")
		if s == "" {
			return list
		}
		end := strings.IndexAny(s, " \t\r\n\f")
		if end < 0 {
			return append(list, candidate(strings.TrimRight(s, ","), ""))
		}
		ref := s[:end]
		s = s[end:]
		if bare := strings.TrimRight(ref, ","); bare != ref {
			list = append(list, candidate(bare, ""))
			continue
		}
		descriptors, rest, _ := strings.Cut(s, ",")
		list = append(list, candidate(ref, descriptors))
		s = rest
	}
	return list
}

func candidate(ref, descriptors string) Candidate {
	c := Candidate{Ref: ref, Size: 1, Unit: 'x'}
	for d := range strings.FieldsSeq(descriptors) {
		unit := d[len(d)-1]
		if size, err := strconv.ParseFloat(d[:len(d)-1], 64); err == nil && size > 0 && (unit == 'w' || unit == 'h' || unit == 'x') && !(c.Unit == 'w' && unit == 'h') {
			c.Size, c.Unit = size, unit
		}
	}
	return c
}
