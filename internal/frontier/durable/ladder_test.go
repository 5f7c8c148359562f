package durable_test

import (
	"fmt"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// anotherLadder asks that a ladder which was changed holds for what was visited before:
// each article rests as it would have after its last visit.
func anotherLadder(t *testing.T, where string) {
	const h = time.Hour
	first, site := []time.Duration{h, 6 * h, 24 * h}, hourly("a", "1")
	site.Ladder = first
	f := daily(t, where, false, site)
	poll(t, f, 2, "a")
	var stories []frontier.Item
	for i := range 5 {
		stories = append(stories, frontier.Item{URL: fmt.Sprint("https://a.example/", i), Depth: 1, Kind: frontier.Article, Site: "a"})
	}
	rests := []struct {
		rung int
		rest time.Duration
	}{{1, h}, {2, 9 * h}, {3, 24 * h}, {3, frontier.Never}, {0, 2 * h}} // the last one after a ladder of one step
	if _, err := f.Add(t.Context(), stories); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < 7; {
		l := lease(t, f)
		for _, it := range l.Items {
			r, i := frontier.Result{Item: it}, 0
			r.Trace.Outcome = page.OK
			if _, err := fmt.Sscanf(it.URL, "https://a.example/%d", &i); err == nil {
				r.Trace.Rung, r.Rest = rests[i].rung, rests[i].rest
			}
			if _, err := f.Commit(t.Context(), l, r); err != nil {
				t.Fatal(err)
			}
			n++
		}
		if err := f.Release(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		says  string
		steps []time.Duration
		want  [5]time.Duration
	}{
		{"as before", first, [5]time.Duration{h, 9 * h, 24 * h, frontier.Never, 2 * h}},
		{"other steps", []time.Duration{2 * h, 3 * h, 4 * h}, [5]time.Duration{2 * h, 3 * h, 4 * h, frontier.Never, 2 * h}},
		{"longer", []time.Duration{h, 6 * h, 24 * h, 96 * h}, [5]time.Duration{h, 6 * h, 24 * h, 96 * h, h}},
		{"shorter", []time.Duration{h, 5 * h}, [5]time.Duration{h, 5 * h, frontier.Never, frontier.Never, h}},
		{"for ever", []time.Duration{7 * h}, [5]time.Duration{7 * h, 7 * h, 7 * h, 7 * h, 7 * h}},
	} {
		site.Ladder = tt.steps
		if err := f.SetSites(t.Context(), []durable.Site{site}); err != nil {
			t.Fatal(err)
		}
		for i, want := range tt.want {
			it, _, err := f.Queued(t.Context(), stories[i].URL)
			if err != nil || it.Last.Rest != want {
				t.Errorf("%s: article %d rests %v, %v, want %v", tt.says, i, it.Last.Rest, err, want)
			}
		}
	}
}

// otherRests asks that the times a run is begun with hold for what earlier runs visited,
// longer and shorter ones, and that a run with the same times changes nothing.
func otherRests(t *testing.T, where string) {
	const h, link = time.Hour, "https://a.example/ferry"
	begun := func(steps ...time.Duration) *durable.Frontier {
		f := open(t, where, durable.Options{})
		if _, err := f.Begin(t.Context(), durable.Again{Rest: frontier.Never, Ladder: steps}); err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := begun(24*h, 48*h)
	add(t, f, link)
	l := lease(t, f)
	r := frontier.Result{Item: l.Items[0], Kind: frontier.Article, Rest: 36 * h} // none of the steps: nothing had changed
	r.Trace.Rung, r.Trace.Outcome = 1, page.OK
	if _, err := f.Commit(t.Context(), l, r); err != nil {
		t.Fatal(err)
	}
	if err := f.Release(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		steps []time.Duration
		want  time.Duration
	}{
		{[]time.Duration{24 * h, 48 * h}, 36 * h}, // as before
		{[]time.Duration{h, 2 * h}, h},
		{[]time.Duration{7 * 24 * h}, 7 * 24 * h},
		{[]time.Duration{0}, 0},
		{[]time.Duration{12 * h, 24 * h}, 12 * h},
		{nil, 12 * h},
	} {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		f = begun(tt.steps...)
		if it, _, err := f.Queued(t.Context(), link); err != nil || it.Last.Rest != tt.want {
			t.Errorf("begun with %v: rests %v, %v, want %v", tt.steps, it.Last.Rest, err, tt.want)
		}
	}
}
