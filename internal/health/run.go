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
// returns the samples of the day that are fine to compare others with.
func (v *Verdict) judgeRun(day, good []Sample) (fine []Sample) {
	parts := runs(day)
	if len(parts) < 2 {
		return day
	}
	before := slices.Clip(since(good, day))
	if len(pages(before)) < 2*least { // the first day of a site: its runs are compared with one another
		for i := range len(parts) - 1 {
			var w Verdict
			if w.compareRun(parts[:i+1], before); !w.State.Alarming() {
				before, fine = append(before, parts[i]...), append(fine, parts[i]...)
			}
		}
	} else {
		fine = slices.Concat(parts[:len(parts)-1]...)
	}
	w, last := Verdict{Site: v.Site, LastNew: v.LastNew, Last: v.Last, Since: v.Since}, parts[len(parts)-1]
	w.compareRun(parts, before)
	counts := w.outweighs(*v)
	switch {
	case counts && v.State.Alarming() && w.State == OK:
		fine = last // the rest made the day bad
	case !w.State.Alarming():
		fine = append(fine, last...)
	}
	if counts {
		*v = w
	}
	return fine
}

// compareRun sets the verdict of the last run, and of those before it until there are enough
// pages in them that tell something.
func (v *Verdict) compareRun(parts [][]Sample, before []Sample) {
	forms, seen, known := articleForms(before), map[string]bool{}, map[string]bool{}
	for _, s := range before {
		known[s.Page] = true
	}
	var out []Sample
	for from := len(parts) - 1; from >= 0 && (out == nil || len(seen) < least); from-- {
		tell := slices.DeleteFunc(telling(parts[from], forms), func(s Sample) bool { return known[s.Page] })
		for _, s := range tell {
			seen[s.Page] = true
		}
		out = append(tell, out...)
	}
	v.compare(out, telling(before, forms))
}

// telling are the samples that tell how articles are read. What is refused is none: of a run
// that finds all as it was only that has rows; so it is with known pages, see compareRun.
func telling(samples []Sample, forms map[string]bool) (out []Sample) {
	for _, s := range samples {
		if s.Outcome.HasArticle() || forms[s.Form] && s.Outcome != page.Blocked {
			out = append(out, s)
		}
	}
	return out
}

// articleForms are the forms of addresses that mostly gave articles. A run may meet lists
// alone, for they come when the articles are read: that says nothing of these.
func articleForms(samples []Sample) map[string]bool {
	n, forms := map[string]int{}, map[string]bool{}
	for _, s := range samples {
		if s.Outcome.HasArticle() {
			n[s.Form]++
		} else {
			n[s.Form]--
		}
	}
	for form, more := range n {
		forms[form] = more > 0
	}
	return forms
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

// listsOf are the pages that gave no article when they were captured last: they lead to
// others, and change each time somebody looks.
func listsOf(samples []Sample) map[string]bool {
	lists := map[string]bool{}
	for _, s := range samples {
		if s.Outcome == page.NotArticle {
			lists[s.Page] = true
		} else {
			delete(lists, s.Page)
		}
	}
	return lists
}

// unknown leaves out the pages that gave no article before, either.
func unknown(now, was []Sample) []Sample {
	lists := listsOf(was)
	return slices.DeleteFunc(now, func(s Sample) bool { return s.Outcome == page.NotArticle && lists[s.Page] })
}
