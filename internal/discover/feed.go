package discover

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// declaration is the XML declaration.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// readFeed reads RSS 0.9 to 2.0, Atom 0.3 and 1.0, and JSON Feed. The parsers are
// gofeed's; they are given nothing whose size or depth was not looked at before.
func (m Limits) readFeed(src source, root string, base *url.URL) (*List, error) {
	in := src.open(m.Feed)
	body, err := io.ReadAll(in)
	if in.over {
		return nil, fmt.Errorf("read feed: longer than %d bytes", m.Feed)
	}
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	if root == "{" {
		return m.readJSON(body, base)
	}
	if src.wide() { // what it says of its charset was true before it was decoded
		body = declaration.ReplaceAll(body, nil)
	}
	body, cut, err := m.looked(body)
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	read := m.readRSS
	if root == "feed" {
		read = m.readAtom
	}
	l, err := read(body, base)
	if err == nil && cut {
		l.Cut = tooMany(m.FeedItems)
	}
	return l, err
}

func (m Limits) readRSS(body []byte, base *url.URL) (*List, error) {
	f, err := (&rss.Parser{}).Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	uniform, err := (&gofeed.DefaultRSSTranslator{}).Translate(f)
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	l := &List{Kind: Feed, Format: RSS, Title: oneLine(f.Title), TTL: ttl(f.TTL)}
	m.fill(l, uniform, base)
	return l, nil
}

func (m Limits) readJSON(body []byte, base *url.URL) (*List, error) {
	f, err := (&json.Parser{}).Parse(bytes.NewReader(body))
	if err != nil || !strings.Contains(f.Version, "jsonfeed.org/version/") {
		return nil, ErrNoList // some other JSON
	}
	uniform, err := (&gofeed.DefaultJSONTranslator{}).Translate(f)
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	l := &List{Kind: Feed, Format: JSONFeed, Title: oneLine(f.Title)}
	into := m.fill(l, uniform, base)
	if f.NextURL != "" {
		into.add(Entry{URL: f.NextURL, Kind: Feed})
	}
	return l, nil
}

// fill takes the items of an RSS or JSON feed. An address that is missing is taken
// from the item's id where that is one.
func (m Limits) fill(l *List, f *gofeed.Feed, base *url.URL) *collector {
	home := base
	if u, err := url.Parse(strings.TrimSpace(f.Link)); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		home = u // links of RSS are relative to the site, if they are relative at all
	}
	into := newCollector(l, home, m.FeedItems)
	for _, it := range f.Items {
		e := Entry{URL: cmp.Or(it.Link, permalink(it.GUID)), Kind: Article, Title: it.Title}
		e.Published, e.PublishedRaw = when(it.PublishedParsed, it.Published)
		e.Modified, _ = when(it.UpdatedParsed, it.Updated)
		if !into.add(e) {
			break
		}
	}
	return into
}

// permalink returns the id of an item if it is a web address.
func permalink(id string) string {
	id = strings.TrimSpace(id)
	if strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://") {
		return id
	}
	return ""
}

// when takes a time that the parser read, or reads it as sitemaps write theirs.
func when(parsed *time.Time, raw string) (time.Time, string) {
	t, ok := time.Time{}, false
	if parsed != nil {
		t, ok = plausible(*parsed)
	} else {
		t, ok = readTime(raw)
	}
	if !ok {
		return time.Time{}, ""
	}
	return t, oneLine(raw)
}

// maxTTL bounds what a feed can ask for.
const maxTTL = 7 * 24 * time.Hour

// ttl reads the minutes of an RSS ttl element.
func ttl(s string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n <= 0 {
		return 0
	}
	return min(time.Duration(min(n, 1<<20))*time.Minute, maxTTL)
}

// readAtom reads an Atom feed. Its entries name their publication and their last
// change apart, and must name only the change.
func (m Limits) readAtom(body []byte, base *url.URL) (*List, error) {
	f, err := (&atom.Parser{}).Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	l := &List{Kind: Feed, Format: Atom, Title: oneLine(f.Title)}
	into := newCollector(l, base, m.FeedItems)
	for _, it := range f.Entries {
		e := Entry{URL: cmp.Or(atomLink(it.Links), permalink(it.ID)), Kind: Article, Title: it.Title}
		e.Published, e.PublishedRaw = when(it.PublishedParsed, it.Published)
		e.Modified, _ = when(it.UpdatedParsed, it.Updated)
		if !into.add(e) {
			return l, nil
		}
	}
	if next := relLink(f.Links, "next"); next != "" { // RFC 5005
		into.add(Entry{URL: next, Kind: Feed})
	}
	return l, nil
}

// atomLink returns the address of an entry's page: its alternate, an HTML one
// before others.
func atomLink(links []*atom.Link) string {
	first := ""
	for _, l := range links {
		if l.Rel != "" && l.Rel != "alternate" {
			continue
		}
		if l.Type == "" || strings.Contains(l.Type, "html") {
			return l.Href
		}
		first = cmp.Or(first, l.Href)
	}
	return first
}

func relLink(links []*atom.Link, rel string) string {
	for _, l := range links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}
