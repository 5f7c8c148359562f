package config

import (
	"encoding"
	"fmt"
	"net/url"
	"reflect"
	"strings"
)

// A Value is one key of a config with the value that counts.
type Value struct {
	Key   string `json:"key"`
	Value string `json:"value"`  // secrets as written: ${VAR}
	From  string `json:"origin"` // "scrape.yaml:12", "--archive", "preset polite" or "default"
}

// Values lists the values of the top level.
func (c *Config) Values() []Value {
	return listing{c.File, c.Origins, "default"}.values(reflect.ValueOf(c).Elem(), "")
}

// ValuesOf lists the values of one site.
func (c *Config) ValuesOf(s *Site) []Value {
	return listing{c.File, s.Origins, "preset " + s.Preset}.values(reflect.ValueOf(s).Elem(), "")
}

// listing writes values with their origins.
type listing struct {
	file      string
	at        Origins
	otherwise string // origin of what is not in the file
}

func (l listing) values(v reflect.Value, path string) (out []Value) {
	for _, k := range keysIn(v.Type()) {
		field, name := v.FieldByIndex(k.field.Index), join(path, k.name)
		_, scalar := field.Addr().Interface().(encoding.TextUnmarshaler)
		switch {
		case name == "defaults" || name == "sites": // each site shows them
		case field.Type() == reflect.TypeFor[Bounds]():
			out = append(out, l.bounds(field.Interface().(Bounds), name)...)
		case field.Kind() == reflect.Struct && !scalar:
			out = append(out, l.values(field, name)...)
		default:
			out = append(out, l.value(name, field))
		}
	}
	return out
}

func (l listing) value(name string, v reflect.Value) Value {
	o, ok := l.at[name]
	switch {
	case o.Instead != "":
		return Value{name, show(v), o.Instead}
	case !ok && presetKeys[strings.Split(name, ".")[0]]:
		return Value{name, show(v), l.otherwise}
	case !ok:
		return Value{name, show(v), "default"}
	case o.Written != "":
		return Value{name, o.Written, fmt.Sprintf("%s:%d", l.file, o.Line)}
	}
	return Value{name, show(v), fmt.Sprintf("%s:%d", l.file, o.Line)}
}

// presetKeys are the keys that presets fill.
var presetKeys = map[string]bool{"every": true, "discover": true, "delay": true, "depth": true, "timeout": true,
	"max_body": true, "revisit": true, "policy": true}

// show writes a value as it may stand in a file, without the passwords of addresses.
func show(v reflect.Value) string {
	if v.Kind() != reflect.Slice {
		s := fmt.Sprint(v.Interface())
		if u, err := url.Parse(s); err == nil && u.User != nil {
			return u.Redacted()
		}
		return s
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = fmt.Sprint(v.Index(i).Interface())
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
