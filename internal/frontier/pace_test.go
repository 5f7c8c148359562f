package frontier

import (
	"strings"
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	const delay = 2 * time.Second
	good, refused := Result{Answer: Answered, Took: 50 * time.Millisecond}, Result{Answer: Refused, Trace: Trace{Status: 429}}
	waits, none := refused, Result{Answer: Failed}
	waits.RetryAt = time.Now().Add(time.Minute)
	for _, tt := range []struct {
		says string
		way  []Result
		slow time.Duration
		why  string // part of it
	}{
		{"one good answer", []Result{good}, 0, ""},
		{"refused", []Result{good, refused}, 4 * time.Second, "429"},
		{"refused with a time to come back", []Result{waits}, 4 * time.Second, "429"},
		{"refused again and again", []Result{refused, refused, refused, refused, refused, refused, refused}, slowest, "429"},
		{"what tells nothing changes nothing", []Result{refused, {}}, 4 * time.Second, "429"},
		{"refused, then answered", []Result{refused, refused, good}, 4 * time.Second, "429"},
		{"refused, then answered twice", []Result{refused, refused, good, good}, 0, ""},
		{"no answer", []Result{none}, time.Second, "no whole answer"},
		{"no answer twice", []Result{none, none}, 2 * time.Second, "2 times"},
		{"no answer for ever", make12(none), longest, "12 times"},
		{"answered after all", []Result{none, none, none, good}, 0, ""},
		{"slow", []Result{{Answer: Answered, Took: 7 * time.Second}}, 7 * time.Second, "take 7s"},
	} {
		var p Pace
		for _, r := range tt.way {
			p = p.After(r, delay)
		}
		if p.Slow != tt.slow || !strings.Contains(p.Why, tt.why) || (p.Why == "") != (p.Slow == 0) {
			t.Errorf("%s: slow %v because %q, want %v because %q", tt.says, p.Slow, p.Why, tt.slow, tt.why)
		}
	}
	if p := (Pace{}).After(good, 0); !p.Good || p.After(none, 0).Good || p.After(refused, 0).Good != true {
		t.Error("a host is good after an answer, and not after none")
	}
}

func make12(r Result) (list []Result) {
	for range 12 {
		list = append(list, r)
	}
	return list
}
