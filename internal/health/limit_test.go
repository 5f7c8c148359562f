package health

import (
	"path/filepath"
	"testing"
	"time"
)

func TestALimitIsToldOfOnceAndOnceWhenItIsKeptAgain(t *testing.T) {
	start := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	file := filepath.Join(t.TempDir(), "known.json")
	for i, step := range []struct {
		after   time.Duration
		lastNew time.Duration // after start; 0: there was none
		rate    int
		want    []string
	}{
		{0, 0, 100, nil}, // looked at for the first time
		{11 * time.Hour, 0, 100, nil},
		{13 * time.Hour, 0, 100, []string{"no_new_for silent"}}, // none ever came
		{14 * time.Hour, 0, 80, []string{"extract_rate_below low_rate"}},
		{15 * time.Hour, 0, 70, nil}, // told already
		{16 * time.Hour, 16 * time.Hour, 70, []string{"no_new_for ok"}},
		{17 * time.Hour, 16 * time.Hour, 90, []string{"extract_rate_below ok"}},
		{29 * time.Hour, 16 * time.Hour, 90, []string{"no_new_for silent"}},
	} {
		k, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		v := Verdict{Site: "news.example", State: OK, Newest: Figures{Captures: least, Articles: step.rate}}
		if step.lastNew > 0 {
			v.LastNew = start.Add(step.lastNew)
		}
		var got []string
		for _, al := range k.LimitTurns(Limits{NoNewFor: 12 * time.Hour, RateBelow: 0.9}, []Verdict{v}, start.Add(step.after)) {
			got = append(got, al.Limit+" "+string(al.State))
			k.Note(al)
		}
		if len(got) != len(step.want) || len(got) > 0 && got[0] != step.want[0] {
			t.Errorf("step %d: told %q, want %q", i, got, step.want)
		}
		if err := k.Save(file); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTooFewPagesBreakNoRate(t *testing.T) {
	k := Known{First: map[string]time.Time{}}
	if got := k.LimitTurns(Limits{RateBelow: 0.9}, []Verdict{{Site: "a", Newest: Figures{Captures: least - 1}}}, time.Now()); len(got) != 0 {
		t.Errorf("told %v", got)
	}
}
