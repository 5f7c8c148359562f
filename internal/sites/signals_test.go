package sites

import (
	"context"
	"testing"

	"newsarchive/page"
)

// bench is an extractor and a store that remember whether they were used.
type bench struct{ read, kept bool }

func (b *bench) Extract(*page.Capture) *page.Reading {
	b.read = true
	return &page.Reading{Row: page.Row{Outcome: page.OK}}
}

func (b *bench) Put(context.Context, *page.Capture, *page.Reading) (page.Row, error) {
	b.kept = true
	return page.Row{}, nil
}

func TestReservationsCountAsTheConfigSays(t *testing.T) {
	for _, tt := range []struct {
		policy, header, value, body, file string
		read, kept                        bool
	}{
		{"{tdm: record}", "Tdm-Reservation", "1", "", "", true, true},
		{"{tdm: obey}", "Tdm-Reservation", "1", "", "", false, true},
		{"{tdm: refuse}", "Tdm-Reservation", "1", "", "", false, false},
		{"{tdm: refuse}", "Tdm-Reservation", "0", "", "", true, true},
		{"{tdm: refuse}", "X-Robots-Tag", "noai", "", "", true, true},
		{"{ai: refuse}", "X-Robots-Tag", "noai", "", "", false, false},
		{"{ai: obey}", "Content-Usage", "train-ai=n", "", "", false, true},
		{"{ai: obey}", "X-Robots-Tag", "otherbot: noai", "", "", true, true},
		{"{tdm: obey}", "X", "", `<html><head><meta name="tdm-reservation" content="1"></head></html>`, "", false, true},
		{"{tdm: obey}", "Tdm-Reservation", "1", `<html><head><meta name="tdm-reservation" content="0"></head></html>`, "", true, true},
		{"{tdm: obey}", "X", "", "", "tdm-reservation: 1 (/.well-known/tdmrep.json)", false, true},
		{"{tdm: refuse}", "X", "", "", "tdm-reservation: 1 (/.well-known/tdmrep.json)", false, false},
		{"{tdm: record}", "X", "", "", "tdm-reservation: 1 (/.well-known/tdmrep.json)", true, true},
		{"{tdm: obey}", "X", "", "", "tdm-reservation: 0 (/.well-known/tdmrep.json)", true, true},
		{"{tdm: obey}", "Tdm-Reservation", "0", "", "tdm-reservation: 1 (/.well-known/tdmrep.json)", true, true},
		{"{tdm: obey}", "X", "", `<html><head><meta name="tdm-reservation" content="0"></head></html>`, "tdm-reservation: 1 (/.well-known/tdmrep.json)", true, true},
	} {
		s, b := set(t, "policy: "+tt.policy), new(bench)
		c := capture("https://news.example/a", tt.body)
		c.TDM = tt.file
		c.Exchanges[0].Header = page.Header{tt.header: {tt.value}}
		r := s.Reader(b).Extract(c)
		if _, err := s.Keeper(b).Put(t.Context(), c, r); err != nil {
			t.Fatal(err)
		}
		if b.read != tt.read || b.kept != tt.kept {
			t.Errorf("%s with %s: %s %s: read %v, kept %v", tt.policy, tt.header, tt.value, tt.body, b.read, b.kept)
		}
		if !b.read && (r.Row.Outcome != page.RobotsDenied || c.Err == "" || r.Row.TDM == "" || r.Row.Text != "") {
			t.Errorf("%s: the refusal is not told: %+v, %q", tt.policy, r.Row.Outcome, c.Err)
		}
	}
}
