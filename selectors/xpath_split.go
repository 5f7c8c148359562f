package selectors

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// splitXPath cuts a location path at its "//" into parts that each begin with
// "//" or ".//". What is no plain path (a union, something in parentheses, a function)
// stays whole and may hold one "//" for each part of a union.
func splitXPath(s string) (parts []string, err error) {
	bare := withoutStrings(s)
	if err := checkXPath(bare); err != nil {
		return nil, err
	}
	var cuts []int
	depth, plain := 0, true
	for i := range len(bare) {
		switch c := bare[i]; {
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		case c == '|' && depth == 0:
			plain = false
		case c == '/' && depth == 0 && i > 1 && strings.HasPrefix(bare[i:], "//"):
			cuts = append(cuts, i)
		}
	}
	if bare[0] == '(' || !plain || functionCall.MatchString(bare) {
		return []string{s}, checkWhole(bare)
	}
	from := 0
	for _, at := range cuts {
		parts = append(parts, relative(s[from:at], from))
		from = at
	}
	return append(parts, relative(s[from:], from)), nil
}

// relative makes a part that does not open the path one that begins at its node.
func relative(part string, from int) string {
	if from > 0 {
		return "." + part
	}
	return part
}

// withoutStrings returns s with the characters of its literals replaced.
func withoutStrings(s string) string {
	out := []byte(s)
	quote := byte(0)
	for i, c := range out {
		switch {
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		case quote != 0:
			out[i] = 'x'
		}
	}
	return string(out)
}

var farAxis = regexp.MustCompile(`\b(following|preceding|ancestor|ancestor-or-self|namespace)\s*::`)

// checkXPath refuses what takes more than linear time, or is not of the language.
func checkXPath(bare string) error {
	if m := farAxis.FindStringSubmatch(bare); m != nil && !strings.HasSuffix(m[1], "-sibling") {
		return fmt.Errorf("the axis %s:: looks at the whole page from each node; use a path from above, or a sibling axis", m[1])
	}
	if strings.Contains(strings.ReplaceAll(bare, " ", ""), "matches(") {
		return errors.New("matches() is not supported; a rule's \"match\" takes a regular expression")
	}
	depth := 0
	for i := range len(bare) {
		switch bare[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '/':
			if depth > 0 && strings.HasPrefix(bare[i:], "//") {
				return errors.New(`a nested "//" inside of [] looks at the whole subtree from each node; name the steps, or begin with what is inside`)
			}
		}
	}
	if strings.Count(bare, "descendant") > 1 {
		return errors.New("nested descendant axes look at the whole subtree from each node")
	}
	return nil
}

// checkWhole refuses a second "//" in what cannot be cut.
func checkWhole(bare string) error {
	for branch := range strings.SplitSeq(bare, "|") {
		if strings.Count(branch, "//") > 1 {
			return errors.New(`a nested "//" in a union, in parentheses or in a function looks at subtrees again and again; write one path for each query`)
		}
	}
	return nil
}
