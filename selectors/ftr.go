package selectors

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// An FTR is a site configuration of FiveFilters' Full-Text RSS, read as a site rule.
type FTR struct {
	Host     string       // that the file is for, with a dot before it if it holds for all below
	Rule     []byte       // the rule as YAML; nil if nothing of the file can be used
	Problems []FTRProblem // what of the file the rule does without
}

// An FTRProblem is a line that has no place in a rule.
type FTRProblem struct {
	Line int
	Text string
	Why  string
}

// maxFTR bounds a site configuration, in bytes.
const maxFTR = 1 << 20

// ReadFTR reads the site configuration in a file of that name, whose name without
// ".txt" is the host.
func ReadFTR(name string, data []byte) FTR {
	r := ftrReader{FTR: FTR{Host: strings.ToLower(strings.TrimSuffix(path.Base(name), ".txt"))}}
	switch {
	case !hostName.MatchString(r.Host) || !strings.Contains(strings.TrimPrefix(r.Host, "."), "."):
		r.problem("", "the file's name is no host")
		return r.FTR
	case len(data) > maxFTR:
		r.problem("", fmt.Sprintf("larger than %d MiB", maxFTR>>20))
		return r.FTR
	}
	for line := range bytes.Lines(data) {
		r.line++
		r.read(strings.TrimSpace(strings.ToValidUTF8(strings.TrimPrefix(string(line), "\ufeff"), "")))
	}
	r.write()
	return r.FTR
}

// An ftrReader reads one file line by line.
type ftrReader struct {
	FTR
	line int
	rule siteRule
}

func (r *ftrReader) problem(text, why string) {
	r.Problems = append(r.Problems, FTRProblem{r.line, text, why})
}

// needless are directives of the other tool's own steps, which have no meaning here.
var needless = []string{"tidy", "prune", "autodetect_on_failure", "parser", "convert_double_br_tags", "strip_comments", "strip_attr",
	"skip_json_ld", "skip_id_or_class_check", "insert_detected_image", "dissolve", "footnotes", "autodetect_next_page"}

func (r *ftrReader) read(line string) {
	if line == "" || line[0] == '#' {
		return
	}
	name, value, ok := strings.Cut(line, ":")
	if name, value = strings.TrimSpace(name), strings.TrimSpace(value); !ok || value == "" {
		r.problem(line, "no directive with a value")
		return
	}
	switch name {
	case "title":
		r.field(Title, line, value)
	case "author":
		r.field(Authors, line, value)
	case "date":
		r.field(Published, line, value)
	case "body":
		r.add(&r.rule.Content, line, value, true)
	case "strip":
		r.add(&r.rule.Remove, line, value, true)
	case "strip_id_or_class":
		name := quoted(value)
		r.addQuery(&r.rule.Remove, line, "[class*="+name+"], [id*="+name+"]", true)
	case "strip_image_src":
		r.addQuery(&r.rule.Remove, line, "img[src*="+quoted(value)+"]", true)
	case "test_url":
		r.rule.Tests = append(r.rule.Tests, Test{URL: value})
	case "test_contains":
		if n := len(r.rule.Tests); n > 0 {
			r.rule.Tests[n-1].Contains = append(r.rule.Tests[n-1].Contains, value)
		}
	default:
		if !slices.Contains(needless, name) {
			r.problem(line, "not supported")
		}
	}
}

// quoted writes a text as a CSS string.
func quoted(s string) string {
	s = strings.Trim(s, `"'`)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func (r *ftrReader) field(f Field, line, value string) {
	if r.rule.Fields == nil {
		r.rule.Fields = map[Field]oneOrMore{}
	}
	list := r.rule.Fields[f]
	r.add(&list, line, value, false)
	if len(list) > 0 {
		r.rule.Fields[f] = list
	}
}

// add adds an XPath expression to a list, if it is one that can be run.
func (r *ftrReader) add(list *oneOrMore, line, value string, nodes bool) {
	if !isXPath(value) {
		r.problem(line, "no path from the root of the page")
		return
	}
	r.addQuery(list, line, value, nodes)
}

func (r *ftrReader) addQuery(list *oneOrMore, line, query string, nodes bool) {
	q, err := ParseQuery(query)
	switch {
	case err != nil:
		r.problem(line, err.Error())
	case nodes && q.Text():
		r.problem(line, "names a text or an attribute, where an element is wanted")
	case len(*list) == maxQueries:
		r.problem(line, fmt.Sprintf("more than %d queries", maxQueries))
	case !slices.Contains(*list, query):
		*list = append(*list, query)
	}
}

// write makes YAML of what was read.
func (r *ftrReader) write() {
	r.rule.Tests = slices.DeleteFunc(r.rule.Tests, func(t Test) bool {
		return len(t.Contains) == 0 || !strings.HasPrefix(t.URL, "http://") && !strings.HasPrefix(t.URL, "https://")
	})
	if len(r.rule.Content)+len(r.rule.Remove)+len(r.rule.Fields) == 0 {
		r.problem("", "nothing that a rule can use")
		return
	}
	r.rule.Hosts = oneOrMore{r.Host}
	out, err := writeYAML(r.rule)
	if err == nil {
		_, err = LoadSites(Imported, r.Host, out)
	}
	if err != nil {
		r.problem("", "cannot be written as a rule: "+err.Error())
		return
	}
	r.Rule = out
}
