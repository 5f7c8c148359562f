package extract

import (
	"cmp"
	"time"

	"newsarchive/page"
)

// Bounds are what one page may cost. A field that is 0 takes its default, with
// which the same bytes give the same row everywhere; a page beyond one is read up
// to it, and its row says so in Truncated and Warnings.
type Bounds struct {
	HTML       int           // bytes of decoded markup; default 12 MiB
	Tags       int           // tags, and so about half of the nodes; default 200,000
	Attributes int           // of one tag; default 1,000
	Links      int           // kept of one page; default 10,000
	ParseTime  time.Duration // for what no count foresees; default 4 s; honest pages take milliseconds
}

func (b Bounds) filled() Bounds {
	return Bounds{
		HTML:       cmp.Or(b.HTML, maxHTML),
		Tags:       cmp.Or(b.Tags, maxTags),
		Attributes: cmp.Or(b.Attributes, maxAttrs),
		Links:      cmp.Or(b.Links, maxLinks),
		ParseTime:  cmp.Or(b.ParseTime, parseTime),
	}
}

// of returns what the document of ex may cost. One that was longer than answers may
// be is no article to its end: where such answers come without end, each of them
// would cost as much as a thousand pages.
func (b Bounds) of(ex *page.Exchange) Bounds {
	if ex.Truncated == "length" {
		b.Tags /= 8
	}
	return b
}
