// Package selectors holds what is known about the markup of news pages in
// general, as data: which containers surround an article, and which phrases open
// the boxes that do. It says what a node looks like; what becomes of it is
// decided by the reader of the page, in package extract.
//
// The rules are compiled when they are loaded: a selector or key that is wrong is
// an error with its file and line, never a rule that silently matches nothing.
package selectors

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed generic.yaml
var generic []byte

// Rules are compiled rules. They are safe for concurrent use.
type Rules struct {
	selectors matcher
	tokens    lexicon
	outline   outline // of the words in tokens
	phrases   map[Use]*phraseSet
	sites     []*Site
	hosts     map[string][]*Site // by the hosts that they name
	version   string
}

// A file is the form in which rules are written.
type file struct {
	Kinds   map[string]kindRules           `yaml:"kinds"`
	Phrases map[string]map[string][]string `yaml:"phrases"` // use, language (BCP 47), phrases
	Sites   []siteRule                     `yaml:"sites"`   // for single sites, as in LoadSites
}

type kindRules struct {
	Selectors []string `yaml:"selectors"` // CSS
	Tokens    []string `yaml:"tokens"`    // words of class and id attributes
}

// Default returns the rules that come with the program.
var Default = sync.OnceValue(func() *Rules {
	r, err := Load("generic.yaml", generic)
	if err != nil {
		panic(err) // the tests load them
	}
	return r
})

// Load compiles the rules in data. The name is that of their file, for errors,
// which read "name:line: cause".
func Load(name string, data []byte) (*Rules, error) {
	src := source{name: name, data: data}
	if err := src.unprintable(); err != nil {
		return nil, err
	}
	f, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r := &Rules{tokens: lexicon{}, phrases: map[Use]*phraseSet{}}
	for _, key := range slices.Sorted(mapKeys(f.Kinds)) {
		if err := r.addKind(src, key, f.Kinds[key]); err != nil {
			return nil, err
		}
	}
	for _, key := range slices.Sorted(mapKeys(f.Phrases)) {
		if err := r.addPhrases(src, key, f.Phrases[key]); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(data)
	r.version = hex.EncodeToString(sum[:8])
	return r.withShipped(src, f.Sites)
}

// decode reads YAML. The library panics on some broken input.
func decode(data []byte) (f file, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("not readable as YAML: %v", p)
		}
	}()
	err = yaml.UnmarshalWithOptions(data, &f, yaml.Strict())
	return f, err
}

// Version is a digest of all rules, 16 hex digits.
func (r *Rules) Version() string { return r.version }

func (r *Rules) addKind(src source, key string, rules kindRules) error {
	kind, err := parseKind(key)
	if err != nil {
		return src.errorf("$.kinds."+key, "%w", err)
	}
	for i, css := range rules.Selectors {
		if err := r.selectors.add(css, kind); err != nil {
			return src.errorf(fmt.Sprintf("$.kinds.%s.selectors[%d]", key, i), "selector %q: %w", css, err)
		}
	}
	for i, token := range rules.Tokens {
		if err := r.tokens.add(token, kind); err != nil {
			return src.errorf(fmt.Sprintf("$.kinds.%s.tokens[%d]", key, i), "token %q: %w", token, err)
		}
		r.outline.add(strings.Fields(strings.TrimPrefix(token, "="))[0])
	}
	return nil
}

func (r *Rules) addPhrases(src source, key string, languages map[string][]string) error {
	use := Use(key)
	if !slices.Contains(uses, use) {
		return src.errorf("$.phrases."+key, "unknown use %q, want one of %v", key, uses)
	}
	set := &phraseSet{exact: map[string]bool{}, prefix: map[string][]string{}}
	for _, language := range slices.Sorted(mapKeys(languages)) {
		for i, phrase := range languages[language] {
			if err := set.add(phrase); err != nil {
				return src.errorf(fmt.Sprintf("$.phrases.%s.%s[%d]", key, language, i), "phrase %q: %w", phrase, err)
			}
		}
	}
	r.phrases[use] = set
	return nil
}
