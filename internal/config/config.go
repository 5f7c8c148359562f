// Package config reads scrape.yaml: which sites are crawled, when, how and by whom.
//
// The file is strict: a key that is not known, a value of the wrong kind and a
// secret that is not set are errors with line and column. What a file leaves out
// comes from a preset. Where each value came from is kept, so that it can be shown.
//
// docs/config.md lists the keys; Schema prints them for editors.
package config

import (
	"fmt"
	"os"
	"strings"

	"newsarchive/internal/bounds"
	"newsarchive/internal/fetch"
)

// A Config is what a file says, completed and checked.
type Config struct {
	Archive  string   `yaml:"archive" doc:"folder of the archive"`
	Frontier string   `yaml:"frontier" doc:"what is to be visited: a file, or postgres://…; empty: a file beside the archive"`
	Identity Identity `yaml:"identity" doc:"who crawls; sites see it in the User-Agent"`
	AllowNet []string `yaml:"allow_net" doc:"private addresses that may be visited too: CIDR[:PORT]"`
	Workers  int      `yaml:"workers" doc:"hosts visited at the same time"`
	Bounds   Bounds   `yaml:"bounds" doc:"what one page may cost, by the names of scrape help bounds"`
	Defaults Settings `yaml:"defaults" doc:"settings of all sites that do not have their own"`
	Sites    []Site   `yaml:"sites" doc:"the sites to crawl"`
	Alerts   Alerts   `yaml:"alerts" doc:"when to call for help"`
	Report   Report   `yaml:"report" doc:"what is told of each run"`

	// Origins tells where the values of the top level came from, by their dotted
	// keys ("identity.name"); keys that the file leaves out are missing.
	Origins Origins `yaml:"-"`
	File    string  `yaml:"-"` // as it was named
}

// Identity says who crawls.
type Identity struct {
	Name    string `yaml:"name" doc:"name of the project"`
	Contact string `yaml:"contact" doc:"address for complaints: mail or web"`
}

// UserAgent names the program and its user to sites.
func (i Identity) UserAgent(software string) string {
	return fmt.Sprintf("%s (%s; +%s)", software, i.Name, i.Contact)
}

// Alerts say when somebody is called, and how.
type Alerts struct {
	Webhook  string   `yaml:"webhook" doc:"address that a JSON message is posted to; use ${VAR} for secrets"`
	AllowNet []string `yaml:"allow_net" doc:"private addresses that the webhook may be at: CIDR[:PORT]"`
	When     []State  `yaml:"when" doc:"states of a site that are worth an alert"`
	// The limits of internal/health; 0 for none.
	NoNewFor         Duration `yaml:"no_new_for" doc:"alert where a site gave no new article for so long; 0: never"`
	ExtractRateBelow float64  `yaml:"extract_rate_below" doc:"alert where a smaller share of a site's newest pages gives an article, 0 to 1; 0: never"`
}

// Report says what is told of each run.
type Report struct {
	HTML bool `yaml:"html" doc:"write runs/RUN.html next to the archive after each run"`
}

// A Site is one site with its settings.
type Site struct {
	ID       string   `yaml:"id" doc:"short name; default: the host of the site"`
	Site     string   `yaml:"site" doc:"host or address of the front page"`
	Start    []string `yaml:"start" doc:"addresses to begin at; default: the front page"`
	Settings `yaml:",inline"`

	Origins Origins `yaml:"-"` // of the site's values, presets and defaults included
	Place   Origin  `yaml:"-"` // at which the site begins
}

// maxFile bounds a config, in bytes.
const maxFile = 4 << 20

// Load reads and checks the file. What is wrong in it is told as Errors.
func Load(name string) (*Config, error) {
	data, err := read(name)
	if err != nil {
		return nil, err
	}
	return Parse(name, data, os.LookupEnv)
}

func read(name string) (data []byte, err error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > maxFile {
		err = fmt.Errorf("%s: larger than %d MiB", name, maxFile>>20)
	}
	if err == nil {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read config: %w", err)
	}
	return data, nil
}

// LoadForReading reads of the file what those need who look at what its crawls brought:
// the places of archive and frontier, which sites there are, and the limits of alerts. The
// secrets of the crawls need not be in the environment.
func LoadForReading(name string) (*Config, error) {
	data, err := read(name)
	if err != nil {
		return nil, err
	}
	body, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	d := decoder{file: name, env: os.LookupEnv, only: map[string]bool{"archive": true, "frontier": true,
		"alerts": true, "alerts.no_new_for": true, "alerts.extract_rate_below": true, "sites": true, "site": true, "start": true, "id": true}}
	c := defaultsOf(name)
	d.into(body, c, c.Origins)
	for i := range c.Sites {
		c.Sites[i].fill()
	}
	return c, d.err()
}

// defaultsOf is what a config comes to that says nothing.
func defaultsOf(name string) *Config {
	return &Config{Archive: "archive", Workers: 4, Bounds: Bounds{bounds.Default()}, Alerts: Alerts{When: []State{"broken", "blocked"}}, File: name, Origins: Origins{}}
}

// Parse reads and checks a config. Secrets such as ${VAR} are looked up in env.
func Parse(name string, data []byte, env func(string) (string, bool)) (*Config, error) {
	body, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	d := decoder{file: name, env: env}
	c := defaultsOf(name)
	d.into(body, c, c.Origins)
	c.complete(&d, body)
	c.check(&d)
	return c, d.err()
}

// PutArchive puts another archive before the file's, and keeps what named it: a flag or a variable.
func (c *Config) PutArchive(dir, from string) {
	c.Archive, c.Origins["archive"] = dir, Origin{Instead: from}
}

// Find returns the site of that id.
func (c *Config) Find(id string) (*Site, bool) {
	for i := range c.Sites {
		if c.Sites[i].ID == id {
			return &c.Sites[i], true
		}
	}
	return nil, false
}

// IDs are the ids of all sites, in the order of the file.
func (c *Config) IDs() []string {
	ids := make([]string, len(c.Sites))
	for i, s := range c.Sites {
		ids[i] = s.ID
	}
	return ids
}

// Nets are the private addresses of list; check has seen them.
func Nets(list []string) (nets []fetch.AllowNet) {
	for _, s := range list {
		if n, err := fetch.ParseAllowNet(strings.TrimSpace(s)); err == nil {
			nets = append(nets, n)
		}
	}
	return nets
}
