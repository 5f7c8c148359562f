package health

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// days gives the samples of each UTC day that has some, oldest first.
func days(samples []Sample) iter.Seq[[]Sample] {
	sorted := slices.Clone(samples)
	slices.SortFunc(sorted, func(a, b Sample) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Text, b.Text))
	})
	return func(yield func([]Sample) bool) {
		for len(sorted) > 0 {
			end := midnight(sorted[0].At).Add(24 * time.Hour)
			n := 0
			for n < len(sorted) && sorted[n].At.Before(end) {
				n++
			}
			if !yield(sorted[:n:n]) {
				return
			}
			sorted = sorted[n:]
		}
	}
}

// newestOf returns the samples at the end of sorted: those of the last day, and of
// the days before it until there are enough of them.
func newestOf(sorted []Sample) []Sample {
	if len(sorted) == 0 {
		return nil
	}
	last := midnight(sorted[len(sorted)-1].At)
	n := len(sorted)
	for n > 0 {
		day := midnight(sorted[n-1].At)
		if len(sorted)-n >= enough || last.Sub(day) >= span*24*time.Hour {
			break
		}
		for n > 0 && !sorted[n-1].At.Before(day) {
			n--
		}
	}
	return sorted[n:]
}

// within returns the samples at the end of sorted that are not older than Window
// before the day, nor of the day itself.
func within(sorted []Sample, day time.Time) []Sample {
	day = midnight(day)
	from, _ := slices.BinarySearchFunc(sorted, day.Add(-Window), func(s Sample, t time.Time) int { return s.At.Compare(t) })
	to, _ := slices.BinarySearchFunc(sorted, day, func(s Sample, t time.Time) int { return s.At.Compare(t) })
	return sorted[from:to]
}

// midnight is the beginning of the day, UTC.
func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// pages returns the newest sample of each page.
func pages(sorted []Sample) []Sample {
	last := map[string]int{}
	for i, s := range sorted {
		last[s.Page] = i
	}
	var out []Sample
	for i, s := range sorted {
		if last[s.Page] == i {
			out = append(out, s)
		}
	}
	return out
}
