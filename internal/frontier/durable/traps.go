package durable

import (
	"context"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/trap"
)

// withoutTraps drops links to addresses that are not worth a visit. What lists name
// stays. It returns what it read of the forms, by host.
func (f *Frontier) withoutTraps(ctx context.Context, tx tx, r *frontier.Result) (map[string]*forms, error) {
	known := map[string]*forms{}
	if r.Item.Kind.List() {
		return known, nil
	}
	refused := map[*forms]map[string]int{}
	kept := make([]frontier.Item, 0, len(r.Found))
	for _, it := range r.Found {
		host := hostOf(it.URL)
		if it.Kind != frontier.Page || host == "" {
			kept = append(kept, it)
			continue
		}
		h := known[host]
		if h == nil {
			h = f.formsOfHost(host)
			known[host] = h
		}
		s := trap.ShapeOf(it.URL)
		if err := h.load(ctx, tx, s); err != nil {
			return nil, err
		}
		why, stops := h.stops(s)
		if !stops {
			kept = append(kept, it)
			continue
		}
		if refused[h] == nil {
			refused[h] = map[string]int{}
		}
		refused[h][why.Name]++
	}
	r.Found = kept
	for h, names := range refused {
		for name, n := range names {
			h.byID[name].Refused += n
			if _, err := tx.exec(ctx, seeForm, 0, 0, n, f.crawl, h.host, name); err != nil {
				return nil, err
			}
		}
	}
	return known, nil
}

// noteForms counts a first visit for the forms of its address, and what it showed.
func (f *Frontier) noteForms(ctx context.Context, tx tx, host string, r frontier.Result, known map[string]*forms, added []string) error {
	h := known[host]
	if h == nil {
		h = f.formsOfHost(host)
	}
	it := r.Item
	novel := false
	if r.Text != 0 {
		n, err := tx.exec(ctx, addText, f.crawl, host, r.Text)
		if err != nil {
			return err
		}
		novel = n > 0
	}
	if it.Last.Visits > 0 || it.Kind.Polled() || it.Depth == 0 || !trap.Counts(r.Trace.Outcome, r.Trace.Status) {
		return nil
	}
	own := trap.ShapeOf(it.URL)
	if err := h.load(ctx, tx, own); err != nil {
		return err
	}
	catch := trap.Nothing
	switch {
	case novel:
		catch = trap.Article
	case r.Text != 0:
		catch = trap.Known
	case h.leads(own, added):
		catch = trap.Lead
	}
	if err := h.saw(ctx, tx, own, catch, added); err != nil {
		return err
	}
	list, err := h.counted(ctx, tx, own)
	if err != nil {
		return err
	}
	turned := false
	for _, form := range list {
		turned = form.Note(catch, f.o.Traps, f.o.Now()) || turned
		if form.Visits == 1 && h.size >= 0 {
			h.size++
		}
	}
	if novel && hostOf(it.From) == host {
		credited, again, err := h.credit(ctx, tx, trap.ShapeOf(it.From), list)
		if err != nil {
			return err
		}
		list, turned = append(list, credited...), turned || again
	}
	if err := h.put(ctx, tx, list); err != nil || !turned {
		return err
	}
	return h.sweep(ctx, tx)
}

// probe grants forms that are stopped a few more visits: a new run looks whether they
// bring something again.
func (f *Frontier) probe(ctx context.Context, tx tx, before time.Time) error {
	_, err := tx.exec(ctx, probeForms, trap.Probes, trap.Probes, f.crawl, micros(before))
	return err
}
