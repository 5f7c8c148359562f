package config

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"newsarchive/internal/spelling"
)

// An Origin is the place that a value came from.
type Origin struct {
	Line, Col int
	Written   string // the value as written where it holds a ${VAR}, else ""
	Instead   string // the flag or variable that went before the file; "" if none did
	wrong     bool   // the value was told of: none counts in its place
}

// Origins are the places of values, by their dotted keys.
type Origins map[string]Origin

// decoder writes what a tree says into Go values, and notes each thing that is wrong.
type decoder struct {
	file string
	env  func(string) (string, bool)
	only map[string]bool // dotted keys that are read; nil for all
	errs Errors
}

func (d *decoder) fail(n ast.Node, format string, args ...any) {
	o := place(n)
	d.errs = append(d.errs, &Error{d.file, o.Line, o.Col, fmt.Sprintf(format, args...)})
}

// into writes the mapping n over the struct that v points to, and notes in at
// where each value stands. Keys that n does not have, or whose value is wrong, leave v
// as it is.
func (d *decoder) into(n ast.Node, v any, at Origins) {
	d.mapping(n, reflect.ValueOf(v).Elem(), "", at)
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string, at Origins) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.fail(n, "want keys with values here, such as \"%s: …\"", keysOf(v.Type())[0])
		return
	}
	for _, pair := range m.Values {
		name := pair.Key.GetToken().Value
		if pair.Key.IsMergeKey() {
			d.fail(pair.Key, "merge keys are not read; use defaults")
			continue
		}
		field, ok := fieldOf(v, name)
		if !ok {
			d.fail(pair.Key, "unknown key %q%s", name, spelling.OrOneOf(name, keysOf(v.Type())))
			continue
		}
		if d.only == nil || d.only[join(path, name)] {
			d.value(pair.Value, field, join(path, name), at)
		}
	}
}

func (d *decoder) value(n ast.Node, v reflect.Value, path string, at Origins) {
	before := len(d.errs)
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	bounds, isBounds := v.Addr().Interface().(*Bounds)
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		d.fail(n, "anchors, aliases and tags are not read; use defaults")
	case *ast.NullNode:
		d.fail(n, "%s has no value; leave the key out for its default", path)
	default:
		switch {
		case isBounds:
			d.bounds(n, bounds, path, at)
		case isText || v.Kind() != reflect.Struct && v.Kind() != reflect.Slice:
			d.scalar(n, v, path, at)
		case v.Kind() == reflect.Slice:
			d.list(n, v, path, at)
		default:
			d.mapping(n, v, path, at)
		}
	}
	if len(d.errs) > before {
		at[path] = Origin{wrong: true}
	}
}

// list reads a list; one value may stand without brackets. A list of mappings is as
// long as it is in the file, whatever is wrong in them.
func (d *decoder) list(n ast.Node, v reflect.Value, path string, at Origins) {
	nodes, before := elements(n), len(d.errs)
	list := reflect.MakeSlice(v.Type(), len(nodes), len(nodes))
	mappings := v.Type().Elem().Kind() == reflect.Struct
	of := path
	if mappings {
		of = "" // each has keys of its own
	}
	var written []string
	for i, one := range nodes {
		inner := Origins{}
		d.value(one, list.Index(i), of, inner)
		written = append(written, inner[of].Written)
	}
	if len(d.errs) == before || mappings {
		v.Set(list)
	}
	o := place(n)
	if s := strings.Join(written, ", "); strings.ContainsRune(s, '$') {
		o.Written = s
	}
	at[path] = o
}

func (d *decoder) scalar(n ast.Node, v reflect.Value, path string, at Origins) {
	s, ok := text(n)
	if !ok {
		d.fail(n, "%s wants one value, not a list or keys", path)
		return
	}
	o := place(n)
	expanded, ok := d.expand(n, s)
	if !ok {
		return
	}
	if expanded != s {
		o.Written = s
	}
	switch err := set(v, expanded); {
	case err == nil:
		at[path] = o
	case o.Written != "": // what the variable holds may be a secret
		d.fail(n, "%s: the value of %s is not fit for it", path, s)
	default:
		d.fail(n, "%s: %v", path, err)
	}
}

// set reads a scalar as what v is.
func set(v reflect.Value, s string) error {
	if t, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return t.UnmarshalText([]byte(s))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Bool:
		if s != "true" && s != "false" {
			return fmt.Errorf("want true or false, not %q", s)
		}
		v.SetBool(s == "true")
	case reflect.Int:
		n, err := strconv.ParseInt(s, 10, 32)
		if err != nil || n < 0 {
			return fmt.Errorf("want a whole number of 0 or more, not %q", s)
		}
		v.SetInt(n)
	case reflect.Float64:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !(f >= 0 && f <= 1) {
			return fmt.Errorf("want a number from 0 to 1, not %q", s)
		}
		v.SetFloat(f)
	}
	return nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
