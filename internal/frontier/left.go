package frontier

import (
	"fmt"
	"strings"

	"newsarchive/internal/spelling"
)

// Left counts the known addresses that a run does not visit, by the reason.
type Left struct {
	Budget  int    // past what the run, or their site, may visit
	Waits   int    // of hosts that were given up
	Trapped int    // of forms of addresses that bring nothing new (package trap)
	Queued  int    // still due: the run was stopped
	Stopped int    // the same, and nothing keeps them for another run
	Links   int    // to more such addresses, counted each time that one was seen
	Example string // one of the addresses, that can be asked about; "" for none
}

// Total is how many addresses are left.
func (l Left) Total() int { return l.Budget + l.Waits + l.Trapped + l.Queued + l.Stopped }

// Why says in one line what was left and what to ask about it; "" where nothing was.
func (l Left) Why() string {
	var parts []string
	add := func(n int, why string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, why))
		}
	}
	add(l.Budget, "past a budget of pages")
	add(l.Waits, "on hosts that do not answer, or ask for too long a wait")
	add(l.Trapped, "of forms that brought nothing new")
	add(l.Queued, "queued until a run goes on with them")
	add(l.Stopped, "that had not had their turn when the run was stopped")
	add(l.Links, "links to more of such a form")
	were := "were"
	if l.Total() == 1 {
		were = "was"
	}
	switch s := fmt.Sprintf("%s %s not visited: %s", spelling.Count(l.Total(), "known address"), were, strings.Join(parts, ", ")); {
	case len(parts) == 0:
		return ""
	case l.Example != "":
		return s + "; scrape why " + word(l.Example) + " says more"
	case l.Links > 0:
		return s + "; scrape status says more"
	default:
		return s
	}
}

// word is an address as one word for a shell; URL where none is that simply.
func word(link string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(":/._-%+,@~", r)
	}
	switch rest := strings.TrimFunc(link, plain); {
	case len(link) > 200:
		return "URL"
	case strings.IndexFunc(rest, func(r rune) bool { return !plain(r) && !strings.ContainsRune("?&=", r) }) >= 0:
		return "URL"
	case rest != "":
		return "'" + link + "'"
	}
	return link
}
