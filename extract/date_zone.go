package extract

import (
	"strings"
	"time"

	"golang.org/x/text/language"
)

// offsets are the zones, in hours from UTC, that a page may mean by letters.
var offsets = map[string]float64{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
	"MSK": 3, "МСК": 3, "TRT": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
	"BRT": -3, "ART": -3, "PKT": 5, "NPT": 5.75, "WIB": 7, "WITA": 8, "WIT": 9, "ICT": 7, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "JST": 9, "KST": 9,
	"AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3}

// localOffsets are those of letters that mean something else in a country.
var localOffsets = map[string]map[string]float64{"IST": {"in": 5.5, "il": 2, "ie": 1}, "CST": {"cn": 8, "tw": 8, "cu": -5}, "BST": {"bd": 6}, "PST": {"ph": 8}}

// seasonal are the American zones, of standard time, whose letters leave open whether it is summer.
var seasonal = map[string]float64{"ET": -5, "CT": -6, "MT": -7, "PT": -8}

// zone returns the offset from UTC, in seconds, that letters mean at a local time. Two
// letters are words in most languages.
func (r dateReader) zone(letters string, local time.Time) (seconds int, ok bool) {
	hours, ok := offsets[letters]
	if own, is := localOffsets[letters][r.country]; is {
		hours, ok = own, true
	}
	if standard, is := seasonal[letters]; is && (r.lang == "en" || r.lang == "es") {
		hours, ok = standard, true
		if americanSummer(local) {
			hours++
		}
	}
	return int(hours * 3600), ok
}

// americanSummer reports whether the clocks of the United States show summer time.
func americanSummer(local time.Time) bool {
	start, end := sunday(local.Year(), time.March, 8), sunday(local.Year(), time.November, 1)
	if local.Year() < 2007 {
		start, end = sunday(local.Year(), time.April, 1), sunday(local.Year(), time.October, 25)
	}
	clock := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
	return !clock.Before(start) && clock.Before(end)
}

// sunday returns two o'clock on the first Sunday that is not before a day.
func sunday(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 2, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}

// abbreviated gives a time parsed with a zone's letters the offset that they mean, and
// reports whether it is known. Letters that nobody knows are taken for UTC.
func (r dateReader) abbreviated(t time.Time) (time.Time, bool) {
	name, offset := t.Zone()
	seconds, ok := r.zone(name, t)
	switch {
	case offset != 0:
		return t, true
	case !ok:
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC), localOffsets[name] == nil
	}
	return t.Add(-time.Duration(seconds) * time.Second).In(time.FixedZone(name, seconds)), true
}

// country returns the country of a page, in two small letters, as far as it matters to what
// zones are called: that of the address, else that of the language; "" if it is not clear.
func country(m *metadata, d *document) string {
	host := d.url.Hostname()
	if last := host[strings.LastIndexByte(host, '.')+1:]; zonedCountries[last] {
		return last
	}
	tag, err := language.Parse(m.language.value)
	if err != nil || m.language.value == "" {
		return ""
	}
	region, sure := tag.Region()
	if base, _ := tag.Base(); sure < language.High && (base.String() == "en" || base.String() == "es") {
		return ""
	}
	return strings.ToLower(region.String())
}

// zonedCountries are those of localOffsets.
var zonedCountries = wordSet("in\nil\nie\ncn\ntw\ncu\nbd\nph", strings.ToLower)
