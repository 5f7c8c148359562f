package spelling

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

// longest bounds what may be written, so that sums of two fit.
const longest = 36500 * day

// Span reads a time span that is not negative: 90s, 1h30m, 7d or 2w. A day has 24 hours;
// 0 needs no unit. Its errors quote s and say what is wanted.
func Span(s string) (time.Duration, error) {
	var sum time.Duration
	rest := s
	for _, unit := range []struct {
		letter string
		length time.Duration
	}{{"w", 7 * day}, {"d", day}} {
		before, after, ok := strings.Cut(rest, unit.letter)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(before, 10, 32)
		if err != nil {
			return 0, noSpan(s)
		}
		rest, sum = after, sum+min(time.Duration(n), longest/day+1)*unit.length
	}
	if rest != "" || s == "" {
		part, err := time.ParseDuration(rest)
		if err != nil || strings.ContainsAny(rest[:1], "+-") {
			return 0, noSpan(s)
		}
		sum += min(part, longest)
	}
	if sum > longest {
		return 0, fmt.Errorf("%q is longer than 100 years", s)
	}
	return sum, nil
}

func noSpan(s string) error {
	if _, err := strconv.ParseFloat(s, 64); err == nil && strings.Trim(s, "0123456789.") == "" {
		return fmt.Errorf("%q has no unit: write %[1]ss, %[1]sm or %[1]sh", s)
	}
	return fmt.Errorf("%q is no time span such as 90s, 30m, 1h30m, 7d or 2w", s)
}
