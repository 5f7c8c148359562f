package config

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schema is the JSON Schema of a config, for editors.
func Schema() []byte {
	top := object(reflect.TypeFor[Config]())
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["title"] = "scrape.yaml"
	top["required"] = []string{"identity", "sites"}
	b, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		panic(err) // maps of strings always encode
	}
	return append(b, '\n')
}

type node = map[string]any

// texts say in the schema what UnmarshalText takes.
var texts = map[reflect.Type]node{
	reflect.TypeFor[Duration](): {"type": []string{"string", "integer"}, "pattern": `^(0|(\d+w)?(\d+d)?(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))*)$`},
	reflect.TypeFor[Size]():     {"type": []string{"string", "integer"}, "pattern": `^\d+(\.\d+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)?$`},
	reflect.TypeFor[Policy]():   {"enum": []string{Obey, Record, Refuse}},
	reflect.TypeFor[Robots]():   {"enum": []string{Obey, Record}},
	reflect.TypeFor[Channel]():  {"enum": channels},
	reflect.TypeFor[State]():    {"enum": states},
}

func object(t reflect.Type) node {
	properties := node{}
	for _, k := range keysIn(t) {
		p := schemaOf(k.field.Type)
		p["description"] = k.field.Tag.Get("doc")
		if list := k.field.Tag.Get("enum"); list != "" {
			p["enum"] = strings.Fields(list)
		}
		properties[k.name] = p
	}
	return node{"type": "object", "additionalProperties": false, "properties": properties}
}

func schemaOf(t reflect.Type) node {
	if s, ok := texts[t]; ok {
		own := node{}
		for k, v := range s {
			own[k] = v
		}
		return own
	}
	if t == reflect.TypeFor[Bounds]() {
		return schemaOfBounds()
	}
	switch t.Kind() {
	case reflect.Struct:
		return object(t)
	case reflect.Slice:
		one := schemaOf(t.Elem())
		return node{"anyOf": []node{{"type": "array", "items": one}, one}}
	case reflect.Bool:
		return node{"type": "boolean"}
	case reflect.Int:
		return node{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return node{"type": "number", "minimum": 0, "maximum": 1}
	}
	return node{"type": "string"}
}
