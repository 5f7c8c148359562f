package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each direct dependency has its row in the documentation: what it is for, and under
// which licence. No row is of a module that is not there.
func TestDependenciesHaveTheirReasons(t *testing.T) {
	mods := directModules(t)
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "decisions.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(doc), "## Dependencies")
	used := map[string]bool{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || strings.Contains(cells[1], "---") || strings.TrimSpace(cells[1]) == "module" {
			continue
		}
		if strings.TrimSpace(cells[2]) == "" || strings.TrimSpace(cells[3]) == "" {
			t.Errorf("no reason or no licence: %s", line)
		}
		for _, name := range strings.Split(cells[1], ",") {
			name = strings.TrimSpace(name)
			found := false
			for _, mod := range mods {
				if named(mod, name) {
					used[mod], found = true, true
				}
			}
			if !found {
				t.Errorf("docs/decisions.md gives a reason for %s, which go.mod does not require", name)
			}
		}
	}
	for _, mod := range mods {
		if !used[mod] {
			t.Errorf("docs/decisions.md gives no reason for %s", mod)
		}
	}
}

// major is what a module's path ends with from its second major version on.
var major = regexp.MustCompile(`/v[0-9]+$`)

// named reports whether a row's name, short as the table has it, is the module or
// the repository that it is part of.
func named(mod, name string) bool {
	name = major.ReplaceAllString(name, "")
	for _, host := range []string{"", "github.com/", "golang.org/"} {
		if bare := major.ReplaceAllString(mod, ""); bare == host+name || strings.HasPrefix(bare, host+name+"/") {
			return true
		}
	}
	return false
}

// directModules are the modules that go.mod requires without "// indirect", and
// those of its tools.
func directModules(t *testing.T) (mods []string) {
	file, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	required := regexp.MustCompile(`^\s*(?:require )?(\S+\.\S+/\S+|\S+\.\S+) v\S+$`)
	for line := range strings.Lines(string(file)) {
		if m := required.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			mods = append(mods, m[1])
		}
		if tool, ok := strings.CutPrefix(line, "tool "); ok {
			mods = append(mods, strings.Split(strings.TrimSpace(tool), "/cmd/")[0])
		}
	}
	if len(mods) < 10 {
		t.Fatalf("only %d modules were found in go.mod", len(mods))
	}
	return mods
}
