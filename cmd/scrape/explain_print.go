package main

import (
	"fmt"
	"strings"

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
	e.line("%s  %s, %s, %s", e.head("outcome"), e.out.paint(outcomeStyle(t.Outcome), string(t.Outcome)), count(e.row.WordCount, "word"), "extractor "+t.ExtractorVersion+", rules "+t.RulesVersion)
	for _, v := range t.Evidence {
		e.line("%s%s  %s", e.head(""), pad(v.Name, 28), clip(v.Value, 90))
	}
	e.rules()
	for _, f := range t.Fields {
		e.field(f)
	}
	e.body()
}

func (e explained) line(format string, args ...any) { fmt.Fprintf(e.out, format+"\n", args...) }

// head is the column of names.
func (e explained) head(name string) string { return e.out.paint(bold, pad(name, 14)) }

func (e explained) rules() {
	if len(e.trace.Rules) == 0 {
		e.line("%sno rule for this site was asked", e.head("site rules"))
	}
	for i, r := range e.trace.Rules {
		name := ""
		if i == 0 {
			name = "site rules"
		}
		verdict := e.out.paint(green, "taken")
		if !r.Taken {
			verdict = e.out.paint(yellow, "set aside: "+r.Reason)
		}
		e.line("%s%s  %s (%s, %s:%d)  containers %d, removed %d%s%s", e.head(name), verdict, page.Printable(r.Name, 60), r.Layer, page.Printable(r.File, 100), r.Line,
			r.Content, r.Removed, listed("; filled ", r.Fields), listed("; not found ", r.Missed))
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
	e.line("%s%s  %s", e.head(f.Name), clip(or(f.Value, "—"), 90), e.out.paint(dim, f.Source))
	if len(f.Candidates) < 2 {
		return
	}
	for _, c := range f.Candidates {
		mark, score := " ", ""
		if c.Chosen {
			mark = "*"
		}
		if c.Score > 0 {
			score = fmt.Sprint(c.Score)
		}
		e.line("%s%s %4s  %s  %s", e.head(""), mark, score, pad(c.Source, 28), clip(c.Value, 80))
	}
}

func (e explained) body() {
	b := e.trace.Body
	e.line("%s%s in %s, quality %d %%", e.head("text"), or(b.Source, "none"), or(b.Container, "no container"), b.Quality)
	for _, c := range b.Candidates {
		mark := " "
		if c.Chosen {
			mark = "*"
		}
		e.line("%s%s %6d  %s  %s", e.head(""), mark, c.Chars, pad(c.Source, 28), clip(or(c.Container, "script data"), 80))
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
		e.line("%s%s outside of the article; --all shows them", e.head(""), count(outside, "block"))
	}
}

// block prints a block that was kept as "+", a dropped one with its reason.
func (e explained) block(x extract.BlockTrace) {
	verdict := pad("+", 24)
	if !x.Kept {
		verdict = e.out.paint(yellow, pad("- "+x.Reason, 24))
	}
	e.line("  %s %6d  %s  %s", verdict, x.Chars, pad(x.Place, 30), clip(x.Text, 70))
}
