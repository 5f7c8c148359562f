package spelling

import (
	"strings"
	"testing"
	"time"
)

func TestTimeSpansAreReadWithDaysAndWeeks(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{"0": 0, "0s": 0, "250ms": 250 * time.Millisecond, "90s": 90 * time.Second,
		"1h30m": 90 * time.Minute, "7d": 7 * day, "2w": 14 * day, "2w1d6h": 15*day + 6*time.Hour, "1ns": 1} {
		if got, err := Span(text); err != nil || got != want {
			t.Errorf("Span(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{"": "no time span such as", "d": "no time span", "1y": "no time span", "-1s": "no time span", "+1s": "no time span",
		"d1h": "no time span", "1d-1h": "no time span", "-2": "no time span", "5": `"5" has no unit: write 5s, 5m or 5h`, "1.5": "write 1.5s",
		"99999d": "longer than 100 years", "9999999999999h": "no time span"} {
		if _, err := Span(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Span(%q) gives %v, want %s", text, err, want)
		}
	}
}
