package durable

import (
	"context"
	"slices"

	"newsarchive/internal/trap"
)

// forms are what a transaction knows of the forms of one host's addresses.
type forms struct {
	f    *Frontier
	host string
	byID map[string]*trap.Form // by name; of those that were never counted the zero Form
	size int                   // forms that the host has; -1 until it is asked for
}

// formsOfHost begins with nothing known; load fills in what an address needs.
func (f *Frontier) formsOfHost(host string) *forms {
	return &forms{f: f, host: host, byID: map[string]*trap.Form{}, size: -1}
}

// load reads the forms of an address.
func (h *forms) load(ctx context.Context, tx tx, s trap.Shape) error {
	names := []string{s.Fine, s.Coarse, s.Family, trap.Host}
	missing := false
	for _, n := range names {
		if h.byID[n] == nil {
			h.byID[n] = &trap.Form{Name: n}
			missing = true
		}
	}
	if !missing {
		return nil
	}
	for scan, err := range tx.all(ctx, getForms, h.f.crawl, h.host, s.Fine, s.Coarse, s.Family, trap.Host) {
		var form trap.Form
		if err == nil {
			form, err = scanForm(scan)
		}
		if err != nil {
			return err
		}
		*h.byID[form.Name] = form
	}
	return nil
}

func scanForm(scan func(...any) error, first ...any) (form trap.Form, err error) {
	var stopped int64
	err = scan(append(first, &form.Name, &form.Known, &form.Visits, &form.Articles, &form.Streak, &form.Same, &form.Grown, &form.Refused, &stopped)...)
	form.Stopped = timeOf(stopped)
	return form, err
}

// of returns the forms that an address counts for. Where the host has too many, the
// finest is the coarse one.
func (h *forms) of(s trap.Shape) (fine, family, host *trap.Form) {
	fine = h.byID[s.Fine]
	if coarse := h.byID[s.Coarse]; fine.Visits == 0 && coarse.Visits > 0 {
		fine = coarse
	}
	return fine, h.byID[s.Family], h.byID[trap.Host]
}

// stops says which form, if any, is the reason not to visit an address of that shape.
func (h *forms) stops(s trap.Shape) (trap.Form, bool) {
	fine, family, host := h.of(s)
	return trap.Stops(*fine, *family, *host, h.f.o.Traps)
}

// counted returns the forms that a visit is noted for; new ones only while there are
// not too many.
func (h *forms) counted(ctx context.Context, tx tx, s trap.Shape) ([]*trap.Form, error) {
	fine, family, host := h.of(s)
	list := []*trap.Form{host}
	for _, form := range []*trap.Form{fine, family} {
		if slices.Contains(list, form) { // of "/"
			continue
		}
		if form.Visits == 0 && h.size < 0 {
			if err := tx.one(ctx, countForms, []any{h.f.crawl, h.host}, &h.size); err != nil {
				return nil, err
			}
		}
		if form.Visits == 0 && h.size >= trap.MaxForms {
			if form != fine || h.size >= 2*trap.MaxForms {
				continue
			}
			form = h.byID[s.Coarse]
		}
		list = append(list, form)
	}
	return list, nil
}

// leads reports whether among the new addresses are some of another form that may
// lead to an article.
func (h *forms) leads(own trap.Shape, added []string) bool {
	for _, link := range added {
		s := trap.ShapeOf(link)
		if s.Fine == own.Fine || s.Coarse == own.Coarse {
			continue
		}
		form := h.byID[s.Fine]
		if form == nil { // of another host, or named by a list
			return true
		}
		fine, family, _ := h.of(s)
		if !fine.Barren(h.f.o.Traps) && !(s.Family == own.Family && family.Barren(h.f.o.Traps)) {
			return true
		}
	}
	return false
}

// saw counts the new addresses of forms that are counted. A form grows by what its own
// pages show, and by what is shown by pages that brought nothing themselves.
func (h *forms) saw(ctx context.Context, tx tx, own trap.Shape, c trap.Catch, added []string) error {
	barren := c == trap.Nothing || c == trap.Known
	before := map[*trap.Form]trap.Form{}
	for _, link := range added {
		if hostOf(link) != h.host {
			continue
		}
		s := trap.ShapeOf(link)
		if err := h.load(ctx, tx, s); err != nil {
			return err
		}
		fine, family, all := h.of(s)
		mine, kin, _ := h.of(own)
		for _, form := range []*trap.Form{fine, family, all} {
			if _, seen := before[form]; !seen {
				before[form] = *form
			}
			form.Known++
			if barren || form == mine || form == kin {
				form.Grown++
			}
		}
	}
	for form, was := range before {
		if form.Visits == 0 {
			continue
		}
		if _, err := tx.exec(ctx, seeForm, form.Known-was.Known, form.Grown-was.Grown, 0, h.f.crawl, h.host, form.Name); err != nil {
			return err
		}
	}
	return nil
}

// put writes forms, each once.
func (h *forms) put(ctx context.Context, tx tx, list []*trap.Form) error {
	args := make([]any, 0, 11*len(list))
	for _, form := range list {
		args = append(args, form.Known, form.Visits, form.Articles, form.Streak, form.Same, form.Grown, form.Refused, microsOrZero(form.Stopped),
			h.f.crawl, h.host, form.Name)
	}
	_, err := tx.exec(ctx, putForms(len(list)), args...)
	return err
}

// credit tells the forms of the page that showed the link to a new article, but for
// those that were told already. It returns them, and whether one is followed again.
func (h *forms) credit(ctx context.Context, tx tx, s trap.Shape, told []*trap.Form) (list []*trap.Form, again bool, err error) {
	if err := h.load(ctx, tx, s); err != nil {
		return nil, false, err
	}
	fine, family, _ := h.of(s)
	for _, form := range []*trap.Form{fine, family} {
		if form.Visits > 0 && !slices.Contains(told, form) && !slices.Contains(list, form) {
			again = form.Credit() || again
			list = append(list, form)
		}
	}
	return list, again, nil
}

// sweep takes the host's addresses out of the queue that are not worth a visit, and
// those back that are again.
func (h *forms) sweep(ctx context.Context, tx tx) error {
	if err := h.move(ctx, tx, formsOf, func(link string) (bool, string) {
		why, stops := h.stops(trap.ShapeOf(link))
		return stops, why.Name
	}, catch); err != nil {
		return err
	}
	return h.move(ctx, tx, caughtOf, func(link string) (bool, string) {
		_, stops := h.stops(trap.ShapeOf(link))
		return !stops, ""
	}, letGo)
}

// move does a statement for each address of the host that which names. The statement
// of catch takes a note, too.
func (h *forms) move(ctx context.Context, tx tx, from string, which func(string) (bool, string), statement string) error {
	for last := int64(0); ; {
		links := map[int64]string{}
		for scan, err := range tx.all(ctx, from, h.f.crawl, h.host, last) {
			var link string
			if err == nil {
				err = scan(&last, &link)
			}
			if err != nil {
				return err
			}
			links[last] = link
		}
		if len(links) == 0 {
			return nil
		}
		for id, link := range links {
			if err := h.load(ctx, tx, trap.ShapeOf(link)); err != nil {
				return err
			}
			moves, note := which(link)
			if !moves {
				continue
			}
			args := []any{note, id}
			if statement == letGo {
				args = args[1:]
			}
			if _, err := tx.exec(ctx, statement, args...); err != nil {
				return err
			}
		}
	}
}
