package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsarchive/page"
)

// imported is the summary that --json prints.
type imported struct {
	Type     string         `json:"type"`
	Run      string         `json:"run_id"`
	Stored   int            `json:"responses_stored"`
	Known    int            `json:"responses_known"` // the archive had them already
	Rows     int            `json:"rows"`            // of pages that are new or changed
	Damages  int            `json:"damages"`
	Left     map[string]int `json:"left_out"` // records that are not kept, by type
	Outcomes map[string]int `json:"outcomes"`
}

func (m *importing) end() error {
	m.done.Left = m.originals.Left()
	if m.json {
		if err := m.out.line(m.done); err != nil {
			return err
		}
	}
	m.say("%s stored, %d known already, %s, %s", count(m.done.Stored, "response"), m.done.Known, count(m.done.Rows, "row"), count(m.done.Damages, "damage"))
	if len(m.done.Left) > 0 {
		m.say("left out: %s", leftWords(m.done.Left))
	}
	switch found := m.done.Stored+m.done.Known > 0; {
	case found && m.done.Damages > 0:
		return saidCode(exitPartial)
	case found:
		return nil
	case m.done.Damages > 0:
		return saidCode(exitUsage)
	}
	return saidCode(exitNoArticle)
}

// damage reports what is left out.
func (m *importing) damage(err error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done.Damages++
	if m.json {
		return m.out.line(struct {
			Type   string `json:"type"`
			Detail string `json:"detail"`
		}{"damage", page.Printable(err.Error(), 500)})
	}
	m.complain(err)
	return nil
}

// leftWords lists what was left out: "2 metadata, 1 request without response".
func leftWords(left map[string]int) string {
	names := map[string]string{"request": "request without response", "response": "response of another kind than HTTP", "revisit": "revisit without payload"}
	var words []string
	for _, kind := range slices.Sorted(maps.Keys(left)) {
		words = append(words, fmt.Sprintf("%d %s", left[kind], or(names[kind], kind)))
	}
	return strings.Join(words, ", ")
}
