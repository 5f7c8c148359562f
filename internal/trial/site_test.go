package trial

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A site is a newspaper on an address of the loopback that keeps its own count.
type site struct {
	addr  string // host and port
	pages int

	mu    sync.Mutex
	asked map[string]int // requests by path
	now   int            // requests under way
	most  int            // at the same time, at most
	last  time.Time      // of the last request
	gap   time.Duration  // between two requests, at most
}

// listen opens n addresses of the loopback, each a host of its own.
func listen(t *testing.T, n int) (list []net.Listener) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		list = append(list, l)
	}
	return list
}

// serve serves newspapers with so many pages each.
func serve(t *testing.T, hosts, pages int, latency time.Duration) (list []*site) {
	t.Helper()
	for _, l := range listen(t, hosts) {
		s := &site{addr: l.Addr().String(), pages: pages, asked: map[string]int{}}
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.begin(r.URL.Path)
			defer s.end()
			time.Sleep(latency)
			s.answer(w, r)
		})}
		go server.Serve(l)
		t.Cleanup(func() { server.Close() })
		list = append(list, s)
	}
	return list
}

func (s *site) begin(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[path]++
	s.now++
	s.most = max(s.most, s.now)
	if !s.last.IsZero() {
		s.gap = max(s.gap, time.Since(s.last))
	}
	s.last = time.Now()
}

func (s *site) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now--
}

func (s *site) answer(w http.ResponseWriter, r *http.Request) {
	var n int
	switch {
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
	case r.URL.Path == "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><title>The Daily</title><body><ul>")
		for i := range s.pages {
			fmt.Fprintf(w, `<li><a href="/story/%d">Story number %d of the day</a></li>`, i, i)
		}
		fmt.Fprint(w, "</ul>")
	default:
		if _, err := fmt.Sscanf(r.URL.Path, "/story/%d", &n); err != nil || n >= s.pages {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, story(s.addr, n))
	}
}

var vocabulary = strings.Fields(`council harbour bridge school winter budget river market station doctor farmer engineer
	report village festival library storm ferry museum teacher letter window garden history answer evening morning
	weather journey question street number public private early late small large quiet northern southern open closed`)

// story is a page of about 20 kB that is like no other.
func story(host string, n int) string {
	sum := fnv.New64a()
	io.WriteString(sum, host)
	r := rand.New(rand.NewPCG(sum.Sum64(), uint64(n)))
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Story %d at %s</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-%02dT08:00:00Z"></head><body><nav><a href="/">Home</a></nav><article><h1>Story %d at %s</h1>`, n, host, n%28+1, n, host)
	for range 25 {
		b.WriteString("<p>")
		for range 100 {
			b.WriteString(vocabulary[r.IntN(len(vocabulary))])
			b.WriteByte(' ')
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</article></body></html>")
	return b.String()
}
