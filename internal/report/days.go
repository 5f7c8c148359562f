package report

import (
	"slices"
	"time"
)

// A Calendar is how many articles each site gave on each day.
type Calendar struct {
	Days []time.Time // midnights, UTC, without a gap
	Rows []Row
}

// A Row is one site of a Calendar.
type Row struct {
	Site string
	Days []int // new and changed articles; -1 where no run looked at the site
}

// CalendarOf lays out the runs over the n days that end with the newest of them.
// A day on which no run visited a site is no day without news.
func CalendarOf(runs []Run, n int) Calendar {
	var last time.Time
	for _, r := range runs {
		if r.Started.After(last) {
			last = r.Started
		}
	}
	c := Calendar{}
	first := last.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-n)
	for d := range n {
		c.Days = append(c.Days, first.AddDate(0, 0, d))
	}
	at := map[string]int{}
	for _, r := range runs {
		day := int(r.Started.UTC().Sub(first) / (24 * time.Hour))
		if r.Started.Before(first) {
			continue
		}
		for _, s := range r.Sites {
			i, ok := at[s.Site]
			if !ok {
				i = len(c.Rows)
				at[s.Site] = i
				c.Rows = append(c.Rows, Row{s.Site, slices.Repeat([]int{-1}, n)})
			}
			c.Rows[i].Days[day] = max(0, c.Rows[i].Days[day]) + s.New + s.Changed
		}
	}
	slices.SortFunc(c.Rows, func(a, b Row) int { return slices.Compare([]string{a.Site}, []string{b.Site}) })
	return c
}

// most is the greatest number of a day.
func (c Calendar) most() int {
	most := 1
	for _, r := range c.Rows {
		most = max(most, slices.Max(r.Days))
	}
	return most
}
