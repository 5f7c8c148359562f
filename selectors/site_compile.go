package selectors

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"time"

	"newsarchive/internal/spelling"
)

// A siteCompiler compiles one rule and keeps the first error.
type siteCompiler struct {
	src  source
	at   string // YAML path of the rule
	site *Site
	err  error
}

// fail notes an error at a key of the rule.
func (c *siteCompiler) fail(key, format string, args ...any) {
	if c.err != nil {
		return
	}
	at := c.at
	if key != "" {
		at += "." + key
	}
	if i := strings.LastIndexByte(at, '['); strings.HasSuffix(at, "[0]") && c.src.line(at) == 0 {
		at = at[:i] // one text, written without a list
	}
	c.err = c.src.errorf(at, format, args...)
}

var hostName = regexp.MustCompile(`^\.?[\pL\pN_-]+(\.[\pL\pN_-]+)*(:\d{1,5})?$`)

func (c *siteCompiler) hosts(hosts []string) {
	if len(hosts) == 0 {
		c.fail("", "has no hosts: name one, such as news.example")
		return
	}
	for i, h := range hosts {
		if !hostName.MatchString(h) || h != strings.ToLower(h) {
			c.fail(fmt.Sprintf("hosts[%d]", i), "%q is no host name; write it in lower case without https:// and path, such as news.example or .news.example", h)
			return
		}
	}
	c.site.Hosts, c.site.Name = hosts, strings.TrimPrefix(hosts[0], ".")
}

// maxPattern bounds globs and regular expressions, in bytes.
const maxPattern = 500

func (c *siteCompiler) paths(globs []string) {
	for i, g := range globs {
		switch {
		case len(g) > maxPattern:
			c.fail(fmt.Sprintf("paths[%d]", i), "is longer than %d bytes", maxPattern)
		case !strings.HasPrefix(g, "/") && !strings.HasPrefix(g, "*"):
			c.fail(fmt.Sprintf("paths[%d]", i), "path %q does not begin with / or *", g)
		default:
			c.site.paths = append(c.site.paths, glob(g))
		}
	}
	c.site.Paths = globs
}

// glob compiles a path pattern: * stands for anything but a slash, ** for anything,
// a slash at the end for all below it.
func glob(g string) *regexp.Regexp {
	q := regexp.QuoteMeta(g)
	q = strings.NewReplacer(`\*\*`, ".*", `\*`, "[^/]*").Replace(q)
	if strings.HasSuffix(g, "/") {
		q += ".*"
	}
	if !strings.Contains(g, "?") {
		q += `(\?.*)?`
	}
	return regexp.MustCompile(`^` + q + `$`)
}

func (c *siteCompiler) day(key, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		c.fail(key, "%q is no day such as 2026-11-23", s)
	}
	return t
}

// maxQueries bounds the queries of one key.
const maxQueries = 100

func (c *siteCompiler) queries(key string, texts []string, nodes bool) (queries []*Query) {
	if len(texts) > maxQueries {
		c.fail(key, "has more than %d queries", maxQueries)
		return nil
	}
	for i, text := range texts {
		q, err := ParseQuery(text)
		at := fmt.Sprintf("%s[%d]", key, i)
		switch {
		case err != nil:
			c.fail(at, "%s %q: %w", key, text, err)
		case nodes && q.Text():
			c.fail(at, "%s %q: names a text or an attribute, where an element is wanted", key, text)
		}
		queries = append(queries, q)
	}
	return queries
}

func (c *siteCompiler) field(f Field) {
	if slices.Contains(Fields[:], f) {
		return
	}
	known := make([]string, len(Fields))
	for i := range Fields {
		known[i] = string(Fields[i])
	}
	c.fail("fields."+string(f), "unknown field %q%s", f, spelling.OrOneOf(string(f), known))
}

// maxProgram bounds a compiled regular expression, in instructions.
const maxProgram = 2000

func (c *siteCompiler) matches(patterns map[Field]string) {
	c.site.Match = map[Field]*regexp.Regexp{}
	for _, f := range sortedKeys(patterns) {
		at := "match." + string(f)
		if _, ok := c.site.Fields[f]; !ok {
			c.fail(at, "match for %q, which fields does not have", f)
			continue
		}
		re, err := compilePattern(patterns[f])
		if err != nil {
			c.fail(at, "match %q: %w", patterns[f], err)
			continue
		}
		c.site.Match[f] = re
	}
}

func compilePattern(s string) (*regexp.Regexp, error) {
	if len(s) > maxPattern {
		return nil, fmt.Errorf("is longer than %d bytes", maxPattern)
	}
	tree, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	if len(prog.Inst) > maxProgram {
		return nil, fmt.Errorf("compiles to %d steps, more than %d: use fewer or smaller repetitions", len(prog.Inst), maxProgram)
	}
	return regexp.Compile(s)
}

func (c *siteCompiler) tests(tests []Test) {
	for i, t := range tests {
		at := fmt.Sprintf("tests[%d]", i)
		switch {
		case !strings.HasPrefix(t.URL, "http://") && !strings.HasPrefix(t.URL, "https://"):
			c.fail(at, "a test wants the url of its page")
		case t.Title == "" && len(t.Contains)+len(t.Absent) == 0:
			c.fail(at, "a test wants title, contains or absent")
		}
	}
}
