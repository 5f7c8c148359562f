package spelling

import (
	"fmt"
	"strings"
)

// Count writes a number with what is counted: "1 page", "2 pages", "0 addresses".
func Count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, plural(one))
}

func plural(one string) string {
	for _, end := range []string{"s", "x", "ch", "sh"} {
		if strings.HasSuffix(one, end) {
			return one + "es"
		}
	}
	if stem, ok := strings.CutSuffix(one, "y"); ok && !strings.ContainsRune("aeiou", rune(one[len(one)-2])) {
		return stem + "ies"
	}
	return one + "s"
}

// Bytes writes a size: "714 B", "12.5 KiB", "3.0 MiB".
func Bytes(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
