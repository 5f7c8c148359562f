package bounds

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Every field of Bounds has its row, every row its own field and a default.
func TestTableIsComplete(t *testing.T) {
	b := Default()
	seen := map[any]string{}
	for _, one := range Table {
		at := one.field(&b)
		if other := seen[at]; other != "" {
			t.Errorf("%s and %s are the same field", one.Name, other)
		}
		seen[at] = one.Name
		if reflect.ValueOf(at).Elem().IsZero() && one.Name != "min-free" {
			t.Errorf("%s has no default", one.Name)
		}
		if one.Says == "" || one.Beyond == "" && one.Name != "rate-window" {
			t.Errorf("%s is not described", one.Name)
		}
	}
	if n := reflect.TypeFor[Bounds]().NumField(); len(seen) != n {
		t.Errorf("%d rows for %d fields", len(seen), n)
	}
}

func TestSet(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"body=1MiB", "1MiB"}, {"body=1 MB", "1MB"}, {"body=1025", "1025B"}, {"wire=512 KiB", "512KiB"},
		{"time=45s", "45s"}, {"redirects=3", "3"}, {" fields = 20 ", "20"}, {"address=4096", "4096"},
	} {
		b := Default()
		if err := b.Read(tt.in); err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		name, _, _ := strings.Cut(strings.TrimSpace(tt.in), "=")
		for _, one := range Table {
			if one.Name == strings.TrimSpace(name) && one.Text(b) != tt.want {
				t.Errorf("%s gives %s, want %s", tt.in, one.Text(b), tt.want)
			}
		}
	}
	for _, bad := range []string{"", "body", "body=", "body=0", "body=-1", "body=x", "body=9999999999GiB", "time=5", "time=-1s", "time=0s", "nothing=1", "address=5000", "redirects=1000", "body=1.5MiB"} {
		b := Default()
		if err := b.Read(bad); err == nil || b != Default() {
			t.Errorf("Read(%q): %v", bad, err)
		}
	}
}

func TestTextIsReadBack(t *testing.T) {
	for _, one := range Table {
		b, again := Default(), Default()
		b.MinFree = 64 << 20
		if err := again.Set(one.Name, one.Text(b)); err != nil || one.Text(again) != one.Text(b) {
			t.Errorf("%s %s is read back as %s, %v", one.Name, one.Text(b), one.Text(again), err)
		}
	}
	if b := Default(); b.Time != 30*time.Second {
		t.Error("defaults are shared")
	}
}

// The documentation has the same table.
func TestTheDocumentationListsEveryBound(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range Table {
		value := one.Text(Default())
		if one.Name == "min-free" {
			value = "5 %, at most 256 MiB"
		}
		if row := "| `" + one.Name + "` | " + value + " | "; !strings.Contains(string(doc), row) {
			t.Errorf("docs/security.md has no row %q", row)
		}
	}
}

func FuzzSet(f *testing.F) {
	f.Add("body", "20MiB")
	f.Add("time", "1h")
	f.Fuzz(func(t *testing.T, name, value string) {
		b := Default()
		if err := b.Set(name, value); err != nil && b != Default() {
			t.Fatalf("Set(%q, %q) failed and changed something", name, value)
		}
	})
}
