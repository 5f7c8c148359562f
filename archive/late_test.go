package archive

import (
	"context"
	"fmt"
	"testing"
)

// A writer that leaves little out of the catalog knows its versions all the same, and
// so do readers before and after they bring the catalog up to date.
func TestLateCatalog(t *testing.T) {
	dir, late := t.TempDir(), Options{LateCatalog: 1 << 20}
	for n := range 3 {
		a := opened(t, dir, late)
		c, r := ferry(t, fmt.Sprintf("The ferry was seen %d times.", n))
		if row := put(t, a, c, r); row.Version != n+1 {
			t.Fatalf("version %d, want %d", row.Version, n+1)
		}
		c, r = ferry(t, fmt.Sprintf("The ferry was seen %d times.", n))
		if row := put(t, a, c, r); row.Change != "unchanged" {
			t.Errorf("the same text is %s", row.Change)
		}
		closed(t, a)
		if n == 1 { // the next one finds a catalog of two segments
			if err := UpdateCatalog(context.Background(), dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	rd := reader(t, dir)
	if _, err := rd.catalog(); err == nil {
		t.Error("the catalog is up to date, though so little is missing")
	}
	before := answersOf(t, dir)
	if err := UpdateCatalog(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := rd.catalog(); err != nil {
		t.Errorf("after UpdateCatalog: %v", err)
	}
	equal(t, answersOf(t, dir), before...)
	a := opened(t, dir, Options{LateCatalog: 1})
	c, r := ferry(t, "The ferry was sold.")
	put(t, a, c, r)
	closed(t, a)
	if _, err := reader(t, dir).catalog(); err != nil {
		t.Errorf("more is missing than may be: %v", err)
	}
}

func answersOf(t *testing.T, dir string) (list []string) {
	t.Helper()
	for row, err := range reader(t, dir).List(t.Context(), ListOptions{Versions: true}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(row.ID, " ", row.Version, " ", row.Text))
	}
	return list
}
