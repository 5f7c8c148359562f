package selectors

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// ReadSites compiles the rules of all *.yaml and *.yml files in a folder, in the
// order of their names; folders in it are left alone. The prefix stands before file
// names in errors and in Site.File.
func ReadSites(layer Layer, folder fs.FS, prefix string) ([]*Site, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("read rules in %s: %w", prefix, err)
	}
	var all []*Site
	for _, e := range entries {
		if e.IsDir() || !isRuleFile(e.Name()) {
			continue
		}
		data, err := fs.ReadFile(folder, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		sites, err := LoadSites(layer, path.Join(prefix, e.Name()), data)
		if err != nil {
			return nil, err
		}
		all = append(all, sites...)
	}
	return all, nil
}

func isRuleFile(name string) bool {
	ext := path.Ext(name)
	return (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(name, ".")
}

// WithSites returns rules that know these sites besides those of r. The order in
// which rules are asked follows from the rules, see Candidates; among equals the
// first stays first.
func (r *Rules) WithSites(sites ...*Site) *Rules {
	out := *r
	out.sites = slices.Concat(r.sites, sites)
	out.hosts = map[string][]*Site{}
	sum := sha256.New()
	sum.Write([]byte(r.version))
	for _, s := range out.sites {
		for _, h := range s.Hosts {
			h = asciiHost(h)
			out.hosts[h] = append(out.hosts[h], s)
		}
	}
	for _, s := range sites {
		fmt.Fprintf(sum, "\n%s %s %x", s.Layer, s.Name, s.sum)
	}
	if len(sites) > 0 {
		out.version = hex.EncodeToString(sum.Sum(nil)[:8])
	}
	return &out
}

// withShipped adds the site rules of the program's own file.
func (r *Rules) withShipped(src source, rules []siteRule) (*Rules, error) {
	if len(rules) == 0 {
		return r, nil
	}
	var sites []*Site
	for i, rule := range rules {
		s, err := rule.compile(src, fmt.Sprintf("$.sites[%d]", i))
		if err != nil {
			return nil, err
		}
		s.Layer, s.File, s.Line = Shipped, src.name, src.line(fmt.Sprintf("$.sites[%d]", i))
		sites = append(sites, s)
	}
	return r.WithSites(sites...), nil
}

// Sites lists the site rules, in the order in which they were loaded.
func (r *Rules) Sites() []*Site { return slices.Clone(r.sites) }

// Candidates returns the rules whose hosts include host (a name, or a name and a
// port), the first to be asked first: by layer, then the nearest host, then those
// with paths before those for the whole site.
func (r *Rules) Candidates(host string) []*Site {
	if len(r.hosts) == 0 {
		return nil
	}
	type near struct {
		site  *Site
		dots  int // of the host that matched: more is nearer
		exact bool
	}
	var found []near
	add := func(key string, exact bool) {
		for _, s := range r.hosts[key] {
			if !slices.ContainsFunc(found, func(n near) bool { return n.site == s }) {
				found = append(found, near{s, strings.Count(key, "."), exact})
			}
		}
	}
	for _, h := range spellings(host) {
		add(h, true)
	}
	name := strings.TrimPrefix(spellings(host)[len(spellings(host))-1], ".")
	for suffix := "." + name; suffix != ""; {
		add(suffix, false)
		if i := strings.IndexByte(suffix[1:], '.'); i >= 0 {
			suffix = suffix[i+1:]
		} else {
			suffix = ""
		}
	}
	slices.SortStableFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.site.Layer, a.site.Layer), compareBool(b.exact, a.exact), cmp.Compare(b.dots, a.dots),
			compareBool(len(b.site.Paths) > 0, len(a.site.Paths) > 0))
	})
	sites := make([]*Site, len(found))
	for i := range found {
		sites[i] = found[i].site
	}
	return sites
}

// asciiHost writes an international name as addresses do ("xn--bcher-kva.example"); a
// dot before it and a port behind it stay.
func asciiHost(host string) string {
	name, dot := strings.CutPrefix(host, ".")
	ascii, err := idna.Lookup.ToASCII(name)
	if err != nil {
		return host // with a port, or an address, or no name of the DNS
	}
	if dot {
		return "." + ascii
	}
	return ascii
}

// spellings lists the ways in which a rule may write a host exactly: with its port,
// without, and without "www.".
func spellings(host string) []string {
	host = asciiHost(strings.ToLower(host))
	name := host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		name = host[:i]
	}
	name = strings.TrimSuffix(name, ".")
	return []string{host, name, strings.TrimPrefix(name, "www.")}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// SitesFor returns the rules to be asked about a page, see Candidates: those that
// speak of its path (with its query) and of the time at which it was captured.
func (r *Rules) SitesFor(host, path string, at time.Time) []*Site {
	return slices.DeleteFunc(r.Candidates(host), func(s *Site) bool { return !s.Holds(path, at) })
}
