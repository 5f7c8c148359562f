package main

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"newsarchive/extract"
	"newsarchive/page"
)

// explained prints a trace for people.
type explained struct {
	out   *output
	row   page.Row
	trace *extract.Trace
	all   bool
}

func (e explained) print() {
	t := e.trace
	e.line("%s", e.out.paint(bold, or(t.URL, "(no address)")))
	e.told("outcome", fmt.Sprintf("%s, %s, extractor %s, rules %s", t.Outcome, count(e.row.WordCount, "word"), t.ExtractorVersion, t.RulesVersion), outcomeStyle(t.Outcome), string(t.Outcome))
	name := e.out.fit(28, 40)
	for _, v := range t.Evidence {
		e.line("%s%s  %s", e.head(""), pad(v.Name, name), clip(v.Value, e.out.fit(90, nameWidth+name+2)))
	}
	e.rules()
	for _, f := range t.Fields {
		e.field(f)
	}
	e.body()
}

func (e explained) line(format string, args ...any) {
	fmt.Fprint(e.out, unpadded(fmt.Sprintf(format+"\n", args...)))
}

// nameWidth is that of the column of names.
const nameWidth = 14

// head is the column of names.
func (e explained) head(name string) string { return e.out.paint(bold, pad(name, nameWidth)) }

// told prints text beside a name, its first words in a style.
func (e explained) told(name, text string, st style, words string) {
	s := e.out.folded(pad(name, nameWidth), text)
	rest, ok := strings.CutPrefix(s[len(pad(name, nameWidth)):], words)
	if !ok { // broken within
		rest, words = s[len(pad(name, nameWidth)):], ""
	}
	fmt.Fprint(e.out, unpadded(e.head(name)+e.out.paint(st, words)+rest)) // the next flush has the error
}

func (e explained) rules() {
	if len(e.trace.Rules) == 0 {
		e.line("%sno rule for this site was asked", e.head("site rules"))
	}
	for i, r := range e.trace.Rules {
		name := ""
		if i == 0 {
			name = "site rules"
		}
		verdict, st := "taken", green
		if !r.Taken {
			verdict, st = "set aside: "+r.Reason, yellow
		}
		e.told(name, fmt.Sprintf("%s  %s (%s, %s:%d)  containers %d, removed %d%s%s", verdict, page.Printable(r.Name, 60), r.Layer, page.Printable(r.File, 100), r.Line,
			r.Content, r.Removed, listed("; filled ", r.Fields), listed("; not found ", r.Missed)), st, verdict)
	}
}

func listed(before string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return before + strings.Join(names, ", ")
}

func (e explained) field(f extract.FieldTrace) {
	if f.Value == "" && len(f.Candidates) == 0 {
		return
	}
	value := clip(or(f.Value, "—"), e.out.fit(90, nameWidth))
	if n := e.out.columns(); n > 0 && nameWidth+runewidth.StringWidth(value)+2+len(f.Source) > n {
		e.line("%s%s\n%s%s", e.head(f.Name), value, e.head(""), e.out.paint(dim, clip(f.Source, n-nameWidth)))
	} else {
		e.line("%s%s  %s", e.head(f.Name), value, e.out.paint(dim, f.Source))
	}
	if len(f.Candidates) < 2 {
		return
	}
	for _, c := range f.Candidates {
		score := ""
		if c.Score > 0 {
			score = fmt.Sprint(c.Score)
		}
		e.candidate(c.Chosen, 4, score, c.Source, c.Value)
	}
}

// candidate prints what might have been taken: a star before what was, its score in so
// many columns, where it stands and what it is.
func (e explained) candidate(chosen bool, columns int, score, source, value string) {
	mark, in, name := " ", nameWidth, 28
	if chosen {
		mark = "*"
	}
	if e.out.narrow(96) {
		in, name = 4, 24
	}
	e.line("%*s%s %*s  %s  %s", in, "", mark, columns, score, pad(source, name), clip(value, e.out.fit(80, in+2+columns+2+name+2)))
}

func (e explained) body() {
	b := e.trace.Body
	e.told("text", fmt.Sprintf("%s in %s, quality %d %%", or(b.Source, "none"), or(b.Container, "no container"), b.Quality), "", "")
	for _, c := range b.Candidates {
		e.candidate(c.Chosen, 6, fmt.Sprint(c.Chars), c.Source, or(c.Container, "script data"))
	}
	outside := 0
	for _, x := range b.Blocks {
		if x.Reason == "outside" && !e.all {
			outside++
			continue
		}
		e.block(x)
	}
	if outside > 0 {
		e.told("", count(outside, "block")+" outside of the article; --all shows them", "", "")
	}
}

// block prints a block that was kept as "+", a dropped one with its reason; on a narrow
// terminal its text stands below.
func (e explained) block(x extract.BlockTrace) {
	verdict, st := "+", style("")
	if !x.Kept {
		verdict, st = "- "+x.Reason, yellow
	}
	if n := e.out.columns(); e.out.narrow(100) {
		e.line("  %s %6d  %s\n      %s", e.out.paint(st, pad(verdict, 24)), x.Chars, clip(x.Place, n-35), clip(x.Text, min(70, n-6)))
		return
	}
	e.line("  %s %6d  %s  %s", e.out.paint(st, pad(verdict, 24)), x.Chars, pad(x.Place, 30), clip(x.Text, e.out.fit(70, 67)))
}
