package health

import (
	"path/filepath"
	"testing"
)

func TestEachTurnIsToldOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state-health.json")
	states := []string{"broken", "blocked"}
	for i, step := range []struct {
		state State
		want  State // of the alert; "" for none
	}{
		{NoData, ""}, {OK, ""}, {Degraded, ""}, {Broken, Broken}, {Broken, ""}, {NoData, ""}, {Blocked, Blocked},
		{Degraded, Degraded}, // recovered as far as anyone asked to be told
		{OK, ""}, {Broken, Broken}, {OK, OK}, {OK, ""},
	} {
		k, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		var got State
		for _, a := range k.Turns([]Verdict{{Site: "news.example", State: step.state}}, states) {
			got = a.State
			k.Note(a)
		}
		if got != step.want {
			t.Errorf("step %d, %s: alert %q, want %q", i, step.state, got, step.want)
		}
		if err := k.Save(file); err != nil {
			t.Fatal(err)
		}
	}
}
