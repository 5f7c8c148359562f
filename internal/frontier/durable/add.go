package durable

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"

	"newsarchive/internal/frontier"
)

// batch is how many addresses one transaction of Add takes, and row how many one statement.
const (
	batch = 10_000
	row   = 100
)

// Add queues the addresses that were never added before and returns how many.
func (f *Frontier) Add(ctx context.Context, items []frontier.Item) (added int, err error) {
	for some := range slices.Chunk(items, batch) {
		err := f.db.do(ctx, func(tx tx) error {
			n, err := f.add(ctx, tx, some, "")
			added += n
			return err
		})
		if err != nil {
			return added, fmt.Errorf("add addresses: %w", err)
		}
	}
	return added, nil
}

// add queues what is new and makes the jobs for it; host has a job already.
func (f *Frontier) add(ctx context.Context, tx tx, items []frontier.Item, host string) (int, error) {
	added, err := f.insert(ctx, tx, items, host)
	return len(added), err
}

// insert does what add does, and returns the addresses that were new.
func (f *Frontier) insert(ctx context.Context, tx tx, items []frontier.Item, host string) (added []string, err error) {
	hosts := map[string]int{}
	items = slices.DeleteFunc(slices.Clone(items), func(it frontier.Item) bool {
		hosts[hostOf(it.URL)] = queued
		return hostOf(it.URL) == ""
	})
	delete(hosts, "")
	if len(hosts) == 0 {
		return nil, nil
	}
	names := slices.Sorted(maps.Keys(hosts))
	if err := f.lockHosts(ctx, tx, names, hosts); err != nil {
		return nil, err
	}
	for some := range slices.Chunk(items, row) {
		var args []any
		for _, it := range some {
			h := hostOf(it.URL)
			args = append(args, f.crawl, hash(it.URL), h, it.URL, it.From, it.Depth, hosts[h])
			args = append(args, stored(it)...)
		}
		fresh, err := column(ctx, tx, addMany(len(some)), args...)
		if err != nil {
			return nil, err
		}
		added = append(added, fresh...)
	}
	if len(added) == 0 {
		return nil, nil
	}
	others := slices.DeleteFunc(names, func(h string) bool { return h == host })
	return added, tx.enqueue(ctx, f.crawl, time.Time{}, others...)
}

// lockHosts locks the hosts in the order of their names, and sets the state that
// new addresses of each will have.
func (f *Frontier) lockHosts(ctx context.Context, tx tx, names []string, states map[string]int) error {
	room, err := f.room(ctx, tx)
	if err != nil {
		return err
	}
	for _, h := range names {
		if _, err := tx.exec(ctx, lockHost, h); err != nil {
			return err
		}
		pace, err := readPace(ctx, tx, h)
		if err != nil {
			return err
		}
		if room == 0 || pace.wait(f.o.Now()) > f.o.Patience {
			states[h] = left
		}
	}
	return nil
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return u.Host
}

func sortedSet(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
