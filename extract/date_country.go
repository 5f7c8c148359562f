package extract

import (
	_ "embed" // for the clocks of countries
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the same clocks wherever it runs

	"golang.org/x/text/language"
)

//go:embed data/zones.txt
var zoneList string

// zones are the names of the clocks of countries that have one, by the last part of their
// addresses.
var zones = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, line := range listOf(zoneList) {
		country, zone, _ := strings.Cut(line, " ")
		names[country] = zone
	}
	return names
})

// locations are the clocks that were asked for, by name.
var locations sync.Map

// clock returns the zone of a page's country; nil if the country is not clear or has several.
func (x *dates) clock() *time.Location {
	zone, ok := zones()[x.country]
	if !ok {
		return nil
	}
	if at, ok := locations.Load(zone); ok {
		return at.(*time.Location)
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		return nil
	}
	locations.Store(zone, at)
	return at
}

// homeCountry returns the country of a page in two small letters: that of the address, else of
// the language; "" if neither tells.
func (m *metadata) homeCountry(d *document) string {
	host := d.url.Hostname()
	if last := host[strings.LastIndexByte(host, '.')+1:]; len(last) == 2 {
		return last
	}
	return homeland(m.language.value)
}

// homeland returns the country that a language tag names, or the only one where the
// language is at home; "" for languages of the world, whose tags say little of where the writer is.
func homeland(declared string) string {
	tag, err := language.Parse(declared)
	if err != nil {
		return ""
	}
	base, _ := tag.Base()
	region, sure := tag.Region()
	if name := base.String(); ofTheWorld[name] || sure < language.Exact && !ofOneCountry[name] {
		return ""
	}
	return strings.ToLower(region.String())
}

var (
	ofTheWorld   = wordSet("en\nes\nfr\npt\nar", strings.ToLower)
	ofOneCountry = wordSet("ja\nko\nth\nvi\nhe", strings.ToLower)
)

// byClock gives a time of day without an offset the one of the page's country. Midnight is
// how systems write a day.
func (x *dates) byClock(s stamp) stamp {
	at := x.clock()
	if at == nil {
		return s
	}
	y, month, d := s.time.Date()
	h, minute, sec := s.time.Clock()
	if h+minute+sec == 0 {
		s.precision = "day"
		return s
	}
	s.time = time.Date(y, month, d, h, minute, sec, s.time.Nanosecond(), at)
	s.zoned, s.ofCountry = true, true
	return s
}
