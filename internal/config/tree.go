package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// parse reads YAML of one document whose top is a mapping.
func parse(name string, data []byte) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil { // the library's, on some broken inputs
			err = &Error{File: name, Msg: fmt.Sprintf("not readable as YAML: %v", p)}
		}
	}()
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors begin files with the mark
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, placed(name, data, err)
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return nil, &Error{File: name, Msg: "is empty; scrape discover SITE prints a block to begin with"}
	}
	if len(tree.Docs) > 1 {
		return nil, &Error{File: name, Msg: "holds more than one YAML document"}
	}
	return tree.Docs[0].Body, nil
}

// placed makes an error of the YAML library one of ours.
func placed(name string, data []byte, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return &Error{File: name, Msg: first}
	}
	p := at.GetToken().Position
	if tabbed(data, p.Line) {
		return &Error{name, p.Line, p.Column, "begins with a tab; YAML indents by spaces"}
	}
	return &Error{name, p.Line, p.Column, at.GetMessage()}
}

// tabbed reports a line, counted from 1, that has a tab before its first word.
func tabbed(data []byte, line int) bool {
	lines := strings.SplitN(string(data), "\n", line+1)
	if line < 1 || line > len(lines) {
		return false
	}
	text := lines[line-1]
	return strings.Contains(text[:len(text)-len(strings.TrimLeft(text, " \t"))], "\t")
}

// text is the text of a scalar.
func text(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// child is the value of a key of a mapping; nil where there is none.
func child(n ast.Node, key string) ast.Node {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return nil
	}
	for _, pair := range m.Values {
		if pair.Key.GetToken().Value == key {
			return pair.Value
		}
	}
	return nil
}

// elements are the values of a list, or the one that stands for a list.
func elements(n ast.Node) []ast.Node {
	if seq, ok := n.(*ast.SequenceNode); ok {
		return seq.Values
	}
	if n == nil {
		return nil
	}
	return []ast.Node{n}
}

// place is where a node begins: a mapping at its first key.
func place(n ast.Node) Origin {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	p := n.GetToken().Position
	return Origin{Line: p.Line, Col: p.Column}
}

// A key is one of a struct's keys in the file.
type key struct {
	name  string
	field reflect.StructField
}

// keysIn lists the keys of a struct, those of an inlined one with them.
func keysIn(t reflect.Type) (keys []key) {
	for f := range fields(t) {
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			for _, k := range keysIn(f.Type) {
				k.field.Index = append(append([]int{}, f.Index...), k.field.Index...)
				keys = append(keys, k)
			}
		case name != "-" && name != "":
			keys = append(keys, key{name, f})
		}
	}
	return keys
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func keysOf(t reflect.Type) (names []string) {
	for _, k := range keysIn(t) {
		names = append(names, k.name)
	}
	return names
}

// fieldOf is the field of v that the key names.
func fieldOf(v reflect.Value, name string) (reflect.Value, bool) {
	for _, k := range keysIn(v.Type()) {
		if k.name == name {
			return v.FieldByIndex(k.field.Index), true
		}
	}
	return reflect.Value{}, false
}
