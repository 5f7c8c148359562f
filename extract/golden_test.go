package extract_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

var update = flag.Bool("update", false, "rewrite the golden rows under extract/testdata/golden")

// golden are the fixtures whose whole rows are kept: one of each build, and one
// of each kind of trouble.
var golden = []string{
	"courier/city/bridge-reopens", "courier/mundo/huerto-azotea", "courier/", "courier/search",
	"valley/read.php/1042", "valley/read.php/902", "deich/region/deichschafe", "deich/region/deichschafe/amp",
	"deich/region/sturmnacht", "deich/wirtschaft/werft-batterien", "orbit/story/hoshizora", "orbit/story/app-only",
	"orbit/archive/1999/printing-house", "meridian/ar/khubz", "meridian/ko/haenyeo",
}

// TestGoldenRows holds whole rows to files that a reviewer reads, and each row
// to the published schema.
func TestGoldenRows(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]testsite.Article{}
	for _, a := range articles {
		byName[a.Name()] = a
	}
	schema := rowSchema(t)
	e := extract.New(extract.Options{})
	for _, name := range golden {
		t.Run(name, func(t *testing.T) {
			a, ok := byName[name]
			if !ok {
				t.Fatalf("no fixture is called %s", name)
			}
			row := e.Extract(capture(a.URL(), a.Header, a.Body)).Row
			row.RulesVersion = "" // else each change of a rule would change every file
			line, err := row.AppendLine(nil)
			if err != nil {
				t.Fatal(err)
			}
			validate(t, schema, line)
			compare(t, filepath.Join("testdata", "golden", strings.ReplaceAll(name, "/", "~")+".json"), indented(t, line))
		})
	}
}

func rowSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(page.ArticleSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("article.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("article.json")
}

func validate(t *testing.T, schema *jsonschema.Schema, line []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("row does not hold to the schema: %v", err)
	}
}

func indented(t *testing.T, line []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", " "); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// compare holds got to the golden file, or rewrites that with -update.
func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\nTo make it: go test ./extract -run Golden -update", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("row changed (-want +got):\n%s\nIf that is right: go test ./extract -run Golden -update, and read the diff.", diff)
	}
}

// TestSameBytesSameRow reads the fixtures in another order and from several
// goroutines at once: the rows are the same to the byte.
func TestSameBytesSameRow(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	read := func(e *extract.Extractor, a testsite.Article) string {
		line, err := e.Extract(capture(a.URL(), a.Header, a.Body)).Row.AppendLine(nil)
		if err != nil {
			t.Error(err)
		}
		return string(line)
	}
	first := make([]string, len(articles))
	for i, a := range articles {
		first[i] = read(extract.New(extract.Options{}), a)
	}
	shared := extract.New(extract.Options{})
	second := make([]string, len(articles))
	t.Run("group", func(t *testing.T) {
		for i := len(articles) - 1; i >= 0; i-- {
			t.Run(articles[i].Name(), func(t *testing.T) {
				t.Parallel()
				second[i] = read(shared, articles[i])
			})
		}
	})
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("rows differ (-first +second):\n%s", diff)
	}
}
