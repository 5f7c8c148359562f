package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "newsarchive"

// floors is the order of the house: a package imports only from lower floors.
var floors = map[string]int{
	"page":              0,
	"internal/house":    0,
	"internal/spelling": 0,
	"internal/bounds":   1,
	"internal/wording":  0,
	"internal/likeness": 1,
	"internal/agency":   0,
	"internal/address":  1,
	"internal/wire":     1,
	"selectors":         1,
	"archive/warc":      1,
	"extract":           2,
	"archive":           2,
	"internal/discover": 2,
	"internal/trap":     2,
	"internal/testsite": 2,
	"testdata/html":     0,
	"internal/fetch":    3,
	"internal/frontier": 3,
	"internal/health":   3,
	"internal/report":   3,
	"internal/export":   3,
	"internal/bucket":   1,
	"internal/crawl":    4,
	"internal/config":   4,
	"internal/units":    5,
	"internal/sites":    5,
	"internal/notify":   1,
	"internal/trial":    9,
	"internal/metrics":  1,

	"internal/requisite":             2,
	"internal/frontier/durable":      4,
	"internal/frontier/frontiertest": 4,
	"cmd/scrape":                     9,
	"test/soak":                      9,
	"test/mutated":                   9,
	"test/replay":                    9,
}

// barred are imports that a package must do without although they are not ours.
var barred = map[string][]string{
	"extract":      {"net", "net/http", "github.com/gocolly"},
	"selectors":    {"net", "net/http", "github.com/gocolly"},
	"archive":      {"golang.org/x/net/html", "github.com/PuerkitoBio", "github.com/gocolly", "github.com/go-shiori"},
	"archive/warc": {"golang.org/x/net/html", "github.com/PuerkitoBio", "github.com/gocolly", "github.com/go-shiori"},
}

func TestOrderOfTheHouse(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		checkFile(t, path, filepath.ToSlash(filepath.Dir(rel)), strings.HasSuffix(path, "_test.go"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkFile holds one file to the order. Tests may import any package of ours.
func checkFile(t *testing.T, path, pkg string, test bool) {
	if strings.HasPrefix(pkg, "internal/bench") {
		return // a module of its own
	}
	own, ok := floors[pkg]
	if !ok {
		t.Errorf("%s: package %s has no floor: add it to floors", path, pkg)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if test {
			continue
		}
		checkImport(t, path, pkg, own, name)
	}
}

func checkImport(t *testing.T, path, pkg string, own int, name string) {
	if ours, ok := strings.CutPrefix(name, module+"/"); ok {
		if theirs, known := floors[ours]; !known || theirs >= own {
			t.Errorf("%s: %s (floor %d) imports %s (floor %d)", path, pkg, own, ours, theirs)
		}
		return
	}
	if pkg == "page" && strings.Contains(strings.Split(name, "/")[0], ".") {
		t.Errorf("%s: page imports %s, which is not of the standard library", path, name)
	}
	for _, bar := range barred[pkg] {
		if name == bar || strings.Contains(bar, ".") && strings.HasPrefix(name, bar) {
			t.Errorf("%s: %s imports %s", path, pkg, name)
		}
	}
}
