package health

import (
	"cmp"
	"slices"
	"time"

	"newsarchive/page"
)

// runs parts the samples of a day by the runs that captured them, in the order in which
// those ended.
func runs(day []Sample) [][]Sample {
	of := map[string][]Sample{}
	for _, s := range day {
		of[s.Run] = append(of[s.Run], s)
	}
	var out [][]Sample
	for _, list := range of {
		out = append(out, list)
	}
	slices.SortFunc(out, func(a, b []Sample) int {
		return cmp.Or(a[len(a)-1].At.Compare(b[len(b)-1].At), cmp.Compare(a[0].Run, b[0].Run))
	})
	return out
}

// judgeRun looks at the last run of a day that has several: what it found counts where the
// day cannot tell yet, where it is worth an alarm, and where it is the end of one. It
// returns the runs of the day that were fine.
func (v *Verdict) judgeRun(day, good []Sample) (fine []Sample) {
	parts := runs(day)
	if len(parts) < 2 {
		return day
	}
	before := slices.Clip(good)
	for i := range parts {
		w := Verdict{Site: v.Site, LastNew: v.LastNew, Last: v.Last, Since: v.Since}
		from := i
		w.compare(parts[i], since(before, day))
		for ; w.State == NoData && from > 0; w.compare(slices.Concat(parts[from:i+1]...), since(before, day)) {
			from--
		}
		if i == len(parts)-1 && w.outweighs(*v) {
			*v = w
		}
		if !w.State.Alarming() {
			before, fine = append(before, parts[i]...), append(fine, parts[i]...)
		}
	}
	return fine
}

// outweighs reports that the verdict on a run counts more than that on its day.
func (w Verdict) outweighs(day Verdict) bool {
	switch {
	case w.State == NoData:
		return false
	case day.State == NoData || w.State.Alarming():
		return true
	}
	return day.State.Alarming() && w.State == OK && w.Newest.Captures >= enough
}

// since returns the samples at the end of sorted that are not older than Window before
// the day.
func since(sorted, day []Sample) []Sample {
	from, _ := slices.BinarySearchFunc(sorted, midnight(day[0].At).Add(-Window), func(s Sample, t time.Time) int { return s.At.Compare(t) })
	return sorted[from:]
}

// unknown leaves out the pages that gave no article before, either: they lead to others,
// and change each time somebody looks.
func unknown(now, was []Sample) []Sample {
	lists := map[string]bool{}
	for _, s := range was {
		lists[s.Page] = s.Outcome == page.NotArticle
	}
	return slices.DeleteFunc(now, func(s Sample) bool { return s.Outcome == page.NotArticle && lists[s.Page] })
}
