package export

import (
	"strings"
	"text/template"
	"time"

	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// maxLines is how many sites and gaps the card shows; the tables have all.
const maxLines = 40

// card is README.md: what the data are, and what is missing.
func (p *pack) card(gaps []gap) []byte {
	var b strings.Builder
	if err := cardTemplate.Execute(&b, p.cardOf(gaps)); err != nil {
		panic(err) // of a strings.Builder and our own template
	}
	return []byte(b.String())
}

// cardData is what the template shows.
type cardData struct {
	Pretty, Title, Creator, Archive, Software, Date string
	Format                                          Format
	Profile                                         Profile
	Query                                           string
	Versions                                        bool
	Rows, Left, Found, Articles, Sites, Words       int
	First, Last                                     string
	Languages                                       []string
	Columns                                         int
	Load                                            string
	Data                                            string
	OutcomeNames                                    []page.Outcome
	BySite                                          []siteLine
	MoreSites                                       int
	Gaps                                            []gap
	MoreGaps                                        int
	GapDays, Gone                                   int
}

type siteLine struct {
	Site, From, To string
	Rows, Days     int
	Counts         []int
}

func (p *pack) cardOf(gaps []gap) cardData {
	a := p.account
	first, last := a.period()
	in, _ := columns(p.o.profile())
	d := cardData{Pretty: quoted(p.o.Title), Title: markdownText(p.o.Title), Creator: markdownText(p.o.Creator), Archive: p.id, Software: markdownText(p.o.Software), Date: p.o.Now.Format(time.DateOnly),
		Format: p.o.Format, Profile: p.o.Profile, Query: markdownCode(p.o.Asked), Versions: p.o.Versions,
		Rows: a.rows, Left: a.left, Found: a.rows + a.left, Articles: len(a.articles), Sites: a.withRows(), Words: a.words, First: first.Format(time.DateOnly), Last: last.Format(time.DateOnly),
		Languages: a.tags(), Columns: len(in), Load: loading[p.o.Format], Gone: len(a.gone), Data: dataFiles[p.o.Format]}
	d.bySite(a)
	for _, g := range gaps {
		d.GapDays += g.Days
		if len(d.Gaps) < maxLines {
			d.Gaps = append(d.Gaps, g)
		}
	}
	d.MoreGaps = len(gaps) - len(d.Gaps)
	return d
}

func (d *cardData) bySite(a *account) {
	all := a.outcomes()
	for _, o := range page.Outcomes {
		if all[o] > 0 {
			d.OutcomeNames = append(d.OutcomeNames, o)
		}
	}
	for i, site := range a.bySize() {
		if i == maxLines {
			d.MoreSites = len(a.sites) - maxLines
			return
		}
		s := a.sites[site]
		line := siteLine{Site: markdownText(site), Rows: s.rows, Days: len(s.days), From: dateOf(s.first), To: dateOf(s.last)}
		for _, o := range d.OutcomeNames {
			line.Counts = append(line.Counts, s.outcomes[o].found)
		}
		d.BySite = append(d.BySite, line)
	}
}

// dateOf is a day, or a dash where there is none.
func dateOf(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format(time.DateOnly)
}

// markdownText keeps a string from being markup.
func markdownText(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "`", "'", "[", `\[`, "*", `\*`, "_", `\_`, "#", `\#`, "\n", " ").Replace(page.Printable(s, 300))
}

func markdownCode(s string) string {
	return strings.NewReplacer("`", "'", "|", `\|`, "\n", " ").Replace(page.Printable(s, 300))
}

var loading = map[Format]string{
	JSONL: `    pd.read_json("data/articles.jsonl.gz", lines=True)               # pandas
    from 'data/articles.jsonl.gz'                                    -- DuckDB
    jsonlite::stream_in(gzfile("data/articles.jsonl.gz"))            # R`,
	CSV: `    pd.read_csv("data/articles.csv", keep_default_na=False, parse_dates=["published_at", "modified_at", "fetched_at"])   # pandas
    from read_csv('data/articles.csv', header = true)                -- DuckDB`,
	Parquet: `    pd.read_parquet("data")                                          # pandas with pyarrow
    from 'data/*/*.parquet'                                          -- DuckDB
    arrow::open_dataset("data")                                      # R`,
	Text: `    pd.read_csv("data/articles.csv", keep_default_na=False)          # pandas; the text of a row is text/XX/ID-vVERSION.txt, XX the two digits after the "a" of the id`,
}

var dataFiles = map[Format]string{
	JSONL: "`data/articles.jsonl.gz`: a row a line, as JSON. A list is one string, an item a line.",
	CSV: "`data/articles.csv`: UTF-8, RFC 4180 with lines that end in LF. A list is one cell, an item a line. Where a cell would begin like a formula (`=`, `+`, `-`, `@`, tab, carriage return, " +
		"an apostrophe) an apostrophe stands before it: take one apostrophe off the beginning of a cell to get the value. An empty cell of a time is no time.",
	Parquet: "`data/SITE/YYYY-MM.parquet`: a file for each site and month of publication (else of fetching). Lists are lists of strings, times are timestamps in UTC; nothing but times may be null.",
	Text:    "`text/…`: a UTF-8 file for each article, headline first; `data/articles.csv`: what is known of each. In the table an apostrophe stands before a cell that would begin like a formula.",
}

var cardTemplate = template.Must(template.New("card").Funcs(template.FuncMap{
	"count": spelling.Count,
	"date":  func(t time.Time) string { return t.Format(time.DateOnly) },
	"size":  sizeCategory,
}).Parse(`---
pretty_name: {{.Pretty}}
{{- if .Languages}}
language:{{range .Languages}}
- {{.}}{{end}}
{{- end}}
size_categories:
- {{size .Rows}}
tags:
- news
---

# {{.Title}}

{{count .Rows "row"}} about {{count .Articles "page"}} of {{count .Sites "site"}}, {{count .Words "word"}}. Days of publication (of capture, where a
page names none): {{.First}} to {{.Last}}. Exported on {{.Date}} by {{.Software}} from the archive ` + "`{{.Archive}}`" + `{{if .Creator}} for {{.Creator}}{{end}}.

| | |
|---|---|
| asked for | {{if .Query}}` + "`{{.Query}}`" + `{{else}}everything{{end}} |
| versions | {{if .Versions}}every version of a page{{else}}the newest version of each page{{end}} |
| profile | {{.Profile}}{{if eq .Profile "no-text"}}: without the texts, which may not be copied; their hashes, and where the records lie, are here{{end}}{{if eq .Profile "text-only"}}: only pages with an article, and only what a reader of texts needs{{end}} |
| order | site, then day of publication (else of fetching), id, version |

## Files

{{.Data}}

` + "`schema/articles.table.json`" + ` describes the {{.Columns}} columns (Frictionless Table Schema), ` + "`schema/article.schema.json`" + ` a row as JSON;
` + "`datapackage.json`" + ` lists the files with sizes and digests; ` + "`collection/`" + ` holds the tables below in full; ` + "`sha256sum -c SHA256SUMS`" + ` checks all.

{{.Load}}

## What was collected

In the archive each page that answered is a row, whatever became of it: ` + "`outcome`" + ` says which rows hold an article (ok, partial, paywalled).
{{if .Left}}Of {{count .Found "row"}} that the query finds {{count .Left "row"}} {{if eq .Left 1}}is{{else}}are{{end}} left out here; the outcomes below count all.{{else}}No row that the query finds is left out.{{end}}

A row's day is that of publication, else of capture.

| site | rows here | first day | last day | days with captures |{{range .OutcomeNames}} {{.}} |{{end}}
|---|---|---|---|---|{{range .OutcomeNames}}---|{{end}}
{{range .BySite}}| {{.Site}} | {{.Rows}} | {{.From}} | {{.To}} | {{.Days}} |{{range .Counts}} {{.}} |{{end}}
{{end}}{{if .MoreSites}}
… and {{count .MoreSites "more site"}} in ` + "`collection/outcomes.csv`" + `.
{{end}}
## What is missing

{{if .Gaps}}On {{count .GapDays "day"}} between the first and the last capture of a site the archive has nothing from it. No data does not mean no news.

| site | from | to | days |
|---|---|---|---|
{{range .Gaps}}| {{.Site}} | {{date .From}} | {{date .To}} | {{.Days}} |
{{end}}{{if .MoreGaps}}
… and {{.MoreGaps}} more in ` + "`collection/gaps.csv`" + `.
{{end}}{{else}}No day between the first and the last capture of a site is without a capture.
{{end}}
{{if .Gone}}{{count .Gone "article"}} here {{if eq .Gone 1}}is{{else}}are{{end}} no more at the address, as the archive has last seen it (404, 410 or 451): ` + "`collection/gone.csv`" + `.

{{end}}Days are those of UTC. Pages that never answered have no row; they stand in the archive's reports of runs.

## Rights

The texts belong to their publishers.{{if ne .Profile "text-only"}} Columns ` + "`license`, `robots` and `tdm`" + ` tell what each page said about its use.{{end}}
`))

// sizeCategory is the word that dataset cards have for a number of rows.
func sizeCategory(n int) string {
	for _, s := range []struct {
		below int
		name  string
	}{{1_000, "n<1K"}, {10_000, "1K<n<10K"}, {100_000, "10K<n<100K"}, {1_000_000, "100K<n<1M"}} {
		if n < s.below {
			return s.name
		}
	}
	return "n>1M"
}
