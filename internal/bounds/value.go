package bounds

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"newsarchive/internal/spelling"
)

func (one Bound) set(b *Bounds, value string) error {
	switch v := one.field(b).(type) {
	case *time.Duration:
		d, err := spelling.Span(value)
		if err != nil || d <= 0 {
			return errors.New("want a time above zero, such as 45s")
		}
		*v = d
	case *int64:
		n, err := parseNumber(value)
		if err != nil {
			return err
		}
		if one.most > 0 && n > one.most {
			return fmt.Errorf("at most %s can be set", number(one.most, size[one.Name]))
		}
		*v = n
	}
	return nil
}

var units = []struct {
	name  string
	bytes int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}

// parseNumber reads a count or a size: "300", "20MiB", "1 GB".
func parseNumber(s string) (int64, error) {
	times := int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(s, u.name); ok {
			s, times = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/times {
		return 0, errors.New("want a number above zero; sizes may have a unit, such as 20MiB")
	}
	return n * times, nil
}

func number(n int64, size bool) string {
	for _, u := range units {
		if size && n >= u.bytes && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}
