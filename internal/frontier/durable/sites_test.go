package durable_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// hourly is a site that is due at full hours.
func hourly(id, config string) durable.Site {
	return durable.Site{ID: id, Config: config, Next: func(t time.Time) time.Time { return t.Truncate(time.Hour).Add(time.Hour) },
		Starts: []frontier.Item{{URL: "https://" + id + ".example/", Kind: frontier.Start}, {URL: "https://" + id + ".example/feed", Kind: frontier.Feed}}}
}

// daily opens the configured crawl at where, with these sites.
func daily(t *testing.T, where string, forever bool, sites ...durable.Site) *durable.Frontier {
	t.Helper()
	f := begin(t, where, durable.Options{Name: "daily", Forever: forever})
	if err := f.SetSites(t.Context(), sites); err != nil {
		t.Fatal(err)
	}
	return f
}

func poll(t *testing.T, f *durable.Frontier, addresses int, sites ...string) durable.Poll {
	t.Helper()
	p, err := f.Poll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p.Addresses != addresses || !slices.Equal(p.Sites, sites) {
		t.Fatalf("polled %+v, want %d addresses of %v", p, addresses, sites)
	}
	return p
}

// visitAll visits what is queued: articles rest for rest, the rest may come at once.
func visitAll(t *testing.T, f *durable.Frontier, found []frontier.Item, rest time.Duration) (visited []string) {
	t.Helper()
	for {
		l, err := f.Lease(t.Context())
		if errors.Is(err, frontier.ErrDrained) {
			slices.Sort(visited)
			return visited
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range l.Items {
			r := frontier.Result{Item: it, Found: found}
			if it.Kind == frontier.Article {
				r.Rest = rest
			}
			visited = append(visited, it.URL)
			if _, err := f.Commit(t.Context(), l, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Release(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSitesArePolledWhenTheyAreDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		f := daily(t, where, false, hourly("a", "1"), hourly("b", "1"))
		poll(t, f, 4, "a", "b")
		story := []frontier.Item{{URL: "https://a.example/story", Depth: 1, Kind: frontier.Article, Site: "a"}}
		if got := visitAll(t, f, story, 90*time.Minute); len(got) != 5 {
			t.Fatalf("visited %q", got)
		}
		poll(t, f, 0)
		f.Close()

		time.Sleep(10 * time.Hour) // ten times missed are one poll
		f = daily(t, where, false, hourly("a", "1"), hourly("b", "1"))
		p := poll(t, f, 5, "a", "b")
		if wait := time.Until(p.Next); wait <= 0 || wait > time.Hour {
			t.Errorf("due again in %v", wait)
		}
		visitAll(t, f, nil, frontier.Never)
		f.Close()

		f = daily(t, where, false, hourly("a", "2"), hourly("c", "1")) // changed, gone, new
		poll(t, f, 4, "a", "c")
		if got := visitAll(t, f, nil, 0); slices.Contains(got, "https://a.example/story") || slices.Contains(got, "https://b.example/") {
			t.Errorf("visited %q", got)
		}
	})
}

func TestAnArticleIsNewForADayHoweverOftenItIsVisited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		f := daily(t, where, false, hourly("a", "1"))
		isNew := func(want int) {
			t.Helper()
			v, err := durable.OpenView(t.Context(), where)
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			list, err := v.Sites(t.Context(), time.Now())
			if err != nil || len(list) != 1 || list[0].New != want {
				t.Errorf("sites %+v, %v; want %d new", list, err, want)
			}
		}
		poll(t, f, 2, "a")
		visitAll(t, f, []frontier.Item{{URL: "https://a.example/story", Depth: 1, Kind: frontier.Article, Site: "a"}}, 90*time.Minute)
		f.Close()
		isNew(1)
		time.Sleep(2 * time.Hour)
		f = daily(t, where, false, hourly("a", "1"))
		poll(t, f, 3, "a")
		visitAll(t, f, nil, frontier.Never)
		f.Close()
		isNew(1)
		time.Sleep(23 * time.Hour)
		isNew(0)
	})
}

func TestASiteIsToldWithThePaceOfItsSlowestHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		f := daily(t, where, false, hourly("a", "1"))
		poll(t, f, 2, "a")
		l := lease(t, f)
		r := frontier.Result{Item: l.Items[0], Delay: time.Second, Answer: frontier.Refused, RetryAt: time.Now().Add(time.Minute)}
		r.Trace.Status = 429
		if _, err := f.Commit(t.Context(), l, r); err != nil {
			t.Fatal(err)
		}
		v, err := durable.OpenView(t.Context(), where)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		list, err := v.Sites(t.Context(), time.Now())
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if p := list[0].Slowest; p.Host != "a.example" || p.Slow != 2*time.Second || p.Why != "it answered 429" || p.NotBefore.Sub(r.RetryAt).Abs() > time.Millisecond {
			t.Errorf("pace %+v", p)
		}
	})
}

func TestOneProcessPollsASite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		one, two := daily(t, where, false, hourly("a", "1")), daily(t, where, false, hourly("a", "1"))
		poll(t, one, 2, "a")
		poll(t, two, 0)
		visitAll(t, two, nil, 0)
	})
}

func TestFrontierOpenForEverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := daily(t, sqliteFile(t), true, hourly("a", "1"))
		finish(t, f, lease(t, f))
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		if l, err := f.Lease(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Lease = %v, %v, want it to wait", l, err)
		}
	})
}
