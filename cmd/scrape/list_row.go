package main

import (
	"encoding/json"
	"fmt"
	"time"

	"newsarchive/page"
)

// listed prints one row.
func (a *app) listed(row page.Row, f fate, version bool, format string) error {
	if a.json {
		return a.out.bulk(markedRow{row, f})
	}
	if format == "json" {
		return a.rowJSON(row)
	}
	if version {
		_, err := fmt.Fprintf(a.out, "v%-3d %s\n", row.Version, a.out.markedLine(row, f.mark(), 5))
		return err
	}
	_, err := fmt.Fprintln(a.out, a.out.markedLine(row, f.mark(), 0))
	return err
}

// rowJSON prints a row of many: as it is, or with --json among lines of several types.
func (a *app) rowJSON(row page.Row) error {
	if a.json {
		return a.out.bulk(typedRow{"article", row})
	}
	return a.out.bulk(row)
}

// bulk writes one line of JSON without flushing.
func (o *output) bulk(v json.Marshaler) error {
	line, err := v.MarshalJSON()
	if err == nil {
		_, err = o.Write(append(line, '\n'))
	}
	return err
}

// rowLine is one line of a table, after used columns: id, outcome, date, words, site,
// headline; the address in place of the headline where there is no article. Words and
// site are left out on a narrow terminal.
func (o *output) rowLine(r page.Row, used int) string { return o.markedLine(r, "", used) }

// markedLine is that with a mark before the headline.
func (o *output) markedLine(r page.Row, mark string, used int) string {
	what := r.Title
	if what == "" || !r.Outcome.HasArticle() {
		what = r.URL + reason(r)
	}
	if mark != "" {
		what = "[" + mark + "] " + what
	}
	id := 16
	if o.narrow(72) {
		id = 10 // the beginning of an id will do
	}
	s := fmt.Sprintf("%s  %s  %s", r.ID[:min(id, len(r.ID))], o.paint(outcomeStyle(r.Outcome), pad(string(r.Outcome), 14)), day(r))
	used += 30 + id
	if !o.narrow(100) {
		s += fmt.Sprintf(" %6d  %s", r.WordCount, o.col(or(r.SiteName, r.Site), 20))
		used += 29
	}
	return s + "  " + o.rest(what, used)
}

// day is the day of publication, as far as it is known, or as many spaces.
func day(r page.Row) string {
	if r.PublishedAt == nil {
		return pad("", len(time.DateOnly))
	}
	return pad(r.PublishedAt.UTC().Format(dayLayout(r)), len(time.DateOnly))
}

// dayLayout is the layout of a day of publication: without what is not known of it.
func dayLayout(r page.Row) string {
	switch r.PublishedPrecision {
	case "year":
		return "2006"
	case "month":
		return "2006-01"
	}
	return time.DateOnly
}
