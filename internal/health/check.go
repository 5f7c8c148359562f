package health

import (
	"cmp"
	"math"
	"slices"

	"newsarchive/page"
)

// A check is a share of pages that says something of how a site is read.
type check struct {
	what  string
	of    func(Sample) bool // the pages that count
	is    func(Sample) bool // those of them that the share is of
	fall  bool              // it is bad when the share falls; else when it rises
	state State             // what a change makes of the site
	worst State             // what it makes where the share is gone, or everywhere
}

// checks looks at captures as they are read from figures of the good days:
// words is the median length of an article, repeated are texts of several pages.
func checks(words int, repeated map[string]bool) []check {
	article := func(s Sample) bool { return s.Outcome.HasArticle() }
	all := func(Sample) bool { return true }
	return []check{
		{"blocked", all, func(s Sample) bool { return s.Outcome == page.Blocked }, false, Degraded, Blocked},
		{"articles", Sample.read, article, true, Degraded, Broken},
		{"same_text", article, func(s Sample) bool { return repeated[s.Text] }, false, Broken, Broken},
		{"short_text", article, func(s Sample) bool { return 5*s.Words < 2*words }, false, Degraded, Broken},
		{"long_text", article, func(s Sample) bool { return 2*s.Words > 5*words }, false, Degraded, Degraded},
		{"title", article, func(s Sample) bool { return s.Title }, true, Degraded, Broken},
		{"published", article, func(s Sample) bool { return s.Published }, true, Degraded, Degraded},
		{"authors", article, func(s Sample) bool { return s.Authors }, true, Degraded, Degraded},
		{"quality", func(s Sample) bool { return article(s) && s.Quality > 0 }, func(s Sample) bool { return s.Quality < 50 }, false, Degraded, Degraded},
	}
}

// rare is the chance below which a share is believed to have changed, and
// points how much it must have changed besides, in percent.
const rare, points = 1e-5, 20

// compare sets the verdict of newest, whose pages are compared with those of before.
func (v *Verdict) compare(newest, before []Sample) {
	was := pages(before)
	now := unknown(pages(newest), was)
	v.Newest, v.Before = figures(now), figures(was)
	v.Findings, v.Examples, v.State = nil, nil, OK
	if len(now) < least || len(was) < 2*least {
		v.State = NoData
		return
	}
	for _, c := range checks(v.Before.Words, repeated(now, was)) {
		if f, pages := c.run(now, was); f.State != OK {
			v.Findings = append(v.Findings, f)
			v.Examples = append(v.Examples, pages...)
		}
	}
	slices.SortStableFunc(v.Findings, func(a, b Finding) int { return cmp.Compare(b.State.rank(), a.State.rank()) })
	if len(v.Findings) > 0 {
		v.State = v.Findings[0].State
	}
	v.Examples = v.Examples[:min(3, len(v.Examples))]
}

// run compares one share. It returns also pages that are not as they should be.
func (c check) run(now, was []Sample) (Finding, []string) {
	n, k, odd := c.count(now)
	m, j, _ := c.count(was)
	f := Finding{What: c.what, State: OK, Before: percent(j, m), Now: percent(k, n)}
	if n < least || m < 2*least {
		return f, nil
	}
	if !c.fall { // look at the pages that are as they should be
		k, j = n-k, m-j
	}
	p := (float64(j) + 1) / (float64(m) + 2) // never quite 0 or 1
	if percent(j, m)-percent(k, n) < points || atMost(k, n, p) >= rare {
		return f, nil
	}
	f.State = c.state
	if 2*k*m <= j*n { // not half of what it was
		f.State = c.worst
	}
	return f, odd
}

// count returns how many samples count, how many of them the share is of, and the
// pages that are not as they should be.
func (c check) count(samples []Sample) (n, k int, odd []string) {
	for _, s := range samples {
		if !c.of(s) {
			continue
		}
		n++
		is := c.is(s)
		if is {
			k++
		}
		if is != c.fall {
			odd = append(odd, s.Page)
		}
	}
	return n, k, odd
}

// atMost is the chance of at most k hits in n, each with chance p: the lower tail
// of the binomial distribution.
func atMost(k, n int, p float64) float64 {
	sum := 0.0
	lgn, _ := math.Lgamma(float64(n + 1))
	for i := 0; i <= k; i++ {
		a, _ := math.Lgamma(float64(i + 1))
		b, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(lgn - a - b + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// repeated returns the texts that three and more of the newest pages share, and
// that were not repeated before.
func repeated(now, was []Sample) map[string]bool {
	n := map[string]int{}
	for _, s := range now {
		n[s.Text]++
	}
	delete(n, "")
	old := map[string]int{}
	for _, s := range was {
		old[s.Text]++
	}
	out := map[string]bool{}
	for text, times := range n {
		out[text] = times >= 3 && old[text] < 3
	}
	return out
}

func (s State) rank() int { return slices.Index([]State{OK, NoData, Degraded, Broken, Blocked}, s) }

func percent(k, n int) int {
	if n == 0 {
		return 0
	}
	return (200*k + n) / (2 * n) // rounded
}

// figures sums up pages.
func figures(list []Sample) Figures {
	f := Figures{Captures: len(list)}
	var words []int
	var read, blocked, title, published, authors, quality, judged int
	for _, s := range list {
		read += one(s.read())
		blocked += one(s.Outcome == page.Blocked)
		if !s.Outcome.HasArticle() {
			continue
		}
		words = append(words, s.Words)
		title += one(s.Title)
		published += one(s.Published)
		authors += one(s.Authors)
		quality += s.Quality
		judged += one(s.Quality > 0)
	}
	slices.Sort(words)
	n := len(words)
	f.Articles, f.Blocked = percent(n, read), percent(blocked, len(list))
	f.Title, f.Published, f.Authors = percent(title, n), percent(published, n), percent(authors, n)
	if n > 0 {
		f.Words = words[n/2]
	}
	if judged > 0 {
		f.Quality = quality / judged
	}
	return f
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
