package config

import (
	"reflect"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"newsarchive/internal/bounds"
	"newsarchive/internal/spelling"
)

// Bounds are those of package bounds, by the names that they have there.
type Bounds struct{ bounds.Bounds }

// siteBounds are the bounds that each site has a key of its own for.
var siteBounds = map[string]string{"time": "timeout", "body": "max_body"}

// SiteBound returns the key of a site that sets the bound of that name, "" where
// there is none and it is one for all sites.
func SiteBound(name string) string { return siteBounds[name] }

// boundNames lists what may stand under "bounds".
func boundNames() (names []string) {
	for _, name := range bounds.Names() {
		if SiteBound(name) == "" {
			names = append(names, name)
		}
	}
	return names
}

// bounds reads a mapping of names and values.
func (d *decoder) bounds(n ast.Node, b *Bounds, path string, at Origins) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.fail(n, "want bounds with values here, such as \"wire: 20MiB\"")
		return
	}
	for _, pair := range m.Values {
		name := pair.Key.GetToken().Value
		switch key := SiteBound(name); {
		case key != "":
			d.fail(pair.Key, "the bound %s is %s of a site or of defaults", name, key)
		case !slices.Contains(boundNames(), name):
			d.fail(pair.Key, "unknown bound %q%s", name, spelling.OrOneOf(name, boundNames()))
		default:
			d.bound(pair.Value, b, name, join(path, name), at)
		}
	}
}

func (d *decoder) bound(n ast.Node, b *Bounds, name, path string, at Origins) {
	var value string
	before := len(d.errs)
	d.value(n, reflect.ValueOf(&value).Elem(), path, at)
	if len(d.errs) > before {
		return
	}
	if err := b.Set(name, value); err != nil {
		d.fail(n, "%v", err)
	}
}

// schemaOfBounds has a property for each bound.
func schemaOfBounds() node {
	properties := node{}
	for _, one := range bounds.Table {
		if SiteBound(one.Name) == "" {
			properties[one.Name] = node{"type": []string{"string", "integer"}, "description": one.Says + "; default " + one.Text(bounds.Default())}
		}
	}
	return node{"type": "object", "additionalProperties": false, "properties": properties}
}

// bounds lists every bound with its value.
func (l listing) bounds(b Bounds, path string) (out []Value) {
	for _, one := range bounds.Table {
		if SiteBound(one.Name) == "" {
			out = append(out, l.value(join(path, one.Name), reflect.ValueOf(one.Text(b.Bounds))))
		}
	}
	return out
}
