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
