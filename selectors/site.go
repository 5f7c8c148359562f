package selectors

import (
	"regexp"
	"time"
)

// A Layer says whose rule it is. A rule of a higher layer is asked first.
type Layer int

// The layers, lowest first.
const (
	Imported Layer = iota // taken over from another tool's collection
	Shipped               // comes with the program
	Project               // of the folder that the work is done in
	User                  // of the person at the keyboard
)

// String returns "imported", "shipped", "project" or "user".
func (l Layer) String() string {
	return [...]string{"imported", "shipped", "project", "user"}[l]
}

// A Field is a part of an article that a rule may say where to find.
type Field string

// The fields of rules, named as the keys of the row.
const (
	Title     Field = "title"
	Subtitle  Field = "subtitle"
	Standing  Field = "lead" // the standfirst
	Authors   Field = "authors"
	Published Field = "published"
	Modified  Field = "modified"
	Section   Field = "section"
	Keywords  Field = "tags"
	SiteName  Field = "site_name"
	Language  Field = "language"
)

// Fields lists the fields of rules.
var Fields = [...]Field{Title, Subtitle, Standing, Authors, Published, Modified, Section, Keywords, SiteName, Language}

// A Site is a compiled rule for the pages of one site. It is a hint where on the
// page things are; what of them is text is decided as on any page.
type Site struct {
	Name    string   // the first of its hosts, without a dot before it
	Hosts   []string // "news.example": it, with or without www.; ".news.example": and every host below it
	Layer   Layer
	File    string // that it was read from
	Line    int    // in File
	Paths   []string
	From    time.Time // first day that it holds, UTC; zero if always
	Until   time.Time // last day that it holds, UTC; zero if still
	Content []*Query  // where the text is: the first query that finds something counts
	Remove  []*Query  // what in it is no text
	Fields  map[Field][]*Query
	Match   map[Field]*regexp.Regexp // takes its first group, or the whole match, of what Fields found
	Paywall []*Query                 // where one finds something, the rest is for subscribers
	Tests   []Test

	paths []*regexp.Regexp
	sum   [32]byte // of what it was written as
}

// A Test is a page that a rule is known to read well.
type Test struct {
	URL      string   `yaml:"url"`
	File     string   `yaml:"file,omitempty"` // HTML, relative to the rule's file; "" takes the page from the archive
	Title    string   `yaml:"title,omitempty"`
	Contains []string `yaml:"contains,omitempty"` // phrases of the text
	Absent   []string `yaml:"absent,omitempty"`   // phrases of the page that are not to be in the text
}

// Holds reports whether the rule speaks of a page at that path (with its query),
// captured at that time; the zero time is any.
func (s *Site) Holds(path string, at time.Time) bool {
	return s.Excludes(path, at) == ""
}

// Excludes says in words why the rule does not speak of a page of its hosts; ""
// if it does.
func (s *Site) Excludes(path string, at time.Time) string {
	switch {
	case !at.IsZero() && !s.From.IsZero() && at.Before(s.From):
		return "the page is older than " + s.From.Format(time.DateOnly)
	case !at.IsZero() && !s.Until.IsZero() && !at.Before(s.Until.AddDate(0, 0, 1)):
		return "the page is newer than " + s.Until.Format(time.DateOnly)
	case len(s.paths) == 0:
		return ""
	}
	for _, p := range s.paths {
		if p.MatchString(path) {
			return ""
		}
	}
	return "no path of the rule matches " + path
}
