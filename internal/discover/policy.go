package discover

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"newsarchive/page"
)

// A Signal is something that a site says about the use of what it publishes.
type Signal struct {
	Name  string `json:"name"`  // "tdm-reservation", "tdm-policy", "content-usage", "noai", "noimageai", "noarchive", "noindex", "nofollow"
	Value string `json:"value"` // as said; "" for bare words
	Where string `json:"where"` // "header", "meta", "robots.txt" or "/.well-known/tdmrep.json"
}

// Reserves reports a signal that refuses text and data mining, or the training of
// models: TDMRep's tdm-reservation of 1, a Content-Usage that says no to either
// (draft-ietf-aipref-vocab), noai.
func (s Signal) Reserves() bool {
	switch s.Name {
	case "tdm-reservation":
		return strings.TrimSpace(s.Value) == "1"
	case "noai":
		return true
	case "content-usage":
		return usageSaysNo(s.Value)
	}
	return false
}

// usageSaysNo reads a Content-Usage value, a dictionary such as "train-ai=n, search=y",
// with a path before it in robots.txt.
func usageSaysNo(v string) bool {
	for item := range strings.FieldsFuncSeq(strings.ToLower(v), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		switch item {
		case "train-ai=n", "train-genai=n", "tdm=n", "bots=n", "ai=n", "all=n":
			return true
		}
	}
	return false
}

// maxValue is how many bytes of a signal's value are kept.
const maxValue = 500

func (s *pageScan) meta(attrs map[string]string) {
	name := strings.ToLower(strings.TrimSpace(attrs["name"]))
	switch name {
	case "tdm-reservation", "tdm-policy", "content-usage":
		s.signal(Signal{name, clip(attrs["content"]), "meta"})
	case "robots":
		for _, w := range words(attrs["content"]) {
			s.signal(Signal{w, "", "meta"})
		}
	}
}

func (s *pageScan) signal(sig Signal) {
	if len(s.hints.Policy) < maxHints {
		s.hints.Policy = append(s.hints.Policy, sig)
	}
}

// words returns the directives of a robots tag that are signals.
func words(list string) (out []string) {
	for d := range strings.SplitSeq(strings.ToLower(list), ",") {
		switch d = strings.TrimSpace(d); d {
		case "noai", "noimageai", "noarchive", "noindex", "nofollow":
			out = append(out, d)
		}
	}
	return out
}

func clip(s string) string {
	s = strings.TrimSpace(s)
	return s[:min(len(s), maxValue)]
}

// Headers returns the signals of an HTTP head. X-Robots-Tag counts where it is for
// all robots, or for the one whose product token is given.
func Headers(h page.Header, token string) (out []Signal) {
	for _, name := range [...]string{"TDM-Reservation", "TDM-Policy", "Content-Usage"} {
		for _, v := range h.Values(name) {
			out = append(out, Signal{strings.ToLower(name), clip(v), "header"})
		}
	}
	for _, v := range h.Values("X-Robots-Tag") {
		if who, rest, named := strings.Cut(v, ":"); named && !strings.Contains(who, ",") && !strings.EqualFold(strings.TrimSpace(who), "unavailable_after") {
			if !strings.EqualFold(strings.TrimSpace(who), token) {
				continue
			}
			v = rest
		}
		for _, w := range words(v) {
			out = append(out, Signal{w, "", "header"})
		}
	}
	return out
}

// A Robots is what a robots.txt says beside its rules.
type Robots struct {
	Sitemaps []string // in order, each once
	Policy   []Signal // Content-Usage lines
}

// RobotsTxt reads the lines of a robots.txt that are no rules.
func RobotsTxt(body []byte, base *url.URL) *Robots {
	r := new(Robots)
	text := strings.TrimPrefix(string(body[:min(len(body), 500<<10)]), "\ufeff")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		name, value, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "sitemap":
			if u, ok := resolve(base, value); ok {
				put(&r.Sitemaps, u)
			}
		case "content-usage":
			value, _, _ = strings.Cut(value, "#")
			if len(r.Policy) < maxHints {
				r.Policy = append(r.Policy, Signal{"content-usage", clip(value), "robots.txt"})
			}
		}
	}
	return r
}

// A TDMRule is one rule of a TDM Reservation Protocol file.
type TDMRule struct {
	Location    string `json:"location"` // pattern of a path, as in robots.txt
	Reservation int    `json:"tdm-reservation"`
	Policy      string `json:"tdm-policy"` // address of a policy; "" if none
}

// TDMFile marks what such a file says, where it stands beside what pages say.
const TDMFile = "(/.well-known/tdmrep.json)"

// String tells the rule as a page would, and where it stands.
func (r TDMRule) String() string {
	s := fmt.Sprintf("tdm-reservation: %d", r.Reservation)
	if r.Policy != "" {
		s += "; tdm-policy: " + r.Policy
	}
	return s + " " + TDMFile
}

// TDMRep reads /.well-known/tdmrep.json (W3C TDMRep, 2024).
func TDMRep(body []byte) ([]TDMRule, error) {
	var raw []struct {
		Location    string          `json:"location"`
		Reservation json.RawMessage `json:"tdm-reservation"`
		Policy      string          `json:"tdm-policy"`
	}
	if err := json.Unmarshal(body[:min(len(body), 500<<10)], &raw); err != nil {
		return nil, err
	}
	rules := make([]TDMRule, 0, min(len(raw), 1000))
	for _, r := range raw[:min(len(raw), 1000)] {
		rule := TDMRule{Location: clip(r.Location), Policy: clip(r.Policy)}
		if strings.Trim(string(r.Reservation), `" `) == "1" {
			rule.Reservation = 1
		}
		rules = append(rules, rule)
	}
	return rules, nil
}
