package health

import (
	"math"
	"time"
)

// The states of a site that is held to limits.
const (
	Silent  State = "silent"   // no new article for longer than is wished
	LowRate State = "low_rate" // too few pages give an article
)

// The names of the limits, as configs have them.
const (
	NoNewFor  = "no_new_for"
	RateBelow = "extract_rate_below"
)

// Limits are what each site must hold, whatever it was before. The zero value has none.
type Limits struct {
	NoNewFor  time.Duration // the longest time without a new article; 0: any
	RateBelow float64       // the least share of the newest pages that gives an article, 0 to 1; 0: any
}

// Any reports whether there is a limit.
func (l Limits) Any() bool { return l.NoNewFor > 0 || l.RateBelow > 0 }

// LimitTurns returns the alerts that are due, one for each site and limit that was
// kept when it was told of last and is not now, or the other way round. A site
// without a new article is silent since the last one, or since it was first looked at.
func (k Known) LimitTurns(l Limits, verdicts []Verdict, now time.Time) (out []Alert) {
	for _, v := range verdicts {
		if _, known := k.First[v.Site]; !known {
			k.First[v.Site] = now
		}
		since := v.LastNew
		if since.IsZero() {
			since = k.First[v.Site]
		}
		if l.NoNewFor > 0 {
			hours := int(now.Sub(since).Hours())
			state := over(now.Sub(since) > l.NoNewFor, Silent)
			out = k.limitTurn(out, v, NoNewFor, state, since, Finding{What: NoNewFor, State: state, Before: int(l.NoNewFor.Hours()), Now: hours})
		}
		if l.RateBelow > 0 && v.Newest.Captures >= least {
			share := int(math.Ceil(l.RateBelow * 100))
			state := over(v.Newest.Articles < share, LowRate)
			out = k.limitTurn(out, v, RateBelow, state, v.Since, Finding{What: RateBelow, State: state, Before: share, Now: v.Newest.Articles})
		}
	}
	return out
}

func over(is bool, state State) State {
	if is {
		return state
	}
	return OK
}

func (k Known) limitTurn(out []Alert, v Verdict, limit string, state State, since time.Time, f Finding) []Alert {
	was := k.Limits[limit][v.Site]
	if was == "" {
		was = OK
	}
	if state == was {
		return out
	}
	al := Alert{Site: v.Site, Limit: limit, State: state, Was: was, Since: since, Findings: []Finding{f}, Examples: v.Examples}
	return append(out, al)
}
