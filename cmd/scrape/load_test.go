package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsarchive/internal/testsite"
)

// TestRowsLoadInPandas crawls two sites into two archives and has pandas load
// each row file with one call: the types of all columns must be the same.
func TestRowsLoadInPandas(t *testing.T) {
	t.Parallel()
	python := pandas(t)
	server, err := testsite.Start(testsite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	var types []string
	for _, s := range server.Sites()[:2] {
		dir := filepath.Join(t.TempDir(), s.Folder)
		var out, errs bytes.Buffer
		if code := run([]string{"crawl", "-q", "--archive", dir, "--delay", "0s", "--allow-net", "127.0.0.0/8", s.Start}, nil, &out, &errs); code != exitOK && code != exitPartial {
			t.Fatalf("crawl of %s: exit %d: %s", s.Folder, code, errs.String())
		}
		files, err := filepath.Glob(filepath.Join(dir, "articles", "*", "*", "*", "*.jsonl.gz"))
		if err != nil || len(files) != 1 {
			t.Fatalf("row files of %s: %q, %v", s.Folder, files, err)
		}
		types = append(types, dtypes(t, python, files[0]))
	}
	if types[0] != types[1] {
		t.Errorf("one file loads as\n%s\nthe other as\n%s", types[0], types[1])
	}
	for _, want := range []string{"fetched_at datetime64[ns, UTC]", "word_count int64", "title object"} {
		if !strings.Contains(types[0], want) {
			t.Errorf("columns lack %q:\n%s", want, types[0])
		}
	}
}

// pandas returns a Python that has it, or skips.
func pandas(t *testing.T) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import pandas").Run() == nil {
			return python
		}
	}
	t.Skip("no Python with pandas (Debian: apt-get install python3-pandas)")
	return ""
}

func dtypes(t *testing.T, python, file string) string {
	t.Helper()
	script := `import sys, pandas as pd
for name, kind in pd.read_json(sys.argv[1], lines=True).dtypes.items(): print(name, kind)`
	out, err := exec.Command(python, "-c", script, file).CombinedOutput()
	if err != nil {
		t.Fatalf("pandas: %v: %s", err, out)
	}
	return string(out)
}
