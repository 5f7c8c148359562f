// Package metrics counts what crawls do, for Prometheus. Labels are bounded: sites
// are those of the config, outcomes a fixed list, hosts the first few hundred.
package metrics

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newsarchive/page"
)

// maxHosts is how many hosts have series of their own; the rest are not told of.
const maxHosts = 300

// other is the site of pages that belong to none of the config.
const other = "other"

// Metrics are the series of one process.
type Metrics struct {
	// Due returns when each site is due; it is asked at each look at the metrics. May be nil.
	Due func() map[string]time.Time

	registry *prometheus.Registry
	pages    *prometheus.CounterVec   // site, outcome
	changes  *prometheus.CounterVec   // site, change
	bytes    *prometheus.CounterVec   // site
	seconds  *prometheus.HistogramVec // site
	delay    *prometheus.GaugeVec     // host
	next     *prometheus.GaugeVec     // site
	reloads  *prometheus.CounterVec   // result
	runs     prometheus.Counter

	mu    sync.Mutex
	sites map[string]bool
	hosts map[string]bool
}

// New returns the series, and how many addresses are queued where queued is not nil.
func New(version string, queued func() (int, error)) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), hosts: map[string]bool{}, sites: map[string]bool{}}
	m.pages = m.counter("scrape_pages_total", "Visits that had an end.", "site", "outcome")
	m.changes = m.counter("scrape_articles_total", "Articles kept, by what changed.", "site", "change")
	m.bytes = m.counter("scrape_received_bytes_total", "Bytes received for pages, redirects and robots.txt included.", "site")
	m.reloads = m.counter("scrape_config_reloads_total", "Reloads of the config.", "result")
	m.seconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "scrape_page_seconds", Help: "Time of a visit, archiving included.",
		Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"site"})
	m.delay = m.gauge("scrape_host_delay_seconds", "Least time between two requests to a host.", "host")
	m.next = m.gauge("scrape_site_next_poll_timestamp_seconds", "When a site is due.", "site")
	m.runs = prometheus.NewCounter(prometheus.CounterOpts{Name: "scrape_runs_total", Help: "Runs that ended."})
	info := m.gauge("scrape_build_info", "Version of the program.", "version")
	info.WithLabelValues(version).Set(1)
	m.registry.MustRegister(m.seconds, m.runs, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if queued != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "scrape_queued_addresses", Help: "Addresses that wait for a visit; -1 where that is not known."},
			func() float64 { return known(queued()) }))
	}
	return m
}

func known(n int, err error) float64 {
	if err != nil {
		return -1
	}
	return float64(n)
}

func (m *Metrics) counter(name, help string, labels ...string) *prometheus.CounterVec {
	v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(v)
	return v
}

func (m *Metrics) gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(v)
	return v
}

// Sites says which sites have series of their own.
func (m *Metrics) Sites(ids []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sites = map[string]bool{}
	for _, id := range ids {
		m.sites[id] = true
	}
	m.next.Reset()
}

func (m *Metrics) site(id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sites[id] {
		return id
	}
	return other
}

// Visit counts one visit. Change is "" for what is no article.
func (m *Metrics) Visit(site string, o page.Outcome, change string, bytes int64, took time.Duration) {
	site = m.site(site)
	m.pages.WithLabelValues(site, string(o)).Inc()
	m.bytes.WithLabelValues(site).Add(float64(bytes))
	m.seconds.WithLabelValues(site).Observe(took.Seconds())
	if change != "" {
		m.changes.WithLabelValues(site, change).Inc()
	}
}

// Delay tells the pace of a host.
func (m *Metrics) Delay(host string, d time.Duration) {
	m.mu.Lock()
	ok := m.hosts[host] || len(m.hosts) < maxHosts
	if ok {
		m.hosts[host] = true
	}
	m.mu.Unlock()
	if ok {
		m.delay.WithLabelValues(host).Set(d.Seconds())
	}
}

// due tells when each site is due.
func (m *Metrics) due() {
	if m.Due == nil {
		return
	}
	for site, at := range m.Due() {
		if name := m.site(site); name != other {
			m.next.WithLabelValues(name).Set(float64(at.Unix()))
		}
	}
}

// Run counts a run that ended.
func (m *Metrics) Run() { m.runs.Inc() }

// Reload counts a reload of the config.
func (m *Metrics) Reload(ok bool) {
	result := "failed"
	if ok {
		result = "ok"
	}
	m.reloads.WithLabelValues(result).Inc()
}

// Serve answers at /metrics of the address until ctx ends. It returns once it
// listens, with the address that it listens at.
func (m *Metrics) Serve(ctx context.Context, address string) (string, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	all := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		m.due()
		all.ServeHTTP(w, r)
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 20 * time.Second, MaxHeaderBytes: 16 << 10}
	context.AfterFunc(ctx, func() { s.Close() })
	go func() {
		if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			l.Close()
		}
	}()
	return l.Addr().String(), nil
}
