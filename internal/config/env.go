package config

import (
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// variable is ${NAME}, or $${ for a ${ that is meant.
var variable = regexp.MustCompile(`\$\$\{|\$\{[^}]*\}?`)

var variableName = regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`)

// expand puts the environment's values for ${NAME}, and reports whether it could. One
// that is not set, or is empty, is an error: a secret that is missing must not become "".
func (d *decoder) expand(n ast.Node, s string) (string, bool) {
	before := len(d.errs)
	out := variable.ReplaceAllStringFunc(s, func(m string) string {
		if m == "$${" {
			return "${"
		}
		if !variableName.MatchString(m) {
			d.fail(n, "%s is no variable such as ${SCRAPE_WEBHOOK}; write $${ for the characters themselves", m)
			return ""
		}
		name := strings.TrimSuffix(m[2:], "}")
		v, ok := d.env(name)
		if !ok || v == "" {
			d.fail(n, "the environment variable %s is not set", name)
		}
		return v
	})
	return out, len(d.errs) == before
}
