package selectors

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"newsarchive/internal/spelling"
)

// A siteFile is a file of site rules as it is written.
type siteFile struct {
	Sites []siteRule `yaml:"sites"`
}

// A siteRule is one rule as it is written. A list of one may be written without brackets.
type siteRule struct {
	Hosts   oneOrMore           `yaml:"hosts"`
	Paths   oneOrMore           `yaml:"paths,omitempty"`
	From    string              `yaml:"from,omitempty"`
	Until   string              `yaml:"until,omitempty"`
	Content oneOrMore           `yaml:"content,omitempty"`
	Remove  oneOrMore           `yaml:"remove,omitempty"`
	Fields  map[Field]oneOrMore `yaml:"fields,omitempty"`
	Match   map[Field]string    `yaml:"match,omitempty"`
	Paywall oneOrMore           `yaml:"paywall,omitempty"`
	Tests   []Test              `yaml:"tests,omitempty"`
}

// keys are all keys of a file of site rules, for "did you mean".
var keys = []string{"sites", "hosts", "paths", "from", "until", "content", "remove", "fields", "match", "paywall", "tests",
	"url", "file", "title", "contains", "absent"}

type oneOrMore []string

// UnmarshalYAML reads a list of texts, or one text. Space around them means nothing.
func (l *oneOrMore) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if unmarshal(&one) == nil {
		*l = oneOrMore{strings.TrimSpace(one)}
		return nil
	}
	err := unmarshal((*[]string)(l))
	for i, s := range *l {
		(*l)[i] = strings.TrimSpace(s)
	}
	return err
}

// MarshalYAML writes one text without a list.
func (l oneOrMore) MarshalYAML() (any, error) {
	if len(l) == 1 {
		return l[0], nil
	}
	return []string(l), nil
}

// maxSiteFile bounds a file of site rules, in bytes.
const maxSiteFile = 4 << 20

// LoadSites compiles the site rules in data. Errors read "name:line: cause"; the
// first one ends the loading.
func LoadSites(layer Layer, name string, data []byte) ([]*Site, error) {
	if len(data) > maxSiteFile {
		return nil, fmt.Errorf("%s: larger than %d MiB", name, maxSiteFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors begin files with the mark
	src := source{name: name, data: data}
	if err := src.unprintable(); err != nil {
		return nil, err
	}
	f, lines, err := decodeSites(data)
	if err != nil {
		return nil, placed(name, err)
	}
	sites := make([]*Site, 0, len(f.Sites))
	for i, r := range f.Sites {
		s, err := r.compile(src, fmt.Sprintf("$.sites[%d]", i))
		if err != nil {
			return nil, err
		}
		s.Layer, s.File = layer, name
		if i < len(lines) {
			s.Line = lines[i]
		}
		sites = append(sites, s)
	}
	return sites, nil
}

// decodeSites reads YAML, and the lines at which the rules begin.
func decodeSites(data []byte) (f siteFile, lines []int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("not readable as YAML: %v", p)
		}
	}()
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return f, nil, err
	}
	if len(tree.Docs) > 1 {
		return f, nil, errors.New("holds more than one YAML document")
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return f, nil, nil
	}
	if err := yaml.NodeToValue(tree.Docs[0].Body, &f, yaml.Strict()); err != nil {
		return f, nil, err
	}
	return f, siteLines(tree.Docs[0].Body), nil
}

func siteLines(body ast.Node) (lines []int) {
	top, ok := body.(*ast.MappingNode)
	if !ok {
		return nil
	}
	for _, pair := range top.Values {
		list, ok := pair.Value.(*ast.SequenceNode)
		if !ok {
			continue
		}
		for _, v := range list.Values {
			lines = append(lines, v.GetToken().Position.Line)
		}
	}
	return lines
}

// placed makes an error of the YAML library one line with file and line.
func placed(name string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("%s: %s", name, first)
	}
	token := at.GetToken()
	msg := at.GetMessage()
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		msg = fmt.Sprintf("unknown key %q%s", token.Value, spelling.DidYouMean(token.Value, keys))
	}
	return fmt.Errorf("%s:%d: %s", name, token.Position.Line, msg)
}

// compile makes the rule one that works.
func (r siteRule) compile(src source, at string) (*Site, error) {
	c := siteCompiler{src: src, at: at, site: &Site{Fields: map[Field][]*Query{}, Tests: r.Tests}}
	c.hosts(r.Hosts)
	c.paths(r.Paths)
	c.site.From = c.day("from", r.From)
	c.site.Until = c.day("until", r.Until)
	c.site.Content = c.queries("content", r.Content, true)
	c.site.Remove = c.queries("remove", r.Remove, true)
	c.site.Paywall = c.queries("paywall", r.Paywall, false)
	for _, field := range sortedKeys(r.Fields) {
		c.field(field)
		c.site.Fields[field] = c.queries("fields."+string(field), r.Fields[field], false)
	}
	c.matches(r.Match)
	c.tests(r.Tests)
	if c.err == nil && len(r.Content)+len(r.Remove)+len(r.Fields)+len(r.Paywall) == 0 {
		c.fail("", "says nothing: it wants content, remove, fields or paywall")
	}
	c.site.sum = r.sum()
	return c.site, c.err
}

// sum digests what the rule says; how it is written makes no difference.
func (r siteRule) sum() [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q %q %q", r.Hosts, r.Paths, r.From, r.Until, r.Content, r.Remove, r.Paywall)
	for _, f := range sortedKeys(r.Fields) {
		fmt.Fprintf(h, " %s %q %q", f, r.Fields[f], r.Match[f])
	}
	return [32]byte(h.Sum(nil))
}

// YAML returns the rule as it is written in a file.
func (s *Site) YAML() ([]byte, error) {
	r := siteRule{Hosts: s.Hosts, Paths: s.Paths, Content: texts(s.Content), Remove: texts(s.Remove), Paywall: texts(s.Paywall), Tests: s.Tests}
	r.Fields, r.Match = map[Field]oneOrMore{}, map[Field]string{}
	for field, queries := range s.Fields {
		r.Fields[field] = texts(queries)
	}
	for field, pattern := range s.Match {
		r.Match[field] = pattern.String()
	}
	if !s.From.IsZero() {
		r.From = s.From.Format(time.DateOnly)
	}
	if !s.Until.IsZero() {
		r.Until = s.Until.Format(time.DateOnly)
	}
	return writeYAML(r)
}

// writeYAML returns a file of one rule. Texts with a tab are quoted: the library
// writes them plain, and reads them as another text.
func writeYAML(r siteRule) ([]byte, error) {
	node, err := yaml.ValueToNode(siteFile{Sites: []siteRule{r}}, yaml.IndentSequence(true))
	if err != nil {
		return nil, err
	}
	ast.Walk(quoteTabs{}, node)
	return []byte(node.String() + "\n"), nil
}

type quoteTabs struct{}

func (q quoteTabs) Visit(n ast.Node) ast.Visitor {
	if s, ok := n.(*ast.StringNode); ok && strings.Contains(s.Value, "\t") {
		s.Token.Type = token.DoubleQuoteType
	}
	return q
}

func texts(queries []*Query) (out oneOrMore) {
	for _, q := range queries {
		out = append(out, q.text)
	}
	return out
}

func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
