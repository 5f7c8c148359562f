package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
)

// terminal is a narrow one that keeps what it is sent.
type terminal struct{ bytes.Buffer }

func (*terminal) Columns() int { return 60 }

// headlines are those that a width is easily got wrong of: wide characters, from right
// to left, marks that take no column, no blanks, and what a terminal takes for orders.
var headlines = []string{
	"港の渡し船が点検で運航停止となり島の住民は学校の体育館で一夜を過ごした、市は二隻目の船を政府に求める方針",
	"توقفت العبارة عن العمل بعد فحص كشف تشققات في هيكلها وقضى أربعون راكبا ليلتهم في قاعة المدرسة",
	"Z\u0337\u0321e\u0301r\u0308o\u0302 fe\u0301rry u\u0308ber die Brücke \u2014 क्षेत्रीय नौका सेवा बंद होने से यात्री परेशान, महापौर ने दूसरी नाव माँगी",
	"เรือข้ามฟากหยุดให้บริการหลังการตรวจสอบพบรอยแตกในตัวเรือผู้โดยสารสี่สิบคนต้องค้างคืนที่โรงเรียน",
	"👩‍👩‍👧‍👦 Families stay the night 🇮🇸🇳🇴 as the \u202eyrref\u202c of Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft rests",
}

// newspaper serves a front page, articles under these headlines, a feed, and what has
// changed once it was told to.
func newspaper(t *testing.T) (site string, change func()) {
	var later atomic.Bool
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/2026/11/story-%d", &n); {
		case r.URL.Path == "/":
			fmt.Fprint(w, `<html><head><title>Gazette</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><nav><a href="/politics-and-everything-else-of-the-islands/">`+headlines[0]+`</a></nav>`)
			fmt.Fprint(w, `<a href="/2026/11/the-same-as-story-0">`+headlines[0]+`</a>`)
			for i, h := range headlines {
				fmt.Fprintf(w, `<p><a href="/2026/11/story-%d">%s</a></p>`, i, h)
			}
		case r.URL.Path == "/feed.xml":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Gazette</title>`)
			for i, h := range headlines {
				fmt.Fprintf(w, `<item><title>%s</title><link>%s/2026/11/story-%d</link></item>`, h, s.URL, i)
			}
			fmt.Fprint(w, `</channel></rss>`)
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private-pages-that-nobody-has-any-business-with/\n")
		case r.URL.Path == "/2026/11/the-same-as-story-0":
			fmt.Fprint(w, ferryStory(headlines[0], later.Load()))
		case err == nil && n < len(headlines):
			fmt.Fprint(w, ferryStory(headlines[n], later.Load()))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, func() { later.Store(true) }
}

func ferryStory(headline string, later bool) string {
	told := "About forty passengers stayed on the island overnight, and the school hall was opened for them."
	if later {
		told = "About forty-five passengers stayed overnight. " + headline + "."
	}
	return `<html lang="en"><head><title>` + headline + `</title><meta property="og:type" content="article"><meta property="og:site_name" content="` + headline + `">
<meta name="author" content="` + headline + `"><meta property="article:published_time" content="2026-11-02T08:00:00Z"></head><body><article><h1>` + headline + `</h1>
<p>The island ferry was taken out of service on Monday after an inspection found cracks in its hull, the harbour office said.</p>
<p>` + told + `</p><h2>` + headline + `</h2><ul><li>` + headline + `</li><li>Short</li></ul><blockquote><p>` + headline + `</p></blockquote>
<table><tr><th>` + headline + `</th><th>boats</th><th>what the harbour office says of them</th></tr><tr><td>Monday</td><td>2</td><td>` + headline + `</td></tr></table>
<p>` + headline + `</p><p>Fishing boats carried medicine and letters to the mainland through the day, as they did in the winter of the long storm.</p>
<p>The mayor asked the government for a second boat, which the town has wanted for many years, and has asked for twice before.</p></article>
<footer><p>Gazette of the Islands</p><p>Imprint, privacy and the terms that hold for all readers of it</p><ul><li>About us</li><li>Contact</li></ul></footer></body></html>`
}

// islands crawls the newspaper twice and returns what can be asked then, each question
// as arguments.
func islands(t *testing.T) (questions [][]string) {
	site, change := newspaper(t)
	dir := t.TempDir()
	kept, file := filepath.Join(dir, "kept"), filepath.Join(dir, "scrape.yaml")
	rules := filepath.Join(dir, "rules")
	rule := `sites: [{hosts: ["127.0.0.1"], content: "article", remove: [".promotions-of-all-kinds"], tests: [{url: "` + site + `/2026/11/story-0", title: "` + headlines[0] + `", contains: ["` + headlines[1] + `"]}]}]`
	if err := os.Mkdir(rules, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(rules, "islands.yaml"), []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	yaml := "archive: kept\nidentity: {name: A study of the press of the islands, contact: study@uni.example}\nsites:\n  - {site: " + site + ", every: 30m}\n"
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	story := site + "/2026/11/story-"
	crawl := []string{"crawl", site, "--archive", kept, "--allow-net", "127.0.0.0/8", "--delay", "0s", "--revisit", "1ns", "-q"}
	run(crawl, nil, io.Discard, io.Discard)
	change()
	run(crawl, nil, io.Discard, io.Discard)

	questions = [][]string{
		{"list"}, {"list", "--versions"}, {"list", "--duplicates"}, {"search", "ferry"}, {"stats"}, {"status"}, {"report"}, {"health"},
		{"rules", "list"}, {"rules", "why", site}, {"rules", "test"}, {"explain", story + "0", "--color", "always"},
		{"why", story + "0"}, {"why", site + "/unknown"}, {"config", "check", "-c", file},
		{"discover", site, "--allow-net", "127.0.0.0/8", "--delay", "0s"}, {"demo"},
	}
	for i := range headlines {
		page := fmt.Sprint(story, i)
		questions = append(questions, []string{"show", page}, []string{"show", page, "--readings"}, []string{"explain", page}, []string{"explain", page, "--all"}, []string{"diff", page})
	}
	for i := range questions {
		questions[i] = append(questions[i], "--archive", kept, "--rules", rules)
	}
	return questions
}

func TestLongWordsBreakBehindMarks(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"in div.story-body__wrapper--wide.main", "in\ndiv.story-body__\nwrapper--wide.main\n"},
		{"Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahr\ntsgesellschaft\n"},     // no mark
		{"a-Donaudampfschifffahrtsgesellschaft", "a-Donaudampfschifffa\nhrtsgesellschaft\n"}, // one far ahead
		{"https://news.example/a-long-story", "https://news.example/a-long-story\n"},
	} {
		if got := wrap(tt.text, "", "", 20); got != tt.want {
			t.Errorf("wrap(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestNarrowTerminal runs what prints tables or prose on a terminal of 60 columns: no
// line is longer, but for an address or a name of a file.
func TestNarrowTerminal(t *testing.T) {
	t.Parallel()
	narrow := func(args ...string) { // prints something, for which it is called
		t.Helper()
		var out terminal
		var errs bytes.Buffer
		run(args, strings.NewReader(""), &out, &errs)
		if out.Len() == 0 {
			t.Errorf("scrape %s printed nothing: %s", strings.Join(args, " "), errs.String())
		}
		for line := range strings.Lines(out.String()) {
			if text := strings.TrimSuffix(painted.ReplaceAllString(line, ""), "\n"); strings.TrimRight(text, " ") != text {
				t.Errorf("scrape %s: blanks at the end of %q", strings.Join(args, " "), text)
			}
			if n := tooWide(line); n > 60 {
				t.Errorf("scrape %s: %d columns: %s", args[0], n, strings.TrimSpace(line))
			}
		}
	}
	questions := islands(t)
	for _, question := range questions {
		narrow(question...)
	}
	kept := questions[0][slices.Index(questions[0], "--archive")+1]
	damage(t, kept)
	narrow("verify", "--full", "--archive", kept)
	narrow("repair", "--archive", kept)
	for _, name := range commandsUnder(newApp(nil, io.Discard, io.Discard).rootCommand()) {
		narrow(append([]string{"help"}, name...)...)
	}
}

// TestNarrationIsFolded: on a terminal no line of narration is broken within a word, and
// what goes on below stands as far in; elsewhere a line stays a line.
func TestNarrationIsFolded(t *testing.T) {
	t.Parallel()
	site, _ := newspaper(t)
	args := func(name string) []string {
		return []string{"crawl", site, "--allow-net", "127.0.0.0/8", "--delay", "0", "--max-pages", "3", "--archive", filepath.Join(t.TempDir(), name)}
	}
	var shown terminal
	var plain bytes.Buffer
	run(args("kept"), nil, io.Discard, &shown)
	run(args("again"), nil, io.Discard, &plain)
	if !strings.Contains(plain.String(), "past a budget of pages; scrape why") || strings.Contains(plain.String(), "\x1b") {
		t.Errorf("no terminal is told %s", plain.String())
	}
	if !strings.Contains(shown.String(), "past a budget of\n  pages; scrape why http") {
		t.Errorf("the reasons of what is left are not folded below their line:\n%s", shown.String())
	}
	for line := range strings.Lines(shown.String()) {
		if n := tooWide(line[strings.LastIndex(line, "\r")+1:]); n > 60+len("[K") { // where a count stood
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// damage breaks a record of an archive and takes a file of rows away.
func damage(t *testing.T, kept string) {
	t.Helper()
	first := func(pattern string) string {
		names, err := filepath.Glob(filepath.Join(kept, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		return names[0]
	}
	name := first("warc/*/*/*/*.warc.gz")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0xff
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(first("articles/*/*/*/*.jsonl.gz")); err != nil {
		t.Fatal(err)
	}
}

// ofTwoKinds are the keys that are not of one kind: rows are flat, so their warnings are
// a string; the program has a version, too; a trace has rules, and a test counts them.
var ofTwoKinds = []string{"warnings", "version", "rules"}

// TestJSONLines: with --json every line is an object with its type, and a key that
// several types have is of one kind in all of them.
func TestJSONLines(t *testing.T) {
	t.Parallel()
	first := map[string]string{} // key: its kind and where it was met first
	for _, question := range append(islands(t), []string{"version"}, []string{"rules", "lint"}) {
		var out bytes.Buffer
		run(append(question, "--json"), strings.NewReader(""), &out, io.Discard)
		for line := range strings.Lines(out.String()) {
			var keys map[string]any
			if err := json.Unmarshal([]byte(line), &keys); err != nil || keys["type"] == nil {
				t.Fatalf("%v: not an object with a type (%v): %s", question, err, line)
			}
			for key, value := range keys {
				kind := fmt.Sprintf("%.3T", value) // "str", "flo", "boo", "map", "[]i"
				if value == nil || slices.Contains(ofTwoKinds, key) {
					continue
				}
				if met := fmt.Sprintf("%s in %s", kind, keys["type"]); first[key] == "" {
					first[key] = met
				} else if first[key][:3] != kind {
					t.Errorf("%q is %s, and %s", key, first[key], met)
					first[key] = met
				}
			}
		}
	}
}

// commandsUnder are the ways to call a command's own commands, and theirs.
func commandsUnder(c *cobra.Command) (list [][]string) {
	for _, sub := range c.Commands() {
		list = append(list, strings.Fields(sub.CommandPath())[1:])
		list = append(list, commandsUnder(sub)...)
	}
	return list
}

var (
	painted = regexp.MustCompile("\x1b\\[[0-9;]*m")
	whole   = regexp.MustCompile(`^\W*(https?://\S+|/\S+)\W*$`)
)

// tooWide is how many columns a line takes, 0 where all of it is one address or name.
func tooWide(line string) int {
	line = painted.ReplaceAllString(strings.TrimSuffix(line, "\n"), "")
	if whole.MatchString(line) {
		return 0
	}
	return runewidth.StringWidth(line)
}
