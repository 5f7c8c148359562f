package durable

import (
	"time"

	"newsarchive/internal/frontier"
)

// scanItem reads a row that ends with itemColumns; what stands before goes into first.
func scanItem(scan func(...any) error, first ...any) (it frontier.Item, err error) {
	var published, visited, rest int64
	err = scan(append(first, &it.URL, &it.From, &it.Depth, &it.Tries, &it.Kind, &it.Site, &published, &it.PublishedSource, &it.PublishedPrecision, &visited,
		&it.Last.Outcome, &it.Last.Status, &it.Last.Err, &it.Last.Robots, &it.Last.Rule,
		&it.Last.ETag, &it.Last.LastModified, &it.Last.Digest, &it.Last.Visits, &it.Last.Changes, &it.Last.Rung, &rest)...)
	it.Published, it.Last.At = timeOf(published), timeOf(visited)
	it.Last.Rest = restOf(rest)
	return it, err
}

// stored returns what addMany writes of an item beyond its place.
func stored(it frontier.Item) []any {
	return []any{string(it.Kind), it.Site, microsOrZero(it.Published), it.PublishedSource, it.PublishedPrecision}
}

// outcome returns what outcomeColumns writes.
func outcome(t frontier.Trace) []any {
	return []any{string(t.Outcome), t.Status, t.Err, t.Robots, t.Rule}
}

// timeOf is the time that was stored; the zero time for 0.
func timeOf(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// dueOf is timeOf for what is due: what only has its turn is due at once.
func dueOf(micros int64) time.Time {
	if micros <= 2 {
		return time.Time{}
	}
	return timeOf(micros)
}

func microsOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return micros(t)
}

// restOf is the rest that was stored.
func restOf(micros int64) time.Duration {
	if micros >= frontier.Never.Microseconds() {
		return frontier.Never
	}
	return time.Duration(micros) * time.Microsecond
}
