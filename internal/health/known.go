package health

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Known is what was told of each site.
type Known struct {
	Sites  map[string]State            `json:"sites"`
	Limits map[string]map[string]State `json:"limits"` // by limit, then site
	First  map[string]time.Time        `json:"first"`  // when a site was looked at first, for its limits
}

// An Alert says that the state of a site has turned.
type Alert struct {
	Site     string    `json:"site"`
	Limit    string    `json:"limit"` // that was broken or is kept again; "" for how the site is read
	State    State     `json:"state"`
	Was      State     `json:"was"` // what was told last
	Since    time.Time `json:"since"`
	Findings []Finding `json:"findings"`
	Examples []string  `json:"examples"`
}

// Load reads what Save wrote; nothing was told where there is no file.
func Load(file string) (Known, error) {
	k := Known{Sites: map[string]State{}, Limits: map[string]map[string]State{}, First: map[string]time.Time{}}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &k)
	}
	if err != nil {
		return k, fmt.Errorf("read what was told of sites; %s may be deleted: %w", file, err)
	}
	if k.Sites == nil {
		k.Sites = map[string]State{}
	}
	if k.Limits == nil {
		k.Limits = map[string]map[string]State{}
	}
	if k.First == nil {
		k.First = map[string]time.Time{}
	}
	return k, nil
}

// Save writes the file whole or not at all.
func (k Known) Save(file string) error {
	b, err := json.Marshal(k)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.tmp")
	if err != nil {
		return fmt.Errorf("note what was told of sites: %w", err)
	}
	defer os.Remove(f.Name()) // where it was not renamed
	_, err = f.Write(append(b, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	return err
}

// Turns returns the alerts that are due: for sites that are in one of the states
// now and were told to be in another, and for those that were told to be in one
// of them and are so no more. Too little data is no turn.
func (k Known) Turns(verdicts []Verdict, states []string) []Alert {
	bad := func(s State) State {
		if slices.Contains(states, string(s)) {
			return s
		}
		return OK
	}
	var out []Alert
	for _, v := range verdicts {
		if was := bad(k.Sites[v.Site]); v.State != NoData && bad(v.State) != was {
			out = append(out, Alert{Site: v.Site, State: v.State, Was: was, Since: v.Since, Findings: v.Findings, Examples: v.Examples})
		}
	}
	return out
}

// Note remembers that the alert was told.
func (k Known) Note(a Alert) {
	if a.Limit == "" {
		k.Sites[a.Site] = a.State
		return
	}
	if k.Limits[a.Limit] == nil {
		k.Limits[a.Limit] = map[string]State{}
	}
	k.Limits[a.Limit][a.Site] = a.State
}
