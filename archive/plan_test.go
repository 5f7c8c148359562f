package archive

import (
	"fmt"
	"strings"
	"testing"
)

// However a query is answered, the rows are those that hold it.
func TestPlansFindTheSame(t *testing.T) {
	rd := reader(t, library(t))
	c, err := rd.catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"ferry", "cafe -regulars", "lang:en", "lang:e", "lang:xx", "author:öst", "author:nobody", "ferry author:ruiz", "ferry lang:en", "ferry site:news.example",
		"outcome:blocked", "since:2026-11-02", "until:2026-10", "ferry since:2026-10 lang:en", "-ferry", "site:news.example -ferry", "lang:en -cafe author:a"} {
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for row, err := range rd.Select(t.Context(), q, false) { // which asks each row
			if err != nil {
				t.Fatal(err)
			}
			want[row.ID] = true
		}
		got, err := c.search(t.Context(), q, 100)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		for _, p := range got {
			if !want[p.id] {
				t.Errorf("%s finds %s", query, p.id)
			}
			delete(want, p.id)
		}
		if len(want) > 0 {
			t.Errorf("%s does not find %v", query, want)
		}
	}
}

// An index gives rows in their order where a query has no words: nothing is sorted.
func TestNewestRowsAreNotSorted(t *testing.T) {
	c, err := reader(t, library(t)).catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"", "site:news.example", "outcome:ok", "lang:en", "since:2026"} {
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.plan(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.db.Query("explain query plan select a.rowid from "+p.from()+" where "+p.where+" order by a.day desc, a.id limit 20", p.args...)
		if err != nil {
			t.Fatal(err)
		}
		var steps []string
		for rows.Next() {
			var id, parent, unused int
			var what string
			if err := rows.Scan(&id, &parent, &unused, &what); err != nil {
				t.Fatal(err)
			}
			steps = append(steps, what)
		}
		rows.Close()
		if plan := strings.Join(steps, "; "); !strings.Contains(plan, p.index) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%q: %s", query, plan)
		}
	}
}

// Counts are kept while rows come, and are those of the rows.
func TestTalliesAreThoseOfTheRows(t *testing.T) {
	rd := reader(t, superseded(t))
	c, err := rd.catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"outcome", "site", "language", "month"} {
		value := map[string]string{"month": "strftime('%Y-%m', day, 'unixepoch')"}[kind]
		if value == "" {
			value = kind
		}
		kept, err := c.counts(t.Context(), "select name, n from tally where kind = ? and n > 0 order by name", kind)
		if err != nil {
			t.Fatal(err)
		}
		counted, err := c.counts(t.Context(), "select "+value+", count(*) from article where latest group by 1 order by 1")
		if err != nil || fmt.Sprint(kept) != fmt.Sprint(counted) || len(kept) == 0 {
			t.Errorf("%s: kept %v, counted %v, %v", kind, kept, counted, err)
		}
	}
}
