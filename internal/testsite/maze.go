package testsite

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// A Maze is a site of some stories and more traps: combinations of filters, a calendar
// without end, ids of sessions in the path, redirects that go on for ever, and a page
// that says "not found" with status 200 at every other address, with links to more such
// addresses. Its zero value has no story.
type Maze struct {
	Stories int

	mu    sync.Mutex
	asked map[string]int
}

// The classes that Asked counts requests by.
const (
	MazeStory    = "story"
	MazeList     = "list"
	MazeFilter   = "filter"
	MazeCalendar = "calendar"
	MazeSession  = "session"
	MazeRedirect = "redirect"
	MazeNotFound = "not found"
)

// Asked returns how many requests each class had.
func (m *Maze) Asked() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]int{}
	for k, n := range m.asked {
		out[k] = n
	}
	return out
}

func (m *Maze) count(class string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.asked == nil {
		m.asked = map[string]int{}
	}
	m.asked[class]++
}

// perList is how many stories one list shows.
const perList = 10

// ServeHTTP answers.
func (m *Maze) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	segments := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	last, _ := strconv.Atoi(segments[len(segments)-1][strings.LastIndexByte(segments[len(segments)-1], '-')+1:])
	switch segments[0] {
	case "robots.txt":
		http.NotFound(w, r)
	case "", "news":
		m.count(MazeList)
		n, _ := strconv.Atoi(r.URL.Query().Get("page"))
		m.list(w, n)
	case "story":
		m.story(w, last)
	case "shop":
		m.count(MazeFilter)
		m.filter(w, r)
	case "calendar":
		m.count(MazeCalendar)
		m.calendar(w, last)
	case "s":
		m.count(MazeSession)
		m.list(w, last%7)
	case "go":
		m.count(MazeRedirect)
		http.Redirect(w, r, fmt.Sprintf("/go/on-%d", last+1), http.StatusFound)
	default:
		m.lost(w, r)
	}
}

func page(w http.ResponseWriter, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>%s</title></head><body><nav><a href="/">Front page</a> <a href="/shop?colour=red">Shop</a>
<a href="/calendar/2026/11/">Calendar</a> <a href="/go/on-0">Elsewhere</a></nav>%s</body></html>`, html.EscapeString(title), body)
}

func (m *Maze) list(w http.ResponseWriter, n int) {
	var b strings.Builder
	b.WriteString("<main><h1>News of the maze</h1><ul>")
	for i := n * perList; i < min(m.Stories, (n+1)*perList); i++ {
		fmt.Fprintf(&b, `<li><a href="/story/%s-%d">%s</a></li>`, words(i, 3, "-"), i, words(i, 6, " "))
	}
	fmt.Fprintf(&b, `</ul><a href="/s/5a3bd15c2ae54f%02x/list-%d">More</a> <a href="/lost-%s/">About</a>`, n, n+1, words(n+1000, 1, ""))
	if (n+1)*perList < m.Stories {
		fmt.Fprintf(&b, `<a href="/news/?page=%d">Older</a>`, n+1)
	}
	page(w, "News of the maze", b.String()+"</main>")
}

func (m *Maze) story(w http.ResponseWriter, n int) {
	if n >= m.Stories {
		m.lost(w, nil)
		return
	}
	m.count(MazeStory)
	var b strings.Builder
	fmt.Fprintf(&b, `<article><h1>%s</h1><p>By Ana Ruiz</p><time datetime="2026-11-%02dT08:00:00Z">November</time>`, words(n, 6, " "), 1+n%28)
	for p := range 4 {
		fmt.Fprintf(&b, "<p>The council spoke about %s, and %s was said by those who had come.</p>", words(n*17+p, 14, " "), words(n*31+p+7, 12, " "))
	}
	page(w, words(n, 6, " "), b.String()+"</article>")
}

// filter shows the same goods, whatever was chosen, and offers more to choose.
func (m *Maze) filter(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	b.WriteString("<main><h1>Shop</h1><ul><li>Mug</li><li>Calendar</li><li>Scarf</li></ul>")
	for _, name := range []string{"colour", "size", "price", "sort", "brand"} {
		for _, value := range []string{"red", "m", "up", "10"} {
			q := r.URL.Query()
			q.Set(name, value)
			fmt.Fprintf(&b, `<a href="/shop?%s">%s</a> `, html.EscapeString(q.Encode()), value)
		}
	}
	page(w, "Shop", b.String()+"</main>")
}

func (m *Maze) calendar(w http.ResponseWriter, month int) {
	var b strings.Builder
	fmt.Fprintf(&b, "<main><h1>What is on</h1><p>Nothing is planned.</p>")
	for d := 1; d <= 28; d++ {
		fmt.Fprintf(&b, `<a href="/calendar/day-%d/%d/">%d</a> `, d, month*31+d, d)
	}
	page(w, "What is on", b.String()+"</main>")
}

// lost says "not found" and does not mean it.
func (m *Maze) lost(w http.ResponseWriter, r *http.Request) {
	m.count(MazeNotFound)
	name, seed := "story", 1
	if r != nil {
		name = r.URL.Path
		for _, c := range name {
			seed = (seed*31 + int(c)) % 1_000_003
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<article><h1>Sorry</h1><p>The page %s could not be found on our server, which may be because it was moved, or because it
never was there. Our readers like to look at the front page in such a case, where they find what is new today, and at the pages below.</p>
<p>If you think that something is missing here, write to the editors. They answer on weekdays between nine and five, and are glad of a hint.</p></article>`,
		html.EscapeString(name))
	for i := range 6 {
		fmt.Fprintf(&b, `<a href="/%s/%s/">See also</a> `, words(seed+i, 1, ""), words(seed*7+i, 2, "-"))
	}
	page(w, "Sorry", b.String())
}

// words makes n words out of a number.
func words(seed, n int, joint string) string {
	syllables := []string{"ra", "li", "mo", "ve", "tu", "sen", "dor", "ka", "pel", "nim", "gos", "har", "wit", "bel", "fan", "jor"}
	x := uint32(seed)*2654435761 + 12345
	list := make([]string, n)
	for i := range list {
		for range 3 {
			x = x*1664525 + 1013904223
			list[i] += syllables[x>>28]
		}
	}
	return strings.Join(list, joint)
}
