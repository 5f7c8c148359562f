package testsite

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// An Entry is one request that a site answered.
type Entry struct {
	At     time.Time // when the request was read
	Method string
	Path   string // with the query
	Header http.Header
	Status int // of the answer
}

// log is what was asked of one site.
type log struct {
	mu      sync.Mutex
	entries []Entry
	open    int // requests being answered
	worst   int // the most of them at one time
}

func (l *log) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open++
	l.worst = max(l.worst, l.open)
}

func (l *log) end(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	l.entries = append(l.entries, e)
}

// Log returns what was asked of a site so far, in the order of the answers.
func (s *Server) Log(folder string) []Entry {
	h := s.host(folder)
	if h == nil {
		return nil
	}
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return slices.Clone(h.log.entries)
}

// Counts returns how often each path (with its query) of a site was asked for.
func (s *Server) Counts(folder string) map[string]int {
	counts := map[string]int{}
	for _, e := range s.Log(folder) {
		counts[e.Path]++
	}
	return counts
}

// Worst returns the most requests that a site had to answer at one time.
func (s *Server) Worst(folder string) int {
	h := s.host(folder)
	if h == nil {
		return 0
	}
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return h.log.worst
}

func (s *Server) host(folder string) *host {
	for _, h := range s.sites {
		if h.folder == folder {
			return h
		}
	}
	return nil
}
