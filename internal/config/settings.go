package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"newsarchive/internal/spelling"
)

// Settings are how a site is crawled. A site's own go before the file's defaults,
// these before the preset.
type Settings struct {
	Preset    string    `yaml:"preset" doc:"where settings that are left out come from" enum:"polite fast evidence research monitor"`
	Every     Duration  `yaml:"every" doc:"time between two runs"`
	Cron      string    `yaml:"cron" doc:"when to run, as five fields of cron; instead of every"`
	Timezone  string    `yaml:"timezone" doc:"time zone of cron, such as Europe/Berlin; default UTC"`
	Discover  []Channel `yaml:"discover" doc:"how new pages are found"`
	Include   []string  `yaml:"include" doc:"follow only addresses that match one of these regular expressions"`
	Exclude   []string  `yaml:"exclude" doc:"do not follow addresses that match one of these regular expressions"`
	Depth     int       `yaml:"depth" doc:"links in a row from a start address at most; 0: no limit"`
	MaxPerRun int       `yaml:"max_per_run" doc:"pages of the site in one run at most; 0: no limit"`
	Delay     Duration  `yaml:"delay" doc:"least time between two requests to one host"`
	Timeout   Duration  `yaml:"timeout" doc:"time for one answer, body included"`
	MaxBody   Size      `yaml:"max_body" doc:"bytes of one page at most, decoded"`
	Revisit   Revisit   `yaml:"revisit" doc:"when an article is visited again, to see its edits"`
	Policy    Signposts `yaml:"policy" doc:"what the site's own signals do: obey, record or refuse"`
}

// Revisit is the ladder of an article's visits.
type Revisit struct {
	Schedule []Duration `yaml:"schedule" doc:"time to the second visit, from it to the third, and so on; empty: never again"`
}

// Signposts say what is done about the signals of a site: obey does what they say,
// record notes them and goes on, refuse visits no page that bears one.
type Signposts struct {
	Robots Robots `yaml:"robots" doc:"robots.txt"`
	TDM    Policy `yaml:"tdm" doc:"reservations of text and data mining"`
	AI     Policy `yaml:"ai" doc:"signals against use for AI"`
}

// presets name sets of settings. What they leave out is that of polite.
var presets = map[string]func(*Settings){
	"polite": func(*Settings) {},
	"fast": func(s *Settings) {
		s.Delay, s.Every, s.Timeout = 250*millisecond, 15*minute, 15*second
	},
	"evidence": func(s *Settings) {
		s.MaxBody, s.Timeout = 50_000_000, minute
		s.Discover = []Channel{"feed", "news_sitemap", "sitemap", "section", "links"}
		s.Revisit.Schedule = []Duration{hour, 6 * hour, day, 3 * day, 7 * day, 30 * day}
	},
	"research": func(s *Settings) {
		s.Every, s.Policy.TDM = 6*hour, Obey
		s.Discover = []Channel{"feed", "news_sitemap", "sitemap", "section", "links"}
	},
	"monitor": func(s *Settings) {
		s.Every, s.Depth = 10*minute, 1
		s.Discover = []Channel{"feed", "news_sitemap"}
		s.Revisit.Schedule = []Duration{15 * minute, hour, 6 * hour, day}
	},
}

// polite is what every preset begins with.
func polite() Settings {
	return Settings{
		Preset: "polite", Every: hour, Timezone: "UTC", Delay: second, Timeout: 30 * second, MaxBody: 20_000_000,
		Discover: []Channel{"feed", "news_sitemap", "links"},
		Revisit:  Revisit{Schedule: []Duration{hour, 6 * hour, day, 7 * day, 30 * day}},
		Policy:   Signposts{Robots: Obey, TDM: Record, AI: Record},
	}
}

// complete gives each site the settings that it does not have of its own.
func (c *Config) complete(d *decoder, body ast.Node) {
	defaults := child(body, "defaults")
	nodes := elements(child(body, "sites"))
	for i := range c.Sites {
		s := &c.Sites[i]
		*s = Site{Settings: polite(), Origins: Origins{}, Place: place(nodes[i])}
		s.Preset = d.preset(nodes[i], defaults)
		presets[s.Preset](&s.Settings)
		overlay(d, s, defaults, nodes[i])
		s.fill()
	}
}

// overlay writes the file's defaults over the preset's settings, and the site's own over those.
func overlay(d *decoder, s *Site, defaults, own ast.Node) {
	name := s.Preset
	if defaults != nil {
		d.into(defaults, &s.Settings, s.Origins)
	}
	mine := Origins{}
	d.into(own, s, mine)
	s.Preset = name // a wrong one was told of
	maps.Copy(s.Origins, mine)
	s.choose(mine)
}

// choose keeps of every and cron the one that stands nearer to the site; both stay where
// both stand there, for the check.
func (s *Site) choose(own Origins) {
	_, every := own["every"]
	_, cron := own["cron"]
	switch {
	case every && !cron:
		s.Cron = ""
		delete(s.Origins, "cron")
	case cron && !every:
		delete(s.Origins, "every")
	}
	if _, every = s.Origins["every"]; s.Cron != "" && !every {
		s.Every = 0
	}
}

// fill derives the id and the start address from the site.
func (s *Site) fill() {
	if s.ID == "" {
		s.ID = strings.TrimSuffix(hostOf(s.Site, s.Start), ".")
	}
	if len(s.Start) == 0 && s.Site != "" {
		s.Start = []string{s.Site}
	}
}

// preset returns the name of the preset that counts for a site.
func (d *decoder) preset(nodes ...ast.Node) string {
	for _, n := range nodes {
		v := child(n, "preset")
		if v == nil {
			continue
		}
		name, ok := text(v)
		if _, known := presets[name]; ok && known {
			return name
		}
		if ok {
			d.fail(v, "no preset is called %q%s", name, spelling.OrOneOf(name, slices.Sorted(maps.Keys(presets))))
		}
		break
	}
	return "polite"
}
