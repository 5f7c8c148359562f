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
	overloaded := Result{Answer: Refused, Trace: Trace{Status: 503}}
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
		{"refused, then answered", []Result{refused, refused, good}, 7840 * time.Millisecond, "429"},
		{"overloaded, then answered", []Result{overloaded, overloaded, good}, 4 * time.Second, "503"},
		{"overloaded, then answered twice", []Result{overloaded, overloaded, good, good}, 0, ""},
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

// limited is a host that takes a request each so long, and a few at once.
func limited(each time.Duration, burst float64, delay time.Duration, requests int) (refused int, took time.Duration, p Pace) {
	tokens := burst
	for range requests {
		wait := max(delay, p.Slow)
		r := Result{Answer: Answered}
		if tokens < 1 {
			refused++
			r = Result{Answer: Refused, Trace: Trace{Status: 429}, RetryAt: time.Now().Add(time.Second)}
			wait = 2 * time.Second
		} else {
			tokens--
		}
		p = p.After(r, delay)
		wait = max(wait, p.Slow)
		took += wait
		tokens = min(burst, tokens+wait.Seconds()/each.Seconds())
	}
	return refused, took, p
}

// A host that says 429 is soon visited at about the pace that it takes, whatever that is.
func TestALimitIsFound(t *testing.T) {
	for _, tt := range []struct{ each, delay time.Duration }{
		{125 * time.Millisecond, 20 * time.Millisecond}, {time.Second, 100 * time.Millisecond}, {5 * time.Second, time.Second},
		{200 * time.Millisecond, 0}, {50 * time.Millisecond, time.Millisecond},
	} {
		refused, took, p := limited(tt.each, 5, tt.delay, 1000)
		if most := 1000*tt.each*3/2 + time.Duration(refused)*2*time.Second; refused > 45 || took > most {
			t.Errorf("one request in %v: %d of 1,000 refused, %v of %v at most, pace %v", tt.each, refused, took, most, p)
		}
	}
	_, _, p := limited(time.Second, 5, 100*time.Millisecond, 1000)
	for range 300 {
		p = p.After(Result{Answer: Answered}, 100*time.Millisecond)
	}
	if p.Slow != 0 || p.Firm != 0 || p.Why != "" {
		t.Errorf("after the limit is gone: %+v", p)
	}
}

func make12(r Result) (list []Result) {
	for range 12 {
		list = append(list, r)
	}
	return list
}
