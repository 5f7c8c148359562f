package testsite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	fixtures "newsarchive/testdata/html"
)

// A Truth is what a careful reader takes from a page, written by hand. A key
// that is absent is one that the page does not determine.
type Truth struct {
	URLPath    string   `json:"url_path"`
	Outcome    string   `json:"outcome"` // as page.Outcome
	Title      string   `json:"title"`
	Authors    []string `json:"authors"` // people
	Agencies   []string `json:"agencies"`
	Published  string   `json:"published"` // RFC 3339 with the page's offset, or a day
	Modified   string   `json:"modified"`
	Language   string   `json:"language"`
	Section    string   `json:"section"`
	Tags       []string `json:"tags"`
	Lead       string   `json:"lead"`       // the standfirst; not among Paragraphs
	Paragraphs []string `json:"paragraphs"` // blocks of the body in order: paragraphs, subheadings, list items, quotes
	Cells      []string `json:"cells"`      // of tables in the body, row by row
	Images     []Image  `json:"images"`
	Absent     []string `json:"absent"` // must not occur in the text
}

// An Image is what a page says about one picture of the article.
type Image struct {
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
}

// An Article is a page with its truth, and as it leaves the server.
type Article struct {
	Folder  string // of the site
	Version int    // 1, or N for NAME.vN.html
	Source  []byte // the file, UTF-8, address filled in
	Body    []byte // the same in the charset that it is served in
	Header  map[string]string
	Truth   Truth
}

// Name is the article's folder, path and version, for subtests.
func (a Article) Name() string {
	name := a.Folder + a.Truth.URLPath
	if a.Version > 1 {
		name += fmt.Sprintf("@v%d", a.Version)
	}
	return name
}

// URL is the article's address where Articles filled in the site's.
func (a Article) URL() string { return origin(a.Folder) + a.Truth.URLPath }

func origin(folder string) string { return "https://" + folder + ".example" }

// Articles returns all pages with a truth, in order of their files. Their site
// is called https://FOLDER.example. Nothing is served for it.
func Articles() ([]Article, error) {
	var all []Article
	err := fs.WalkDir(fixtures.Files, ".", func(file string, _ fs.DirEntry, err error) error {
		name, ok := strings.CutSuffix(file, ".truth.json")
		if err != nil || !ok {
			return err
		}
		a, err := article(name)
		if err != nil {
			return fmt.Errorf("read fixture %s: %w", name, err)
		}
		all = append(all, a)
		return nil
	})
	return all, err
}

// article reads NAME.html and NAME.truth.json.
func article(name string) (Article, error) {
	a := Article{Version: 1}
	a.Folder, _, _ = strings.Cut(name, "/")
	data, err := fs.ReadFile(fixtures.Files, name+".truth.json")
	if err != nil {
		return a, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&a.Truth); err != nil {
		return a, err
	}
	if m := versioned.FindStringSubmatch(name + ".html"); m != nil {
		_, err = fmt.Sscan(m[2], &a.Version)
	}
	if err != nil {
		return a, err
	}
	return a, a.serve()
}

// serve fills in what the site sends for the article.
func (a *Article) serve() error {
	s, err := load(a.Folder)
	if err != nil {
		return err
	}
	r, data := s.find(a.Truth.URLPath, a.Truth.URLPath, a.Version)
	if r.Status == 404 {
		return fmt.Errorf("no page at %s", a.Truth.URLPath)
	}
	a.Source = bytes.ReplaceAll(data, []byte("{{site}}"), []byte(origin(a.Folder)))
	a.Header = map[string]string{"Content-Type": contentType(r.File)}
	for name, value := range r.Header {
		a.Header[name] = value
	}
	a.Body, err = r.body(data, origin(a.Folder))
	return err
}
