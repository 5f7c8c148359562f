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

var namedTest = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")

// Each row of the threat table names tests, and each test that is named exists.
func TestThreatsNameTheirTests(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := tests(t)
	_, table, _ := strings.Cut(string(doc), "## Threats")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := 0
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| threat ") {
			continue
		}
		rows++
		names := namedTest.FindAllStringSubmatch(line, -1)
		if len(names) == 0 {
			t.Errorf("no test is named by %.80s", line)
		}
		for _, name := range names {
			if !known[name[1]] {
				t.Errorf("there is no test %s: %.60s", name[1], line)
			}
		}
	}
	if rows < 20 {
		t.Errorf("the table has %d rows", rows)
	}
}

// tests returns the names of all test functions of the project.
func tests(t *testing.T) map[string]bool {
	names := map[string]bool{}
	eachTest(t, func(_, name string) { names[name] = true })
	return names
}

// eachTest calls do with the package and the name of each function in a test file.
func eachTest(t *testing.T, do func(pkg, name string)) {
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
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				do(filepath.ToSlash(pkg), f.Name.Name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
