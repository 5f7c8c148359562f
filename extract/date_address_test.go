package extract

import (
	"testing"
	"time"
)

func TestDatesOfAddresses(t *testing.T) {
	for _, tt := range []struct{ path, want, precision string }{
		{"/2026/07/14/story", "2026-07-14", "day"},
		{"/2026/7/4/story", "2026-07-04", "day"},
		{"/world/2026/jul/14/story", "2026-07-14", "day"},
		{"/2026/07/14", "2026-07-14", "day"},
		{"/2026-07/14/content_8.htm", "2026-07-14", "day"},
		{"/cn/2026/07-14/8.shtml", "2026-07-14", "day"},
		{"/news/2026-07-14-story", "2026-07-14", "day"},
		{"/news/story-2026.07.14.html", "2026-07-14", "day"},
		{"/news/20260714/story", "2026-07-14", "day"},
		{"/news/a20260714b.html", "2026-07-14", "day"},
		{"/2026/07/story-12.html", "2026-07-01", "month"},
		{"/2026/07/10-reasons", "2026-07-01", "month"},
		{"/2026-07/story", "2026-07-01", "month"},
		{"/2026/july/story", "2026-07-01", "month"},
		{"/2026/sport/story-7.html", "", ""},
		{"/2026/politics/budget-12-questions", "", ""},
		{"/sport/2026/round-3", "", ""},
		{"/2026/top10", "", ""},
		{"/2025/us/elections/phase2/", "", ""},
		{"/2026/7-wonders", "", ""},
		{"/sport/world-cup-2026/3/", "", ""},
		{"/sport/world-cup-2026-3-things", "", ""},
		{"/2026/13/story", "", ""},
		{"/article/20261399", "", ""},
		{"/article/120260714", "", ""},
	} {
		m := readAt(t, "https://news.example"+tt.path, "<h1>Bridge closed to lorries</h1><p>Lorries must wait until spring.</p>")
		got := ""
		if !m.published.time.IsZero() {
			got = m.published.time.Format(time.DateOnly)
		}
		if got != tt.want || m.published.precision != tt.precision {
			t.Errorf("%s: %q, %q, want %q, %q", tt.path, got, m.published.precision, tt.want, tt.precision)
		}
	}
}
