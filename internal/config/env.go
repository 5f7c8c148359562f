package config

import (
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// variable is ${NAME}, or $${ for a ${ that is meant.
var variable = regexp.MustCompile(`\$\$\{|\$\{[^}]*\}?`)

var variableName = regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`)

// expand puts the environment's values for ${NAME}. One that is not set, or is
// empty, is an error: a secret that is missing must not become "".
func (d *decoder) expand(n ast.Node, s string) (string, error) {
	var err error
	out := variable.ReplaceAllStringFunc(s, func(m string) string {
		if m == "$${" {
			return "${"
		}
		if !variableName.MatchString(m) {
			err = d.errorf(n, "%s is no variable such as ${SCRAPE_WEBHOOK}; write $${ for the characters themselves", m)
			return ""
		}
		name := strings.TrimSuffix(m[2:], "}")
		v, ok := d.env(name)
		if !ok || v == "" {
			err = d.errorf(n, "the environment variable %s is not set", name)
		}
		return v
	})
	return out, err
}
