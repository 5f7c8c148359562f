package main

import (
	"fmt"
	"strings"

	"newsarchive/archive"
	"newsarchive/page"
)

// tell counts a row and prints it where it is another. It reports whether it is to
// be stored.
func (x *reextracting) tell(n archive.Reread) (bool, error) {
	x.done.Rows++
	switch n.Verdict {
	case archive.Recovered:
		x.done.Recovered++
	case archive.Changed:
		x.done.Changed++
	case archive.Worse:
		x.done.Worse++
	case archive.Added:
		x.done.Added++
	case archive.Missed:
		x.done.Missed++
		return false, x.print(n)
	default:
		x.done.Unchanged++
	}
	wanted := false
	for _, name := range x.only {
		wanted = wanted || name == n.Verdict
	}
	if !wanted {
		return false, nil
	}
	return true, x.print(n)
}

func (x *reextracting) print(n archive.Reread) error {
	o, w := n.Old, n.New
	if x.json {
		return x.out.line(rereadLine{"reextract", n.Verdict, w.ID, w.Version, w.Extraction, w.URL, o.Outcome, w.Outcome, o.WordCount, w.WordCount, n.Fields})
	}
	before := fmt.Sprintf("%s, %s", o.Outcome, count(o.WordCount, "word"))
	if o.ID == "" {
		before = "no row"
	}
	return x.out.fold(pad(n.Verdict, 9)+"  ", fmt.Sprintf("%s v%d  %s → %s, %s  %s", w.ID, w.Version, before, w.Outcome, count(w.WordCount, "word"),
		page.Printable(w.URL+"  "+strings.Join(n.Fields, " "), 300)))
}

func (x *reextracting) end() error {
	d := x.done
	if x.json {
		if err := x.out.line(d); err != nil {
			return err
		}
	} else if err := x.out.flush(); err != nil {
		return err
	}
	if d.Rows+d.Unreadable == 0 && x.site != "" {
		x.say("nothing of that site is what was asked for; scrape stats%s counts what there is", x.archiveFlag())
		return saidCode(exitNoArticle)
	}
	next := "nothing is written without --apply"
	if d.Applied {
		next = count(d.Stored, "row") + " stored"
	}
	without := ""
	if d.Added+d.Missed > 0 {
		without = fmt.Sprintf(" %d added, %d missed,", d.Added, d.Missed)
	}
	x.say("%s read again: %d recovered, %d changed, %d worse,%s %d unchanged, %d unreadable; %s", count(d.Rows, "row"), d.Recovered, d.Changed, d.Worse, without, d.Unchanged, d.Unreadable, next)
	if d.Unreadable > 0 {
		return saidCode(exitArchive)
	}
	return nil
}
