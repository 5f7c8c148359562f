// Package testsite serves small made-up news sites on the loopback, for tests
// and for the demo.
//
// The pages are the files of testdata/html. Each site gets a port of its own and
// answers the same bytes to the same request, apart from its own address, which
// stands in for {{site}}. The server keeps a log of what was asked of it, so
// that a test can hold a crawler to its manners.
package testsite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	fixtures "newsarchive/testdata/html"
)

// Options say what is served. The zero value serves the newspapers, which
// answer at once, and not the site of faults.
type Options struct {
	Only   []string      // folders of testdata/html; nil means all newspapers
	Faults bool          // also serve the folder "faults": broken, slow, moved and hostile answers
	Slow   time.Duration // how long a slow answer pauses, twice; default 2 s
}

// A Site is one of the sites served.
type Site struct {
	Folder string // of testdata/html, such as "courier"
	Name   string // as the paper calls itself
	URL    string // http://127.0.0.1:PORT, without a slash at the end
	Start  string // address of the front page
}

// A Server serves sites until it is closed.
type Server struct {
	sites   []*host
	version atomic.Int32 // pages with a NAME.vN.html show the highest N up to this
}

// host is one site with its listener.
type host struct {
	site
	address string
	slow    time.Duration
	version *atomic.Int32
	log     log
	http    *http.Server
}

// Faults is the folder of the site that misbehaves.
const Faults = "faults"

// Start serves the chosen sites, each on a free port of 127.0.0.1.
func Start(o Options) (*Server, error) {
	folders, err := choose(o)
	if err != nil {
		return nil, err
	}
	s := &Server{}
	s.version.Store(1)
	for _, folder := range folders {
		if err := s.add(folder, o); err != nil {
			return nil, errors.Join(fmt.Errorf("start site %s: %w", folder, err), s.Close())
		}
	}
	return s, nil
}

func choose(o Options) ([]string, error) {
	all, err := Folders()
	if err != nil || o.Only != nil {
		return o.Only, err
	}
	return slices.DeleteFunc(all, func(f string) bool { return f == Faults && !o.Faults }), nil
}

// Folders returns the names of all sites in testdata/html, in order.
func Folders() ([]string, error) {
	entries, err := fs.ReadDir(fixtures.Files, ".")
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (s *Server) add(folder string, o Options) error {
	site, err := load(folder)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h := &host{site: site, address: "http://" + l.Addr().String(), slow: o.Slow, version: &s.version}
	if h.slow == 0 {
		h.slow = 2 * time.Second
	}
	h.http = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	s.sites = append(s.sites, h)
	go func() { _ = h.http.Serve(l) }() // ends with ErrServerClosed
	return nil
}

// Sites returns what is served, in order of the folders' names.
func (s *Server) Sites() []Site {
	var sites []Site
	for _, h := range s.sites {
		sites = append(sites, Site{Folder: h.folder, Name: h.Name, URL: h.address, Start: h.address + h.Start})
	}
	return sites
}

// Site returns the site of that folder; its URL is empty if it is not served.
func (s *Server) Site(folder string) Site {
	for _, site := range s.Sites() {
		if site.Folder == folder {
			return site
		}
	}
	return Site{}
}

// Revise replaces the articles that have a later version by that version, as an
// editor would, and returns their addresses; none when the last one is reached.
func (s *Server) Revise() ([]string, error) {
	v := int(s.version.Add(1))
	var changed []string
	for _, h := range s.sites {
		paths, err := h.revised(v)
		if err != nil {
			return nil, fmt.Errorf("revise %s: %w", h.folder, err)
		}
		for _, p := range paths {
			changed = append(changed, h.address+p)
		}
	}
	return changed, nil
}

// Close stops all sites. Requests that are still being answered are cut.
func (s *Server) Close() error {
	var errs []error
	for _, h := range s.sites {
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		if h.http.Shutdown(ctx) != nil {
			errs = append(errs, h.http.Close())
		}
		cancel()
	}
	return errors.Join(errs...)
}
