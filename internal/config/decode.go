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

// An Error says where in a config something is wrong, and what.
type Error struct {
	File      string
	Line, Col int // from 1; 0 where there is no place
	Msg       string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg)
}

// An Origin is the place that a value came from.
type Origin struct {
	Line, Col int
	Written   string // the value as written where it holds a ${VAR}, else ""
	Instead   string // the flag or variable that went before the file; "" if none did
}

// Origins are the places of values, by their dotted keys.
type Origins map[string]Origin

// decoder writes what a tree says into Go values. The first error ends it.
type decoder struct {
	file string
	env  func(string) (string, bool)
	only map[string]bool // dotted keys that are read; nil for all
}

func (d *decoder) errorf(n ast.Node, format string, args ...any) error {
	p := n.GetToken().Position
	return &Error{d.file, p.Line, p.Column, fmt.Sprintf(format, args...)}
}

// into writes the mapping n over the struct that v points to, and notes in at
// where each value stands. Keys that n does not have leave v as it is.
func (d *decoder) into(n ast.Node, v any, at Origins) error {
	return d.mapping(n, reflect.ValueOf(v).Elem(), "", at)
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string, at Origins) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return d.errorf(n, "want keys with values here, such as \"%s: …\"", keysOf(v.Type())[0])
	}
	for _, pair := range m.Values {
		key := pair.Key.GetToken()
		if pair.Key.IsMergeKey() {
			return d.errorf(pair.Key, "merge keys are not read; use defaults")
		}
		field, ok := fieldOf(v, key.Value)
		if !ok {
			return d.errorf(pair.Key, "unknown key %q%s", key.Value, spelling.OrOneOf(key.Value, keysOf(v.Type())))
		}
		if d.only != nil && !d.only[join(path, key.Value)] {
			continue
		}
		if err := d.value(pair.Value, field, join(path, key.Value), at); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) value(n ast.Node, v reflect.Value, path string, at Origins) error {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return d.errorf(n, "anchors, aliases and tags are not read; use defaults")
	case *ast.NullNode:
		return d.errorf(n, "%s has no value; leave the key out for its default", path)
	}
	if b, ok := v.Addr().Interface().(*Bounds); ok {
		return d.bounds(n, b, path, at)
	}
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	switch {
	case isText || v.Kind() != reflect.Struct && v.Kind() != reflect.Slice:
		return d.scalar(n, v, path, at)
	case v.Kind() == reflect.Slice:
		return d.list(n, v, path, at)
	}
	return d.mapping(n, v, path, at)
}

// list reads a list; one value may stand without brackets.
func (d *decoder) list(n ast.Node, v reflect.Value, path string, at Origins) error {
	nodes := []ast.Node{n}
	if seq, ok := n.(*ast.SequenceNode); ok {
		nodes = seq.Values
	}
	list := reflect.MakeSlice(v.Type(), len(nodes), len(nodes))
	if v.Type().Elem().Kind() == reflect.Struct {
		path, at = "", Origins{} // each has keys of its own
	}
	var written []string
	for i, one := range nodes {
		inner := Origins{}
		if err := d.value(one, list.Index(i), path, inner); err != nil {
			return err
		}
		written = append(written, inner[path].Written)
	}
	v.Set(list)
	o := place(n)
	if s := strings.Join(written, ", "); strings.ContainsRune(s, '$') {
		o.Written = s
	}
	at[path] = o
	return nil
}

func (d *decoder) scalar(n ast.Node, v reflect.Value, path string, at Origins) error {
	s, ok := text(n)
	if !ok {
		return d.errorf(n, "%s wants one value, not a list or keys", path)
	}
	o := place(n)
	expanded, err := d.expand(n, s)
	if err != nil {
		return err
	}
	if expanded != s {
		o.Written = s
	}
	if err := set(v, expanded); err != nil {
		if o.Written != "" { // what the variable holds may be a secret
			return d.errorf(n, "%s: the value of %s is not fit for it", path, s)
		}
		return d.errorf(n, "%s: %v", path, err)
	}
	at[path] = o
	return nil
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

func place(n ast.Node) Origin {
	p := n.GetToken().Position
	return Origin{Line: p.Line, Col: p.Column}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
