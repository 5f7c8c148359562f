package extract

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
)

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// ldTypes returns the names of the types in a @type value without their namespace.
func ldTypes(v any) (types []string) {
	for _, s := range ldStrings(v) {
		s = s[strings.LastIndexAny(s, "/#:")+1:]
		if s != "" {
			types = append(types, s)
		}
	}
	return types
}

// is reports whether n has one of the types, case aside.
func (n ldNode) is(types ...string) bool {
	for _, have := range n.types {
		for _, want := range types {
			if strings.EqualFold(have, want) {
				return true
			}
		}
	}
	return false
}

// article reports whether n is of a type that schema.org derives from Article, or
// is used like one.
func (n ldNode) article() bool {
	for _, t := range n.types {
		if len(t) < 40 && (strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting")) {
			return true
		}
	}
	return n.is("Report", "LiveBlogPosting", "Review", "SocialMediaPosting", "DiscussionForumPosting")
}

// text returns the first text of the properties, on one line.
func (n ldNode) text(keys ...string) string {
	for _, key := range keys {
		for _, s := range ldStrings(n.values[key]) {
			if s = ldClean(s); s != "" {
				return s
			}
		}
	}
	return ""
}

// ldClean unescapes what publishers escape twice, and makes it one line.
func ldClean(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(html.UnescapeString(s))
	}
	return oneLine(s)
}

// ldStrings returns the texts that v holds: itself, a list's, an object's @value,
// name or @id.
func ldStrings(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	case bool:
		return []string{strconv.FormatBool(v)}
	case []any:
		var all []string
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				all = append(all, ldStrings(e)...)
			}
		}
		return all
	case map[string]any:
		for _, key := range [...]string{"@value", "name", "@id"} {
			if s, ok := v[key].(string); ok {
				return []string{s}
			}
		}
	}
	return nil
}
