package config

import (
	"fmt"
	"hash/fnv"
	"time"

	"github.com/robfig/cron/v3"
)

// A Schedule says when a site is due.
type Schedule struct {
	every time.Duration // 0 with cron
	spec  *cron.SpecSchedule
	zone  *time.Location
	id    string
}

// zoneError reports a time zone that is not known.
type zoneError struct{ name string }

func (e zoneError) Error() string {
	return fmt.Sprintf("%q is no time zone such as Europe/Berlin", e.name)
}

// Schedule returns when the site is due.
func (s *Site) Schedule() (Schedule, error) {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil || s.Timezone == "" || s.Timezone == "Local" {
		return Schedule{}, zoneError{s.Timezone}
	}
	if s.Cron == "" {
		return Schedule{every: s.Every.D(), zone: zone, id: s.ID}, nil
	}
	return ParseCron(s.Cron, zone, s.ID)
}

// ParseCron reads five fields of cron, or @hourly, @daily, @weekly, @monthly.
func ParseCron(fields string, zone *time.Location, id string) (Schedule, error) {
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor).Parse(fields)
	if err != nil {
		return Schedule{}, fmt.Errorf("%q: %w; want minute, hour, day, month, weekday, such as \"15 */4 * * *\"", fields, err)
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return Schedule{}, fmt.Errorf("%q: for time spans there is every", fields)
	}
	spec.Location = zone
	if spec.Next(time.Now()).IsZero() {
		return Schedule{}, fmt.Errorf("%q never comes: there is no such day", fields)
	}
	return Schedule{spec: spec, zone: zone, id: id}, nil
}

// Next is the first time after t at which the site is due. Where clocks are put
// forward, what was due in the hour that is missing is due at its end; where they
// are put back, what is due at fixed hours is due once.
func (s Schedule) Next(t time.Time) time.Time {
	if s.spec == nil {
		return t.Add(s.every).In(s.zone)
	}
	t = t.In(s.zone)
	next := s.spec.Next(t)
	if s.hourly() {
		return next
	}
	for s.repeats(next) {
		next = s.spec.Next(next)
	}
	if gap := s.gap(t, next); !gap.IsZero() {
		return gap
	}
	return next
}

// hourly reports a schedule of every hour: it goes by time that passes.
func (s Schedule) hourly() bool {
	const all = 1<<24 - 1
	return s.spec.Hour&all == all
}

// repeats reports a time whose wall clock showed the same before.
func (s Schedule) repeats(t time.Time) bool {
	_, now := t.Zone()
	for _, back := range []time.Duration{time.Hour, 30 * time.Minute, 2 * time.Hour} {
		e := t.Add(-back)
		if _, then := e.Zone(); then-now == int(back/time.Second) {
			return true // e showed what t shows
		}
	}
	return false
}

// gap is when the clocks were put forward between t and next over a time at
// which the site was due; zero if they were not.
func (s Schedule) gap(t, next time.Time) time.Time {
	floating := *s.spec
	floating.Location = time.UTC
	wall := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
	due := floating.Next(wall(t)) // by a clock that is never put forward
	if due.IsZero() {
		return time.Time{}
	}
	shown := time.Date(due.Year(), due.Month(), due.Day(), due.Hour(), due.Minute(), due.Second(), 0, s.zone)
	end := due.Add(-offset(t)).In(s.zone) // the same instant, by the offset before
	if wall(shown).Equal(due) || offset(end) <= offset(t) {
		return time.Time{} // the clock shows it
	}
	if jump := transition(t, end); jump.Before(next) {
		return jump
	}
	return time.Time{}
}

func offset(t time.Time) time.Duration {
	_, sec := t.Zone()
	return time.Duration(sec) * time.Second
}

// transition is the first instant after a that has the offset of b.
func transition(a, b time.Time) time.Time {
	for b.Sub(a) > time.Second {
		mid := a.Add(b.Sub(a) / 2)
		if offset(mid) == offset(b) {
			b = mid
		} else {
			a = mid
		}
	}
	return b.Truncate(time.Second)
}

// Jitter spreads sites that are all due at once, as after downtime: each has its
// own share of a tenth of the time to its next run, two minutes at most.
func (s Schedule) Jitter(now time.Time) time.Duration {
	most := min(s.Next(now).Sub(now)/10, 2*time.Minute)
	h := fnv.New32a()
	h.Write([]byte(s.id))
	return (most * time.Duration(h.Sum32()%1000) / 1000).Truncate(time.Millisecond)
}
