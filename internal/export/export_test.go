package export

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"newsarchive/archive"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// visit is one capture of the test archive.
type visit struct {
	url, title, text string
	outcome          page.Outcome
	published        string // day; "" for unknown
	fetched          int    // days after noon
	big              string // added to the page's bytes, so that it is worth a revisit
}

var visits = []visit{
	{url: "https://news.example/ferry", title: "Ferry out of service", text: "The ferry is out of service.\nUntil Monday, they say.", published: "2026-11-01"},
	{url: "https://news.example/sums", title: "=HYPERLINK(\"http://evil.example\";\"click\")", text: "+1 for the quay\n-2 for the rest", published: "2026-10-31", fetched: 1},
	{url: "https://news.example/ferry", title: "Ferry back", text: "The ferry sails again, says “Ana”.", published: "2026-11-01", fetched: 5},
	{url: "https://shimbun.example/1", title: "東京の天気", text: "東京では明日雨が降る。", published: "2026-10-31"},
	{url: "https://blocked.example/x", title: "'Just a moment", outcome: page.Blocked, fetched: 2},
	{url: "https://news.example/twin", title: "Twin", text: "Same bytes.", fetched: 6, big: strings.Repeat("ballast ", 300)},
	{url: "https://news.example/twin?again", title: "Twin again", text: "Same bytes.", fetched: 7, big: strings.Repeat("ballast ", 300)},
}

func exchange(t testing.TB, url, contentType, body string, at time.Time) page.Exchange {
	t.Helper()
	ex := page.Exchange{URL: url, Method: "GET", Start: at, Request: []byte("GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
		Wire: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", contentType, len(body), body)}
	if err := wire.Read(&ex, wire.Limits{}); err != nil {
		t.Fatal(err)
	}
	return ex
}

// library makes an archive of the visits, each page with its stylesheet, and opens it.
func library(t testing.TB, visits []visit) *archive.Reader {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "archive")
	a, err := archive.Open(dir, archive.Options{RunID: "run-1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range visits {
		put(t, a, v)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return opened(t, dir)
}

func put(t testing.TB, a *archive.Archive, v visit) page.Row {
	t.Helper()
	if v.outcome == "" {
		v.outcome = page.OK
	}
	row := page.Row{URL: v.url, URLRequested: v.url, URLCanonical: v.url, Site: strings.Split(v.url, "/")[2], Title: v.title, Lead: "Lead of " + v.title, Text: v.text,
		Markdown: v.text, HTML: "<p>" + v.text, Outcome: v.outcome, WordCount: len(strings.Fields(v.text)), Language: "en", HTTPStatus: 200}
	if v.text != "" {
		row.Authors, row.Images = page.Lines{"Ana Ruiz", "@ben"}, page.Lines{v.url + ".png"}
	}
	if day, err := time.Parse(time.DateOnly, v.published); err == nil {
		row.PublishedAt = &day
	}
	at := noon.AddDate(0, 0, v.fetched)
	body := "<title>" + v.title + "</title><link rel=stylesheet href=/style.css><p>" + v.text
	if v.big != "" {
		body = v.big
	}
	c := &page.Capture{Requested: v.url, Exchanges: []page.Exchange{exchange(t, v.url, "text/html", body, at)}}
	got, err := a.Put(t.Context(), c, &page.Reading{Row: row})
	if err != nil {
		t.Fatal(err)
	}
	style := exchange(t, "https://news.example/style.css", "text/css", "p{color:red}"+strings.Repeat(" ", 2000), at)
	if err := a.PutRequisite(t.Context(), &page.Capture{Requested: style.URL, Exchanges: []page.Exchange{style}}, got); err != nil {
		t.Fatal(err)
	}
	return got
}

func opened(t testing.TB, dir string) *archive.Reader {
	t.Helper()
	if err := archive.UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func folder(t testing.TB, r *archive.Reader, o Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := Folder(t.Context(), r, dir, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// table is an export as it was read back: a map for each row.
type cells []map[string]string

func readJSONL(t *testing.T, name string) (rows cells) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(zr)
	for {
		var m map[string]any
		if err := dec.Decode(&m); err == io.EOF {
			return rows
		} else if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for k, v := range m {
			switch v := v.(type) {
			case nil:
				row[k] = ""
			case float64:
				row[k] = fmt.Sprintf("%.0f", v)
			default:
				row[k] = v.(string)
			}
		}
		rows = append(rows, row)
	}
}

func readCSV(t *testing.T, name string) (rows cells) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = strings.TrimPrefix(cell, "'")
		}
		rows = append(rows, row)
	}
	return rows
}

func readParquet(t *testing.T, dir string) (rows cells) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "data", "*", "*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		in, _ := columns(Full)
		record := reflect.New(recordOf(in))
		rd := parquet.NewReader(strings.NewReader(string(b)))
		for {
			record.Elem().SetZero()
			if err := rd.Read(record.Interface()); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			row := map[string]string{}
			for i, c := range in {
				row[c.name] = parquetCell(record.Elem().Field(i))
			}
			rows = append(rows, row)
		}
		rd.Close()
	}
	return rows
}

func parquetCell(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case *time.Time:
		if x == nil {
			return ""
		}
		return x.UTC().Format(time.RFC3339)
	case []string:
		return strings.Join(x, "\n")
	}
	return fmt.Sprint(v.Interface())
}

func TestFormatsHoldTheSameRows(t *testing.T) {
	r := library(t, visits)
	j := readJSONL(t, filepath.Join(folder(t, r, Options{Versions: true}), "data", "articles.jsonl.gz"))
	c := readCSV(t, filepath.Join(folder(t, r, Options{Versions: true, Format: CSV}), "data", "articles.csv"))
	p := readParquet(t, folder(t, r, Options{Versions: true, Format: Parquet}))
	if len(j) != len(visits) || j[0]["url"] != "https://blocked.example/x" {
		t.Fatalf("%d rows of %d, first %v", len(j), len(visits), j[0])
	}
	if !reflect.DeepEqual(j, c) {
		t.Errorf("CSV differs from JSON Lines:\n%v\n%v", j, c)
	}
	if !reflect.DeepEqual(j, p) {
		t.Errorf("Parquet differs from JSON Lines:\n%v\n%v", j, p)
	}
}

func TestRowsAreOrderedAndChosen(t *testing.T) {
	r := library(t, visits)
	q, err := archive.ParseQuery("site:news.example -sums")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{}, "x sums ferry twin twin?again 1"},
		{Options{Versions: true, Query: archive.Query{Site: "news.example"}}, "sums ferry ferry twin twin?again"},
		{Options{Query: q}, "sums ferry twin twin?again"},
		{Options{Query: archive.Query{Terms: []string{"same bytes"}}}, "twin twin?again"},
		{Options{Query: archive.Query{Terms: []string{"out of service"}}, Versions: true}, "ferry"},
		{Options{Keep: func(o page.Outcome) bool { return o != page.OK }}, "x"},
		{Options{Profile: TextOnly, Query: archive.Query{Site: "blocked.example"}}, ""},
	} {
		var got []string
		for row, err := range tt.o.filled().rows(t.Context(), r, nil) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row.URL[strings.LastIndexByte(row.URL, '/')+1:])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%+v gives %q, want %q", tt.o, got, tt.want)
		}
	}
}

func TestNoTextHoldsNoText(t *testing.T) {
	r := library(t, visits)
	for _, f := range []Format{JSONL, CSV, Parquet} {
		dir := folder(t, r, Options{Format: f, Profile: NoText})
		all := contents(t, dir)
		if f == JSONL {
			for _, row := range readJSONL(t, filepath.Join(dir, "data", "articles.jsonl.gz")) {
				all += fmt.Sprint(row)
			}
		}
		for _, leak := range []string{"The ferry", "東京では", "Lead of"} {
			if strings.Contains(all, leak) {
				t.Errorf("%s holds %q", f, leak)
			}
		}
		if !strings.Contains(all, "text_sha256") {
			t.Errorf("%s has lost the hashes", f)
		}
	}
}

// contents is all that the files of a folder hold, one after the other.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range files(t, dir) {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(content)
	}
	return b.String()
}

// files lists the files of a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestTextIsAFileForEachArticle(t *testing.T) {
	dir := folder(t, library(t, visits), Options{Format: Text, Query: archive.Query{Site: "shimbun.example"}})
	id := archive.ID("https://shimbun.example/1")
	b, err := os.ReadFile(filepath.Join(dir, "text", id[1:3], id+"-v1.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "東京の天気\n\nLead of 東京の天気\n\n東京では明日雨が降る。\n"; string(b) != want {
		t.Errorf("%q, want %q", b, want)
	}
	if rows := readCSV(t, filepath.Join(dir, "data", "articles.csv")); len(rows) != 1 || rows[0]["text"] != "" || rows[0]["title"] == "" {
		t.Errorf("table of texts: %v", rows)
	}
}

func TestNothingIsReplacedUnasked(t *testing.T) {
	r := library(t, visits)
	dir := folder(t, r, Options{})
	before := contents(t, dir)
	if _, err := Folder(t.Context(), r, dir, Options{Format: CSV}); !errors.Is(err, ErrExists) || contents(t, dir) != before {
		t.Errorf("a second export: %v", err)
	}
	if _, err := Folder(t.Context(), r, dir, Options{Query: archive.Query{Site: "none.example"}, Force: true}); !errors.Is(err, ErrNothing) || contents(t, dir) != before {
		t.Errorf("an empty export: %v", err)
	}
	if _, err := Folder(t.Context(), r, dir, Options{Format: CSV, Force: true}); err != nil || !slices.Contains(files(t, dir), "data/articles.csv") || slices.Contains(files(t, dir), "data/articles.jsonl.gz") {
		t.Errorf("with Force: %v, %v", err, files(t, dir))
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "datapackage.json"), []byte(`{"name":"of another tool"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Folder(t.Context(), r, foreign, Options{Force: true}); !errors.Is(err, ErrExists) {
		t.Errorf("a folder of others: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCellsAreInert(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "-": "'-", "=1+1": "'=1+1", "+1": "'+1", "@SUM": "'@SUM", "\t=1": "'\t=1", "\r=1": "'\r=1",
		"'quoted": "''quoted", " =1": "' =1", "＝1": "'＝1", "\ufeff=1": "'\ufeff=1", "- list": "'- list",
	} {
		if got := inert(cell); got != want || strings.TrimPrefix(got, "'") != cell && cell == want {
			t.Errorf("inert(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestFolderNamesAreOneForEachSite(t *testing.T) {
	for site, want := range map[string]string{
		"news.example": "news.example", "127.0.0.1:80": "127.0.0.1_3a80", "": "_", "..": "_2e.", "a/b": "a_2fb", "A": "_41", "[::1]:80": "_5b_3a_3a1_5d_3a80",
	} {
		got := folderName(site)
		if site == "" {
			got = got[:1]
		}
		if got != want {
			t.Errorf("folderName(%q) = %q, want %q", site, got, want)
		}
	}
}

// What a choice of rows leaves out stays in the account of it.
func TestWhatIsLeftOutIsCounted(t *testing.T) {
	r := library(t, visits)
	for what, o := range map[string]Options{
		"text-only":  {Profile: TextOnly},
		"text":       {Format: Text},
		"by outcome": {Keep: func(o page.Outcome) bool { return o == page.OK }},
	} {
		dir := folder(t, r, o)
		b, err := os.ReadFile(filepath.Join(dir, "collection", "outcomes.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if want := "site,outcome,found,exported\nnews.example,ok,4,4\nshimbun.example,ok,1,1\nblocked.example,blocked,1,0\n"; string(b) != want {
			t.Errorf("%s: %s, want %s", what, b, want)
		}
		card, err := os.ReadFile(filepath.Join(dir, "README.md"))
		if err != nil || !strings.Contains(string(card), "\nOf 6 rows that the query finds 1 row is left out here; the outcomes below count all.") || !strings.Contains(string(card), "| blocked.example | 0 | – | – |") {
			t.Errorf("%s: %v\n%s", what, err, card)
		}
	}
}

// The table schema and the JSON Schema tell the keys that the rows have, in their order.
func TestSchemasTellTheColumns(t *testing.T) {
	r := library(t, visits)
	for _, profile := range Profiles {
		dir := folder(t, r, Options{Format: CSV, Profile: profile})
		var table struct {
			Fields []struct{ Name, Type, Description string }
			Key    []string `json:"primaryKey"`
		}
		var row struct {
			Properties map[string]any
			Required   []string
		}
		decoded(t, filepath.Join(dir, "schema", "articles.table.json"), &table)
		decoded(t, filepath.Join(dir, "schema", "article.schema.json"), &row)
		var names []string
		for _, f := range table.Fields {
			names = append(names, f.Name)
			if f.Description == "" {
				t.Errorf("%s: %s is not described", profile, f.Name)
			}
		}
		b, err := os.ReadFile(filepath.Join(dir, "data", "articles.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if header, _, _ := strings.Cut(string(b), "\n"); header != strings.Join(names, ",") {
			t.Errorf("%s: header %s, schema %v", profile, header, names)
		}
		if len(row.Properties) != len(names) || len(row.Required) != len(names) || len(table.Key) < 2 {
			t.Errorf("%s: %d columns, %d properties, %d required, key %v", profile, len(names), len(row.Properties), len(row.Required), table.Key)
		}
	}
}

func decoded(t *testing.T, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}
