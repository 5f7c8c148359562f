package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"newsarchive/internal/spelling"
)

// A Duration is a time span, written as 90s, 1h30m, 7d or 2w. A day is 24 hours.
type Duration time.Duration

const (
	millisecond = Duration(time.Millisecond)
	second      = Duration(time.Second)
	minute      = Duration(time.Minute)
	hour        = Duration(time.Hour)
	day         = 24 * hour
)

// D is d as the standard library has it.
func (d Duration) D() time.Duration { return time.Duration(d) }

// UnmarshalText reads a duration that is not negative.
func (d *Duration) UnmarshalText(b []byte) error {
	span, err := spelling.Span(string(b))
	if err == nil {
		*d = Duration(span)
	}
	return err
}

// String writes d as UnmarshalText reads it.
func (d Duration) String() string {
	if d == 0 {
		return "0"
	}
	var b strings.Builder
	if n := d / day; n > 0 {
		fmt.Fprintf(&b, "%dd", n)
		d %= day
	}
	if d > 0 {
		s := d.D().String()
		if strings.HasSuffix(s, "m0s") {
			s = s[:len(s)-2]
		}
		if strings.HasSuffix(s, "h0m") {
			s = s[:len(s)-2]
		}
		b.WriteString(s)
	}
	return b.String()
}

// MarshalText writes d as UnmarshalText reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// A Size is a number of bytes, written as 20MB (10⁶), 20MiB (2²⁰), 512kB or 1000.
type Size int64

var units = []struct {
	name string
	n    float64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}

// UnmarshalText reads a size of one byte or more.
func (z *Size) UnmarshalText(b []byte) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(string(b), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(n*u.n >= 1) || n*u.n > math.MaxInt64/2 || strings.ContainsAny(number, "eExX_pP") {
			break
		}
		*z = Size(n * u.n)
		return nil
	}
	return fmt.Errorf("%q is no size such as 20MB, 512KiB or 100000", b)
}

// String writes z as UnmarshalText reads it.
func (z Size) String() string {
	for _, u := range []struct {
		name string
		n    Size
	}{{"GB", 1e9}, {"GiB", 1 << 30}, {"MB", 1e6}, {"MiB", 1 << 20}, {"kB", 1e3}, {"KiB", 1 << 10}} {
		if z >= u.n && z%u.n == 0 {
			return fmt.Sprintf("%d%s", z/u.n, u.name)
		}
	}
	return strconv.FormatInt(int64(z), 10) + "B"
}

// MarshalText writes z as UnmarshalText reads it.
func (z Size) MarshalText() ([]byte, error) { return []byte(z.String()), nil }

// A Policy is what is done about a signal.
type Policy string

// The policies, of which robots.txt has the first two: it says by itself what is refused.
const (
	Obey   = "obey"
	Record = "record"
	Refuse = "refuse"
)

// UnmarshalText reads a policy.
func (p *Policy) UnmarshalText(b []byte) error {
	return oneOf(p, b, []string{Obey, Record, Refuse})
}

// Robots is the policy about robots.txt.
type Robots Policy

// UnmarshalText reads the policy about robots.txt.
func (r *Robots) UnmarshalText(b []byte) error { return oneOf(r, b, []string{Obey, Record}) }

// A Channel is a way by which new pages are found.
type Channel string

var channels = []string{"feed", "news_sitemap", "sitemap", "section", "links"}

// UnmarshalText reads a channel.
func (c *Channel) UnmarshalText(b []byte) error { return oneOf(c, b, channels) }

// A State is how a site does, where that is worth an alert.
type State string

var states = []string{"degraded", "broken", "blocked"}

// UnmarshalText reads a state.
func (s *State) UnmarshalText(b []byte) error { return oneOf(s, b, states) }

func oneOf[T ~string](v *T, b []byte, known []string) error {
	for _, k := range known {
		if k == string(b) {
			*v = T(k)
			return nil
		}
	}
	return fmt.Errorf("%q is not allowed here%s", b, spelling.OrOneOf(string(b), known))
}
