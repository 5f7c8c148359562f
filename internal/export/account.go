package export

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/address"
	"newsarchive/page"
)

// An account is what an export says of its rows, and of the days on which the
// archive has nothing from their sites.
type account struct {
	seed      maphash.Seed
	articles  map[uint64]struct{} // hashes of ids
	rows      int
	left      int // rows that the query finds and the export leaves out
	words     int
	sites     map[string]*siteAccount
	languages map[string]int
	gone      []ended
	ends      *archive.Gone // of the archive
}

// ended is an article that is no more where it was.
type ended struct {
	id, url string
	end     archive.End
}

type siteAccount struct {
	rows                  int
	outcomes              map[page.Outcome]tally
	first, last           time.Time // of the rows' days: of publication, else of capture
	words                 int
	days                  map[int32]struct{} // with a visit, since 1970
	firstVisit, lastVisit int32
}

// A tally counts rows of one outcome.
type tally struct{ found, exported int }

func newAccount() *account {
	return &account{seed: maphash.MakeSeed(), articles: map[uint64]struct{}{}, sites: map[string]*siteAccount{}, languages: map[string]int{}}
}

func (a *account) add(r *page.Row) {
	a.rows++
	a.words += r.WordCount
	a.articles[maphash.String(a.seed, r.ID)] = struct{}{}
	if r.Outcome.HasArticle() {
		a.languages[r.Language]++
	}
	if end, ok := a.ends.Of(r); ok && (len(a.gone) == 0 || a.gone[len(a.gone)-1].id != r.ID) {
		a.gone = append(a.gone, ended{r.ID, r.URL, end})
	}
	s := a.site(r.Site)
	s.rows++
	s.words += r.WordCount
	t := s.outcomes[r.Outcome]
	s.outcomes[r.Outcome] = tally{t.found + 1, t.exported + 1}
	widen(&s.first, &s.last, day(r))
}

// leave counts a row that is left out.
func (a *account) leave(r *page.Row) {
	s := a.site(r.Site)
	t := s.outcomes[r.Outcome]
	s.outcomes[r.Outcome] = tally{t.found + 1, t.exported}
	a.left++
}

func (a *account) site(name string) *siteAccount {
	s := a.sites[name]
	if s == nil {
		s = &siteAccount{outcomes: map[page.Outcome]tally{}, days: map[int32]struct{}{}}
		a.sites[name] = s
	}
	return s
}

func widen(first, last *time.Time, t time.Time) {
	if first.IsZero() || t.Before(*first) {
		*first = t
	}
	if t.After(*last) {
		*last = t
	}
}

// visits takes note of the days on which the archive got an answer from the sites
// of the rows. An answer for robots.txt alone is none.
func (a *account) visits(r *archive.Reader) error {
	hosts := map[string]*siteAccount{}
	for v, err := range r.Visits() {
		if err != nil {
			return err
		}
		u, err := address.Parse(v.URL)
		if err != nil || u.Path == "/robots.txt" || v.At.IsZero() {
			continue
		}
		s, known := hosts[u.Host]
		if !known {
			s = a.sites[address.Site(u.Host)]
			hosts[u.Host] = s
		}
		if s != nil {
			s.visit(v.At)
		}
	}
	return nil
}

func (s *siteAccount) visit(at time.Time) {
	d := int32(at.Unix() / 86400)
	if len(s.days) == 0 || d < s.firstVisit {
		s.firstVisit = d
	}
	s.lastVisit = max(s.lastVisit, d)
	s.days[d] = struct{}{}
}

// A gap is a stretch of days without a visit, both ends included.
type gap struct {
	Site     string
	From, To time.Time
	Days     int
}

// gaps lists, by site, the days between the first and the last visit on which
// there was none; those outside of the period that was asked for are left out.
func (a *account) gaps(q archive.Query) (list []gap) {
	for _, site := range slices.Sorted(maps.Keys(a.sites)) {
		s := a.sites[site]
		var open *gap
		for d := s.firstVisit; d <= s.lastVisit && len(s.days) > 0; d++ {
			day := time.Unix(int64(d)*86400, 0).UTC()
			if _, ok := s.days[d]; ok || day.Before(q.Since) || !q.Until.IsZero() && !day.Before(q.Until) {
				open = nil
				continue
			}
			if open == nil {
				list = append(list, gap{Site: site, From: day})
				open = &list[len(list)-1]
			}
			open.To, open.Days = day, open.Days+1
		}
	}
	return list
}

// withRows counts the sites that rows of the export are of.
func (a *account) withRows() (n int) {
	for _, s := range a.sites {
		if s.rows > 0 {
			n++
		}
	}
	return n
}

// bySize lists the sites, those with most rows first.
func (a *account) bySize() []string {
	return slices.SortedFunc(maps.Keys(a.sites), func(x, y string) int {
		return cmp.Or(cmp.Compare(a.sites[y].rows, a.sites[x].rows), cmp.Compare(x, y))
	})
}

// outcomes sums up over the sites.
func (a *account) outcomes() map[page.Outcome]int {
	sum := map[page.Outcome]int{}
	for _, s := range a.sites {
		for o, n := range s.outcomes {
			sum[o] += n.found
		}
	}
	return sum
}

// period is from the first to the last day of the rows.
func (a *account) period() (first, last time.Time) {
	for _, s := range a.sites {
		if s.rows > 0 {
			widen(&first, &last, s.first)
			widen(&first, &last, s.last)
		}
	}
	return first, last
}
