package archive

import (
	"bytes"
	"strings"
	"testing"
)

func TestReportIsKeptOnceAndListed(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{RunID: "2026-11-21_a"})
	if err := a.Report([]byte("{}\n")); err != nil {
		t.Fatal(err)
	}
	closed(t, a)
	b := snapshot(t, dir)
	if string(b["runs/2026-11-21_a.json"]) != "{}\n" || !bytes.Contains(b["manifest.jsonl"], []byte(`"runs/2026-11-21_a.json"`)) {
		t.Errorf("files %q", files(t, dir))
	}
	a = opened(t, dir, Options{RunID: "2026-11-21_a"})
	if err := a.Report([]byte("{}")); err == nil {
		t.Error("a report was replaced")
	}
	closed(t, a)

	b["manifest.jsonl"] = nil // killed before the line was written
	dir = b.restore(t)
	closed(t, opened(t, dir, Options{}))
	if got := snapshot(t, dir)["manifest.jsonl"]; bytes.Count(got, []byte("\n")) != 2 {
		t.Errorf("manifest %s", got)
	}
}

func TestReportNameStaysInItsFolder(t *testing.T) {
	for _, id := range []string{"", ".", "..", "../archive", "a/b", `a\b`, ".hidden", "a\nb", strings.Repeat("a", 101)} {
		a := opened(t, t.TempDir(), Options{RunID: id})
		if err := a.Report([]byte("{}")); err == nil {
			t.Errorf("run id %q names a file", id)
		}
		closed(t, a)
	}
}
