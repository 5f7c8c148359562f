package config

import (
	"slices"
	"time"
)

// steps are the minutes that divide an hour and are worth a timer.
var steps = []int{60, 30, 20, 15, 10, 5, 2, 1}

// Step is the longest time between two looks at the config that misses no run: 1
// to 60 minutes. Whoever looks so often starts each site on time.
func (c *Config) Step() time.Duration {
	i := slices.IndexFunc(steps, func(n int) bool {
		return !slices.ContainsFunc(c.Sites, func(s Site) bool { return !s.fits(n) })
	})
	return time.Duration(steps[max(0, i)]) * time.Minute
}

// fits reports whether the site is due only at minutes that n divides.
func (s *Site) fits(n int) bool {
	schedule, err := s.Schedule()
	if err != nil || schedule.spec == nil {
		return s.Every.D() >= time.Duration(n)*time.Minute
	}
	for m := range 60 {
		if schedule.spec.Minute&(1<<m) != 0 && m%n != 0 {
			return false
		}
	}
	return true
}

// Variables are the names of the environment variables that the file uses.
func (c *Config) Variables() (names []string) {
	add := func(at Origins) {
		for _, o := range at {
			for _, m := range variable.FindAllString(o.Written, -1) {
				if variableName.MatchString(m) {
					names = append(names, m[2:len(m)-1])
				}
			}
		}
	}
	add(c.Origins)
	for _, s := range c.Sites {
		add(s.Origins)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
