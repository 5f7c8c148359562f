package main

import (
	"errors"
	"fmt"
	"io"
)

// judge holds the last lives against the first ones after the very first, whose
// archive was empty.
func judge(w io.Writer, lives []life, grow float64) error {
	if len(lives) < 3 {
		return fmt.Errorf("%d lives are too few to be compared", len(lives))
	}
	n := max(1, (len(lives)-1)/4)
	first, last := lives[1:1+n], lives[len(lives)-n:]
	var bad []error
	for _, name := range figures {
		a, b := meanOf(first, name), meanOf(last, name)
		more := 100 * (b - a) / a
		fmt.Fprintf(w, "%-30s lives 2 to %d: %.1f   last %d: %.1f   %+.1f %%\n", name, 1+n, a, n, b, more)
		if more > grow {
			bad = append(bad, fmt.Errorf("%s grew by %.1f %%", name, more))
		}
	}
	pages := 0.0
	for _, l := range lives {
		pages += l.pages
	}
	fmt.Fprintf(w, "%.0f pages in %d lives\n", pages, len(lives))
	if pages == 0 {
		bad = append(bad, errors.New("no page was visited"))
	}
	return errors.Join(bad...)
}

func meanOf(lives []life, name string) float64 {
	sum := 0.0
	for _, l := range lives {
		sum += l.mean[name]
	}
	return sum / float64(len(lives))
}
