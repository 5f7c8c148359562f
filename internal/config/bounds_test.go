package config

import (
	"strings"
	"testing"

	"newsarchive/internal/bounds"
)

// Every bound has a key: one under "bounds", or a site's own.
func TestEveryBoundHasAKey(t *testing.T) {
	for _, one := range bounds.Table {
		value := one.Text(bounds.Default())
		if one.Name == "min-free" {
			value = "1GiB"
		}
		file := head + "bounds: {" + one.Name + ": " + value + "}\nsites: [{site: a.example}]\n"
		if key := SiteBound(one.Name); key != "" {
			if _, err := Parse("s.yaml", []byte(file), env); err == nil || !strings.Contains(err.Error(), key) {
				t.Errorf("%s: %v, want %s named", one.Name, err, key)
			}
			file = head + "sites: [{site: a.example, " + key + ": " + value + "}]\n"
		}
		if _, err := Parse("s.yaml", []byte(file), env); err != nil {
			t.Errorf("%s: %v", one.Name, err)
		}
	}
}

func TestBoundsAreReadAndShown(t *testing.T) {
	c, err := Parse("s.yaml", []byte(head+"bounds: {wire: 30MiB, redirects: 3}\nsites: [{site: a.example}]\n"), env)
	if err != nil {
		t.Fatal(err)
	}
	if c.Bounds.Wire != 30<<20 || c.Bounds.Redirects != 3 || c.Bounds.HTML != bounds.Default().HTML {
		t.Errorf("%+v", c.Bounds)
	}
	shown := map[string]Value{}
	for _, v := range c.Values() {
		shown[v.Key] = v
	}
	if v := shown["bounds.wire"]; v.Value != "30MiB" || !strings.HasPrefix(v.From, "s.yaml:") {
		t.Errorf("%+v", v)
	}
	if v := shown["bounds.html"]; v.Value != "12MiB" || v.From != "default" {
		t.Errorf("%+v", v)
	}
	for _, wrong := range []string{"{wires: 3}", "{wire: -1}", "{redirects: 4000}", "{wire: [1]}", "{wire: }", "many"} {
		_, err := Parse("s.yaml", []byte(head+"bounds: "+wrong+"\nsites: [{site: a.example}]\n"), env)
		if err == nil || !strings.HasPrefix(err.Error(), "s.yaml:") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
