package archive

import (
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsarchive/page"
)

// better is an extractor that reads another text than the rows of ferry say.
func better(c *page.Capture) *page.Reading {
	text := "Better. " + strings.TrimPrefix(string(c.Document().Body), "<title>Ferry</title><p>")
	return &page.Reading{Row: page.Row{Title: "Ferry", Text: text, TextSHA256: hexSum([]byte(text)), Outcome: page.OK, ExtractorVersion: "2", CharCount: 100}}
}

// newRows gives the rows that Reextract would have changed.
func newRows(t testing.TB, r *Reader, extract func(*page.Capture) *page.Reading) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		for n, err := range r.Reextract(t.Context(), ReextractOptions{Extract: extract}) {
			if err != nil || n.Verdict != Unchanged {
				if !yield(n.New, err) {
					return
				}
			}
		}
	}
}

// superseded makes a small archive and reads it again.
func superseded(t testing.TB) string {
	t.Helper()
	dir := kept(t)
	rd := reader(t, dir)
	a := opened(t, dir, Options{RunID: "again"})
	if n, err := a.Supersede(t.Context(), newRows(t, rd, better)); err != nil || n != 4 {
		t.Fatal(n, err)
	}
	closed(t, a)
	return dir
}

func collected(t testing.TB, rows iter.Seq2[page.Row, error]) (list []page.Row) {
	t.Helper()
	for r, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func TestLaterReadingsCountAndEarlierOnesStay(t *testing.T) {
	dir := superseded(t)
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	rd := reader(t, dir)
	id := ""
	check := func(what string) {
		t.Helper()
		rows := collected(t, rd.Rows())
		if len(rows) != 4 {
			t.Fatalf("%s: %d rows", what, len(rows))
		}
		for _, r := range rows {
			if r.Extraction != 2 || r.Change != "reextracted" || !strings.HasPrefix(r.Text, "Better. ") || r.RunID != "again" {
				t.Errorf("%s: %+v", what, r)
			}
			id = r.ID
		}
		numbers := []int{}
		for _, r := range collected(t, rd.Versions(id)) {
			numbers = append(numbers, r.Version*10+r.Extraction)
		}
		if !slices.Equal(numbers, []int{12, 22, 32, 42}) {
			t.Errorf("%s: versions and extractions %v", what, numbers)
		}
		if n := len(collected(t, rd.Readings(id))); n != 8 {
			t.Errorf("%s: %d readings", what, n)
		}
		if r, err := rd.Row(id); err != nil || r.Version != 4 || r.Extraction != 2 {
			t.Errorf("%s: newest %d.%d %v", what, r.Version, r.Extraction, err)
		}
		if list := collected(t, rd.Latest()); len(list) != 1 || list[0].Version != 4 || list[0].Extraction != 2 {
			t.Errorf("%s: latest %+v", what, list)
		}
	}
	check("with the catalog")
	for _, versions := range []bool{false, true} {
		want := map[bool]int{false: 1, true: 4}[versions]
		if n := len(collected(t, rd.Select(t.Context(), Query{}, versions))); n != want {
			t.Errorf("%d rows are exported, want %d", n, want)
		}
	}
	if s, err := rd.Stats(t.Context()); err != nil || s.Versions != 4 || s.Articles != 1 {
		t.Errorf("stats %+v %v", s, err)
	}
	hits := 0
	for h, err := range rd.Search(t.Context(), Query{Terms: []string{"better"}}, 9) {
		if hits++; err != nil || h.Row.Extraction != 2 {
			t.Error(h, err)
		}
	}
	if hits != 1 {
		t.Errorf("%d hits", hits)
	}
	rd.Close()
	if err := os.RemoveAll(filepath.Join(dir, cacheFolder)); err != nil {
		t.Fatal(err)
	}
	rd = reader(t, dir)
	check("without the catalog")

	// What comes later is compared with the newest reading.
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Version 2 of session 1.")
	if row := put(t, a, c, r); row.Version != 5 || row.Change != "changed" {
		t.Errorf("the old text again is version %d, %s", row.Version, row.Change)
	}
	closed(t, a)
}

func TestReextractTellsWhatWouldBeAnother(t *testing.T) {
	dir := kept(t)
	rd := reader(t, dir)
	stored := collected(t, rd.Rows())
	for _, tt := range []struct {
		what   string
		change func(*page.Row)
		old    func(*page.Row)
		want   string
		fields []string
	}{
		{"nothing", func(*page.Row) {}, nil, Unchanged, nil},
		{"one image without a caption", func(r *page.Row) { r.ImageCaptions = page.Lines{""} }, func(r *page.Row) { r.ImageCaptions = nil }, Unchanged, nil},
		{"the version of the extractor", func(r *page.Row) { r.ExtractorVersion = "9" }, nil, Unchanged, nil},
		{"an author", func(r *page.Row) { r.Authors = page.Lines{"Ana Ruiz"} }, nil, Changed, []string{"authors"}},
		{"no article", func(r *page.Row) { r.Outcome = page.Empty }, nil, Worse, []string{"outcome"}},
		{"a part", func(r *page.Row) { r.Outcome = page.Partial }, nil, Worse, []string{"outcome"}},
		{"no headline", func(r *page.Row) { r.Title = "" }, nil, Worse, []string{"title"}},
		{"an article", func(*page.Row) {}, func(r *page.Row) { r.Outcome = page.Empty }, Recovered, []string{"outcome"}},
	} {
		old := stored[0]
		if tt.old != nil {
			tt.old(&old)
		}
		n, err := rd.reread(old, func(*page.Capture) *page.Reading {
			r := stored[0]
			tt.change(&r)
			return &page.Reading{Row: r}
		})
		if err != nil || n.Verdict != tt.want || !reflect.DeepEqual(n.Fields, tt.fields) {
			t.Errorf("%s: %s %q %v, want %s %q", tt.what, n.Verdict, n.Fields, err, tt.want, tt.fields)
		}
	}
}

func TestSupersedeStoresAllOrNone(t *testing.T) {
	dir := kept(t)
	before := snapshot(t, dir)
	rd := reader(t, dir)
	a := opened(t, dir, Options{})
	broken := errors.New("broken")
	n, err := a.Supersede(t.Context(), func(yield func(page.Row, error) bool) {
		for r := range newRows(t, rd, better) {
			if !yield(r, nil) {
				return
			}
		}
		yield(page.Row{}, broken)
	})
	if n != 0 || !errors.Is(err, broken) {
		t.Errorf("%d, %v", n, err)
	}
	closed(t, a)
	after := snapshot(t, dir)
	delete(before, "lock")
	delete(after, "lock")
	if !reflect.DeepEqual(before, after) {
		t.Error("the archive is another")
	}
}

// TestKilledAtAnyMoment kills processes that change an archive, at moments that go
// through their whole work, and looks at what they leave.
func TestKilledAtAnyMoment(t *testing.T) {
	if what := os.Getenv("ARCHIVE_TEST_CHANGE"); what != "" {
		change(t, what, os.Getenv("ARCHIVE_TEST_DIR"))
		return
	}
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	base := snapshot(t, kept(t))
	hurt := snapshot(t, kept(t))
	for name := range hurt {
		if strings.HasSuffix(name, ".warc.gz") {
			hurt[name][len(hurt[name])/2] ^= 0x10
			break
		}
	}
	for _, what := range []string{"reextract", "reindex", "repair", "import"} {
		t.Run(what, func(t *testing.T) {
			from := base
			if what == "repair" {
				from = hurt
			}
			whole := time.Duration(0)
			for n := range rounds {
				dir := from.restore(t)
				started := time.Now()
				killed := killAfter(t, what, dir, whole*time.Duration(n)/time.Duration(rounds))
				if n == 0 {
					whole = time.Since(started)
				}
				left(t, what, dir, killed)
			}
		})
	}
}

// killAfter runs the change in a process of its own and kills it after so long; 0
// lets it end. It reports whether it was killed before its end.
func killAfter(t *testing.T, what, dir string, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledAtAnyMoment$")
	cmd.Env = append(os.Environ(), "ARCHIVE_TEST_CHANGE="+what, "ARCHIVE_TEST_DIR="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		time.Sleep(after)
		_ = cmd.Process.Signal(syscall.SIGKILL)
	}
	err := cmd.Wait()
	if after == 0 && err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return err != nil
}

// change is what the process does.
func change(t *testing.T, what, dir string) {
	if what == "repair" {
		if _, err := Repair(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
		return
	}
	a := opened(t, dir, Options{})
	switch what {
	case "reextract":
		if _, err := a.Supersede(t.Context(), newRows(t, reader(t, dir), better)); err != nil {
			t.Fatal(err)
		}
	case "reindex":
		if _, err := a.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
	case "import":
		for i := range 4 {
			c, r := ferry(t, "Imported "+strconv.Itoa(i)+".")
			put(t, a, c, r)
		}
	}
	closed(t, a)
}

// left checks that the archive is as it was or as it will be.
func left(t *testing.T, what, dir string, killed bool) {
	t.Helper()
	if what == "repair" {
		if _, err := Repair(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, opened(t, dir, Options{})) // recovers
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	again, old := 0, 0
	for _, r := range collected(t, reader(t, dir).Rows()) {
		switch {
		case r.Extraction == 2:
			again++
		case !strings.HasPrefix(r.Text, "Imported"):
			old++
		}
	}
	if what == "repair" && old+again < 3 || what != "repair" && old+again != 4 || again != 0 && again != 4 {
		t.Errorf("%s, killed %t: %d old rows, %d read again", what, killed, old, again)
	}
	if !killed && what == "reextract" && again != 4 {
		t.Errorf("%d read again by a process that ended", again)
	}
}

// TestWhatNeverArrivedIsNotReadAgain: a row whose capture holds no page stands as it is.
func TestWhatNeverArrivedIsNotReadAgain(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	put(t, a, &page.Capture{Requested: "https://news.example/file"}, &page.Reading{Row: page.Row{Outcome: page.OK, Title: "Ferry", Text: "From a file."}})
	closed(t, a)
	extract := func(c *page.Capture) *page.Reading {
		t.Errorf("read again: %+v", c)
		return &page.Reading{Row: page.Row{Outcome: page.Empty}}
	}
	for n, err := range reader(t, dir).Reextract(t.Context(), ReextractOptions{Extract: extract}) {
		if err != nil || n.Verdict != Unchanged || n.New.Text != "From a file." {
			t.Errorf("%s: %+v, %v", n.Verdict, n.New, err)
		}
	}
}
