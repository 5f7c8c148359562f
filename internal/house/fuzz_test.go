package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
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
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Fuzz") {
				names[filepath.ToSlash(pkg)+" "+f.Name.Name] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
