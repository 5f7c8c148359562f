package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writing are the functions of os that change a file by a name that links may lead
// anywhere. Those of an os.Root cannot leave its folder.
var writing = []string{"Create", "OpenFile", "WriteFile", "Mkdir", "MkdirAll", "MkdirTemp", "CreateTemp", "Rename", "Remove", "RemoveAll",
	"Symlink", "Link", "Chmod", "Chown", "Truncate", "Chtimes", "CopyFS"}

// outsideRoot are the files that may use them, and why. What a page, a server or a
// package of others named is in none of them a file's name.
var outsideRoot = map[string]string{
	"archive/catalog.go":                  "SQLite opens its files by name; catalog and ledger are derived, and their names are ours",
	"archive/catalog_temporary.go":        "a catalog in the system's folder for what is temporary",
	"archive/folder.go":                   "makes the archive's own folder, before it is a root",
	"cmd/scrape/configured_tell.go":       "the report of a run, at a place that the config names",
	"cmd/scrape/demo.go":                  "a folder of the system's for what is temporary",
	"cmd/scrape/import_input.go":          "what comes through a pipe, in the system's folder for what is temporary",
	"cmd/scrape/output.go":                "--output, a name of the user's",
	"cmd/scrape/rules_import.go":          "the user's folder of rules",
	"cmd/scrape/rules_new.go":             "the user's folder of rules",
	"cmd/scrape/schedule.go":              "units, into a folder that the user names",
	"internal/export/folder.go":           "exports, into a folder that the user names; the names in it are dates, formats and hosts as letters",
	"internal/export/hidden.go":           "what exports have not finished, beside the place that the user names",
	"internal/export/place.go":            "exports, into a folder that the user names",
	"internal/export/replace.go":          "exchanges an export that is there for a new one",
	"internal/export/replace_linux.go":    "exchanges an export that is there for a new one",
	"internal/health/known.go":            "what was known of sites, beside the archive",
	"internal/frontier/durable/sqlite.go": "SQLite opens its file by name; it is made first, private, at a place that the user or we name",
	"test/mutated/main.go":                "damaged pages, into a folder of its own",
	"test/soak/life.go":                   "a config, into a folder of its own",
	"test/soak/main.go":                   "a folder of its own",
}

// Every write goes through an os.Root, or its file stands in the list.
func TestWritesStayInTheirRoot(t *testing.T) {
	found := map[string][]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil || strings.HasPrefix(filepath.ToSlash(rel), "internal/bench/") { // a module of its own
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if uses := writesOf(file); len(uses) > 0 {
			found[filepath.ToSlash(rel)] = uses
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, uses := range found {
		if outsideRoot[file] == "" {
			t.Errorf("%s uses %s: write through an os.Root, or give the reason in outsideRoot", file, strings.Join(uses, ", "))
		}
	}
	for file := range outsideRoot {
		if found[file] == nil {
			t.Errorf("%s stands in outsideRoot and writes nothing", file)
		}
	}
}

// writesOf lists the functions of os that the file uses for writing.
func writesOf(file *ast.File) (uses []string) {
	name := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"os"` {
			if name = "os"; spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == name && pkg.Obj == nil && slices.Contains(writing, sel.Sel.Name) {
			uses = append(uses, "os."+sel.Sel.Name)
		}
		return true
	})
	return uses
}

func TestWritesAreFound(t *testing.T) {
	const code = `package x
import sys "os"
func f(r *sys.Root) { sys.Create("a"); r.Create("b"); sys.ReadFile("c"); g := sys.Remove; _ = g }`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(writesOf(file), " "); got != "os.Create os.Remove" {
		t.Errorf("found %q", got)
	}
}
