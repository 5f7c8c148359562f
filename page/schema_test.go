package page

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func articleSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(ArticleSchema))
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

func TestSchemaNamesEveryKeyInOrder(t *testing.T) {
	var schema struct {
		Properties map[string]any
		Required   []string
	}
	if err := json.Unmarshal([]byte(ArticleSchema), &schema); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i := range reflect.TypeFor[Row]().NumField() {
		keys = append(keys, reflect.TypeFor[Row]().Field(i).Tag.Get("json"))
	}
	if !slices.Equal(keys, schema.Required) {
		t.Errorf("required is\n%q\nthe row has\n%q", schema.Required, keys)
	}
	if got := slices.Sorted(maps.Keys(schema.Properties)); !slices.Equal(got, slices.Sorted(slices.Values(keys))) {
		t.Errorf("properties are %q", got)
	}
}

func TestRowsHoldToTheSchema(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	good := Row{Schema: Schema, Outcome: OK, Access: "full", DeclaredFree: "yes", PublishedAt: &now, FetchedAt: now}
	bad := good
	bad.Access = "open"
	for _, tt := range []struct {
		name  string
		row   Row
		valid bool
	}{{"good", good, true}, {"unknown access", bad, false}, {"no outcome", Row{Schema: Schema}, false}} {
		line, err := tt.row.AppendLine(nil)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(line)))
		if err != nil {
			t.Fatal(err)
		}
		if err := articleSchema(t).Validate(v); (err == nil) != tt.valid {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestSchemaNamesEveryOutcome(t *testing.T) {
	for _, o := range Outcomes {
		if !strings.Contains(ArticleSchema, `"`+string(o)+`"`) {
			t.Errorf("the schema lacks outcome %q", o)
		}
	}
}
