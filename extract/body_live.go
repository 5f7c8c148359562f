package extract

import (
	"regexp"
	"strings"

	"newsarchive/selectors"
)

// clockMass is how long the line is at most that says when an entry of a live blog was written.
const clockMass = 40

// clock finds a time of day at the head of a line, after a short word or a date.
var clock = regexp.MustCompile(`^[^.:!?]{0,12}?(?:\d{1,2}\.\s?\S{1,10}\.?\s(?:\d{4})?\D{0,4})?\b([01]?\d|2[0-3]) ?[:.hH時시点] ?[0-5]\d\b`)

// isClock reports a line with a time of day at its head.
func isClock(s string) bool { return strings.ContainsAny(s, "012345") && clock.MatchString(s) }

// keepTimes takes back the lines that say when the entries of a live blog were written, where
// more of the entry stays.
func (f *filter) keepTimes() {
	for box := 0; box < len(f.boxes); box++ {
		c := &f.boxes[box]
		if c.own&selectors.Live == 0 || c.last-c.first < 2 || f.aroundEntries(box) {
			continue
		}
		if b := &f.blocks[c.first]; b.drop != "" && b.mass <= clockMass && f.keeps(c.first+1, c.last) && isClock(f.textOf(c.first)) {
			b.drop = ""
		}
		box = c.end - 1
	}
	f.keepRepeatedTimes()
}

// keepRepeatedTimes takes back the times of day with which several containers of one make
// begin, whatever these are called, where more of each stays.
func (f *filter) keepRepeatedTimes() {
	entries := map[place][]int{}
	for i := range f.blocks {
		b := &f.blocks[i]
		if b.mass > clockMass || b.kind&selectors.Clutter&^selectors.Meta != 0 || !isClock(f.textOf(i)) {
			continue
		}
		if box, ok := f.entryOf(i); ok {
			entries[f.place(box)] = append(entries[f.place(box)], i)
		}
	}
	for _, times := range entries {
		for _, i := range times {
			if len(times) > 1 {
				f.blocks[i].drop = ""
			}
		}
	}
}

// entryOf returns the container that begins with block i and of which more stays.
func (f *filter) entryOf(i int) (box int, ok bool) {
	const most = 3 // containers around what stands at the head of an entry
	box = f.boxAround(i)
	for up := 0; up < most && box > 0 && f.boxes[box].first == i; up, box = up+1, f.boxes[box].parent {
		if f.keeps(i+1, f.boxes[box].last) {
			return box, true
		}
	}
	return 0, false
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
