package extract

import (
	"regexp"

	"newsarchive/selectors"
)

// clockMass is how long the line is at most that says when an entry of a live blog was written.
const clockMass = 40

// clock finds a time of day at the head of a line, after a short word or a date.
var clock = regexp.MustCompile(`^[^.:!?]{0,12}?(?:\d{1,2}\.\s?\S{1,10}\.?\s(?:\d{4})?\D{0,4})?\b([01]?\d|2[0-3]) ?[:.hH時시点] ?[0-5]\d\b`)

// keepTimes takes back the lines that say when the entries of a live blog were written, where
// more of the entry stays.
func (f *filter) keepTimes() {
	for box := 0; box < len(f.boxes); box++ {
		c := &f.boxes[box]
		if c.own&selectors.Live == 0 || c.last-c.first < 2 || f.aroundEntries(box) {
			continue
		}
		if b := &f.blocks[c.first]; b.drop != "" && b.mass <= clockMass && f.keeps(c.first+1, c.last) && clock.MatchString(f.textOf(c.first)) {
			b.drop = ""
		}
		box = c.end - 1
	}
}

// aroundEntries reports whether a container of a live blog has containers of entries in it.
func (f *filter) aroundEntries(box int) bool {
	for i := box + 1; i < f.boxes[box].end; i++ {
		if f.boxes[i].own&selectors.Live != 0 && f.boxes[i].last-f.boxes[i].first > 1 {
			return true
		}
	}
	return false
}
