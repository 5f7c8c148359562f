package archive

import (
	"errors"
	"testing"
)

// TestAFullDiskIsToldOfSQLiteToo: whoever only wanted to keep an answer goes on without.
func TestAFullDiskIsToldOfSQLiteToo(t *testing.T) {
	dir, _, _ := newsOf(t)
	c, err := openCatalog(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	c.db.SetMaxOpenConns(1)
	if _, err := c.db.Exec("pragma max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	_, err = c.db.Exec("create table filler as with recursive n(i) as (select 1 union all select i + 1 from n limit 99) select zeroblob(9999) from n")
	if err == nil || !errors.Is(denied(err), ErrNoSpace) {
		t.Errorf("%v is no full disk", err)
	}
}
