package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var fuzzRow = regexp.MustCompile("(?m)^\\| `(Fuzz[A-Za-z0-9_]+)` \\| `([a-z0-9/]+)` \\|")

// The documentation lists every fuzz target, each has a corpus that is kept, and
// none is listed that is not there.
func TestFuzzTargetsAreListed(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range fuzzRow.FindAllStringSubmatch(string(doc), -1) {
		listed[m[2]+" "+m[1]] = true
	}
	there := fuzzTargets(t)
	for target := range there {
		if !listed[target] {
			t.Errorf("docs/security.md does not list %s", target)
		}
		pkg, name, _ := strings.Cut(target, " ")
		if corpus, _ := filepath.Glob(filepath.Join("..", "..", pkg, "testdata", "fuzz", name, "*")); len(corpus) == 0 {
			t.Errorf("%s has no corpus", target)
		}
	}
	for target := range listed {
		if !there[target] {
			t.Errorf("docs/security.md lists %s, which is not there", target)
		}
	}
	if len(there) < 12 {
		t.Errorf("only %d targets", len(there))
	}
}

// fuzzTargets returns the fuzz targets of the project as "package name".
func fuzzTargets(t *testing.T) map[string]bool {
	names := map[string]bool{}
	eachTest(t, func(pkg, name string) {
		if strings.HasPrefix(name, "Fuzz") {
			names[pkg+" "+name] = true
		}
	})
	return names
}
