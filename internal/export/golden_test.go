package export

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

// drawn is what differs from run to run (ids that are drawn, and digests and sizes of
// files that hold them) and what the schema of rows says, which has tests of its own.
var drawn = regexp.MustCompile(`urn:uuid:[0-9a-f-]+|"hash": "sha256:[0-9a-f]+"|"bytes": [0-9]+|the [0-9]+ columns|scrape\.article/[0-9.]+`)

func TestGoldenPackage(t *testing.T) {
	dir := folder(t, library(t, visits), Options{Format: Parquet, Versions: true, Asked: "`all` <of> it", Title: "Ferries | and *more*", Creator: "Uni X", Software: "scrape/test", Now: noon})
	for _, name := range []string{"README.md", "CITATION.cff", "datapackage.json", "collection/outcomes.csv", "collection/gaps.csv"} {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			got := drawn.ReplaceAllString(string(b), "DRAWN")
			golden := filepath.Join("testdata", "package", filepath.FromSlash(name))
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s changed (-want +got):\n%s\nIf that is right: go test ./internal/export -update, and read the diff.", name, diff)
			}
		})
	}
}
