package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// shelf makes an archive of n pages.
func shelf(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "archive")
	a, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, n)
	for i := range n {
		go func() { done <- shelve(a, i) }()
	}
	for range n {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func shelve(a *archive.Archive, i int) error {
	url := fmt.Sprintf("https://news%d.example/story/%d", i%3, i)
	ex := page.Exchange{URL: url, Method: "GET", Start: time.Date(2026, 11, 1+i%28, 12, 0, 0, 0, time.UTC),
		Wire: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>story %d", i)}
	if err := wire.Read(&ex, wire.Limits{}); err != nil {
		return err
	}
	text := strings.Repeat(fmt.Sprintf("What happened on day %d. ", i), 60)
	_, err := a.Put(context.Background(), &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: page.Row{
		URL: url, URLCanonical: url, Site: fmt.Sprintf("news%d.example", i%3), Title: fmt.Sprintf("=Story %d", i), Text: text, HTML: "<p>" + text, Outcome: page.OK, Language: "en"}})
	return err
}

// TestAKilledExportLeavesNothingThatLooksFinished kills the process while it
// writes, at several moments.
func TestAKilledExportLeavesNothingThatLooksFinished(t *testing.T) {
	t.Parallel()
	dir := shelf(t, 1500)
	if err := archive.UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	killed := 0
	for _, to := range []string{"rows", "table.csv", "pages.wacz"} {
		for _, least := range []int64{0, 1, 50_000} { // bytes that are there before the kill
			place := t.TempDir()
			cmd := exec.Command("scrape", "export", "--archive", dir, "-o", filepath.Join(place, to))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			if !waitFor(place, least, ended) {
				continue // it was faster
			}
			cmd.Process.Kill()
			if err := <-ended; err != nil {
				killed++
			}
			unfinished(t, place, to)
			os.RemoveAll(filepath.Join(place, to))
			if err := exec.Command("scrape", "export", "--archive", dir, "-o", filepath.Join(place, to)).Run(); err != nil {
				t.Fatal(err)
			}
			if left, err := os.ReadDir(place); err != nil || len(left) != 1 {
				t.Errorf("after the next export to %s: %v, %v", to, left, err)
			}
		}
	}
	if killed == 0 {
		t.Error("no export was killed before its end")
	}
}

// waitFor waits until the hidden name is there with so many bytes. It gives false
// where the process has ended.
func waitFor(place string, least int64, ended chan error) bool {
	for {
		select {
		case err := <-ended:
			ended <- err
			return false
		default:
		}
		hidden, bytes := 0, int64(0)
		filepath.WalkDir(place, func(name string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasPrefix(d.Name(), ".") && name != place {
				hidden++
			}
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					bytes += info.Size()
				}
			}
			return nil
		})
		if hidden > 0 && bytes >= least {
			return true
		}
	}
}

// unfinished checks that nothing has the final name, or that it is whole.
func unfinished(t *testing.T, place, to string) {
	t.Helper()
	entries, err := os.ReadDir(place)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && e.Name() != to {
			t.Errorf("%s was left", e.Name())
		}
		if e.Name() != to {
			continue
		}
		if to == "rows" {
			check := exec.Command("sha256sum", "-c", "--quiet", "SHA256SUMS")
			check.Dir = filepath.Join(place, to)
			if out, err := check.CombinedOutput(); err != nil {
				t.Errorf("%s is there and not whole: %v: %s", to, err, out)
			}
		}
	}
}

// TestExportsLoadInPandas has pandas load CSV and JSON Lines with the calls that the
// README of an export names, and compares them.
func TestExportsLoadInPandas(t *testing.T) {
	t.Parallel()
	python := pandas(t)
	dir := shelf(t, 50)
	place := t.TempDir()
	for format, to := range map[string]string{"csv": "c", "jsonl": "j"} {
		var out, errs bytes.Buffer
		if code := run([]string{"export", "--archive", dir, "-f", format, "-o", filepath.Join(place, to)}, nil, &out, &errs); code != exitOK {
			t.Fatalf("export: exit %d: %s", code, errs.String())
		}
	}
	script := `import json, sys, pandas as pd
j = pd.read_json(sys.argv[1] + "/j/data/articles.jsonl.gz", lines=True)
c = pd.read_csv(sys.argv[1] + "/c/data/articles.csv", keep_default_na=False, parse_dates=["published_at", "modified_at", "fetched_at"])
differ = [n for n in j.columns if n != "published_at" and n != "modified_at" and str(j[n].dtype) != str(c[n].dtype)]
for n in j.columns:
    v = c[n].map(lambda s: s[1:] if isinstance(s, str) and s.startswith("'") else s)
    if ((j[n] != v) & ~(j[n].isna() & v.isna())).any(): differ.append(n)
print(json.dumps({"rows": [len(j), len(c)], "columns": list(j.columns) == list(c.columns), "differ": differ, "formula": int(c.title.str.startswith("=").sum())}))`
	out, err := exec.Command(python, "-c", script, place).Output()
	if err != nil {
		t.Fatalf("pandas: %v", err)
	}
	var got struct {
		Rows    []int
		Columns bool
		Differ  []string
		Formula int
	}
	if err := json.Unmarshal(out, &got); err != nil || fmt.Sprint(got) != "{[50 50] true [] 0}" {
		t.Errorf("pandas says %s %v", out, err)
	}
}
