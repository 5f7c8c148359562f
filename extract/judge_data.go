package extract

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"newsarchive/internal/wording"

	"github.com/goccy/go-yaml"
)

//go:embed data/judge.yaml
var judgeYAML []byte

// phrases are what pages say when they show something else than their article; the
// file says what each list is.
type phrases struct {
	Challenges []challenge         `yaml:"challenges"`
	Consents   []string            `yaml:"consents"`
	Choices    []string            `yaml:"consent_choices"`
	Captchas   []string            `yaml:"captchas"`
	Scripts    []string            `yaml:"scripts"`
	Gates      map[string][]string `yaml:"gates"` // by language
	GateNames  []string            `yaml:"gate_names"`
	OpenNames  []string            `yaml:"open_names"`
	Missing    []string            `yaml:"missing"`
	Services   []string            `yaml:"services"`

	gates     *finder // of all languages
	gateNames *finder
}

// A challenge is how one bot defence is recognised.
type challenge struct {
	Name    string   `yaml:"name"`
	Titles  []string `yaml:"titles"`
	Marks   []string `yaml:"marks"`
	Phrases []string `yaml:"phrases"`
}

// said returns the embedded phrases. That they can be read is held by a test.
var said = sync.OnceValue(func() *phrases {
	p, err := readPhrases(judgeYAML)
	if err != nil {
		panic(err)
	}
	return p
})

func readPhrases(text []byte) (*phrases, error) {
	var p phrases
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read data/judge.yaml: %w", err)
	}
	var gates []string
	for _, key := range slices.Sorted(maps.Keys(p.Gates)) {
		for _, s := range p.Gates[key] {
			if len(s) < wording.HeadBytes {
				return nil, fmt.Errorf("read data/judge.yaml: the gate %q is too short", s)
			}
			gates = append(gates, s)
		}
	}
	p.gates, p.gateNames = newFinder(gates), newFinder(p.GateNames)
	return &p, nil
}

// anyIn returns the first of list that text holds, "" if none.
func anyIn(text string, list []string) string {
	for _, s := range list {
		if strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

// countIn counts those of list that text holds.
func countIn(text string, list []string) (n int) {
	for _, s := range list {
		if strings.Contains(text, s) {
			n++
		}
	}
	return n
}
