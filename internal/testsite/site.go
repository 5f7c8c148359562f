package testsite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	fixtures "newsarchive/testdata/html"
)

// site is a folder's site.json.
type site struct {
	folder string

	Name     string `json:"name"`
	Start    string `json:"start"`    // path of the front page
	Language string `json:"language"` // of most pages, BCP 47
	About    string `json:"about"`    // one line on how the site is built
	// Coding is the content coding of HTML answers where the client accepts it:
	// "gzip", "br", "zstd" or "" for none.
	Coding string `json:"coding"`
	// Routes are by path, or path and query, and tell what differs from serving
	// the file of that path.
	Routes map[string]route `json:"routes"`
}

// route is one address that is not simply a file.
type route struct {
	File     string            `json:"file"`     // in the folder; by default the one of the path
	Status   int               `json:"status"`   // default 200
	Location string            `json:"location"` // for redirects; {{site}} is replaced
	Header   map[string]string `json:"header"`   // "" leaves a field out
	Charset  string            `json:"charset"`  // to encode the file in; default UTF-8
	Coding   string            `json:"coding"`   // in place of the site's
	Gzip     bool              `json:"gzip"`     // the file itself is gzip'd, as .xml.gz files are
	Chunked  bool              `json:"chunked"`  // no Content-Length
	Slow     bool              `json:"slow"`     // pauses before the head and amid the body
	Cut      bool              `json:"cut"`      // the connection ends half way through the body
	Empty    bool              `json:"empty"`    // no body
	Head     []string          `json:"head"`     // a head to send as it stands, in place of all others
}

func load(folder string) (site, error) {
	s := site{folder: folder}
	data, err := fs.ReadFile(fixtures.Files, folder+"/site.json")
	if err != nil {
		return s, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return s, fmt.Errorf("read %s/site.json: %w", folder, err)
	}
	return s, nil
}

// find returns the route of a request and the content of its file at that
// version. Nothing there is the site's 404 page.
func (s *site) find(uri, urlPath string, version int) (route, []byte) {
	r, listed := s.Routes[uri]
	if !listed {
		r, listed = s.Routes[urlPath]
	}
	if listed && r.Empty {
		return r, nil
	}
	if r.File == "" {
		r.File = fileOf(urlPath)
	}
	if data, ok := s.read(r.File, version); ok && (listed || !private(r.File)) {
		return r, data
	}
	if listed && r.Status != 0 {
		r.File = ""
		return r, nil
	}
	data, _ := s.read("404.html", version)
	return route{File: "404.html", Status: 404}, data
}

// fileOf names the file of a path: /city/ is city/index.html, /city/bridge is
// city/bridge.html, and any picture is the site's only one.
func fileOf(urlPath string) string {
	switch {
	case strings.HasPrefix(urlPath, "/img/"):
		return "img/photo.svg"
	case strings.HasSuffix(urlPath, "/"):
		return strings.TrimPrefix(urlPath+"index.html", "/")
	case path.Ext(urlPath) == "":
		return urlPath[1:] + ".html"
	}
	return urlPath[1:]
}

func private(file string) bool {
	return file == "site.json" || strings.HasSuffix(file, ".truth.json") || versioned.MatchString(file)
}

var versioned = regexp.MustCompile(`^(.+)\.v(\d+)\.html$`)

// read returns a file as it was at that version.
func (s *site) read(file string, version int) ([]byte, bool) {
	if name, ok := strings.CutSuffix(file, ".html"); ok {
		for v := version; v > 1; v-- {
			data, err := fs.ReadFile(fixtures.Files, fmt.Sprintf("%s/%s.v%d.html", s.folder, name, v))
			if err == nil {
				return data, true
			}
		}
	}
	data, err := fs.ReadFile(fixtures.Files, s.folder+"/"+file)
	return data, err == nil
}

// revised returns the paths of the pages that are new at that version.
func (s *site) revised(version int) ([]string, error) {
	var paths []string
	err := fs.WalkDir(fixtures.Files, s.folder, func(p string, _ fs.DirEntry, err error) error {
		m := versioned.FindStringSubmatch(strings.TrimPrefix(p, s.folder))
		if m != nil && m[2] == strconv.Itoa(version) {
			paths = append(paths, m[1])
		}
		return err
	})
	return paths, err
}
