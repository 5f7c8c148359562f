package archive

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

var alikeQueries = []string{"ferry", "cafe -regulars", "lang:en", "lang:e", "lang:xx", "author:öst", "author:nobody", "ferry author:ruiz", "ferry lang:en", "ferry site:news.example",
	"outcome:blocked", "since:2026-11-02", "until:2026-10", "ferry since:2026-10 lang:en", "-ferry", "site:news.example -ferry", "lang:en -cafe author:a",
	"tag:harbour", "tag:harbour ferry", "section:transport lang:en", "section:*", "title:ferry -sails", "title:caf*", "tag:nothing",
	"outcome:ok,blocked", "outcome:!ok", "outcome:blocked ferry", "outcome:!ok,!blocked lang:en"}

// However a query is answered, the rows are those that hold it.
func TestPlansFindTheSame(t *testing.T) {
	rd := reader(t, library(t))
	c, err := rd.catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range alikeQueries {
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		want := selected(t, rd, q)
		got, err := c.search(t.Context(), q, 100)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		var found []string
		for _, p := range got {
			found = append(found, p.id)
		}
		slices.Sort(found)
		equal(t, found, want...)
	}
}

// selected are the ids of what Select finds, which asks each row.
func selected(t *testing.T, rd *Reader, q Query) []string {
	t.Helper()
	return idsOf(t, rd.Select(t.Context(), q, false))
}

func idsOf(t *testing.T, rows iter.Seq2[page.Row, error]) (ids []string) {
	t.Helper()
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, row.ID)
	}
	slices.Sort(ids)
	return ids
}

// A list gives what holds a query of filters, whether the catalog is there or not.
func TestListHoldsTheQuery(t *testing.T) {
	dir := library(t)
	rd := reader(t, dir)
	remote := elsewhere(t, dir)
	for _, query := range append(alikeQueries, `title:"back in"`, "title:天気", "title:quay", "tag:delays") {
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if len(q.Terms)+len(q.Without) > 0 {
			continue
		}
		want := selected(t, rd, q)
		equal(t, idsOf(t, rd.List(t.Context(), ListOptions{Query: Query{Outcomes: []page.Outcome{}}, Versions: true})))
		equal(t, idsOf(t, rd.List(t.Context(), ListOptions{Query: q})), want...)
		equal(t, idsOf(t, remote.List(t.Context(), ListOptions{Query: q})), want...)
		equal(t, idsOf(t, rd.List(t.Context(), ListOptions{Query: okOnly(q)})), selected(t, rd, okOnly(q))...)
	}
}

func okOnly(q Query) Query {
	if q.Outcomes == nil || slices.Contains(q.Outcomes, page.OK) {
		q.Outcomes = []page.Outcome{page.OK}
		return q
	}
	q.Outcomes = []page.Outcome{} // nothing
	return q
}

// What failed is newer than any article, and comes after all of them.
func TestListBeginsWithArticles(t *testing.T) {
	dir := library(t)
	rd := reader(t, dir)
	for _, again := range []bool{false, true} {
		var last page.Row
		for row, err := range rd.List(t.Context(), ListOptions{}) {
			if err != nil {
				t.Fatal(err)
			}
			last = row
		}
		if last.Outcome != page.Blocked {
			t.Errorf("without a catalog %v: the last row is %s %s", again, last.Outcome, last.URL)
		}
		if err := removeCatalog(dir); err != nil {
			t.Fatal(err)
		}
		rd = reader(t, dir)
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
