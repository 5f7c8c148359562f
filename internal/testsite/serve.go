package testsite

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// firstPrinted is the Last-Modified of every page; each version is an hour later.
var firstPrinted = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

// ServeHTTP answers for one site.
func (h *host) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	h.log.begin()
	entry := Entry{At: time.Now(), Method: req.Method, Path: req.URL.RequestURI(), Header: req.Header.Clone()}
	defer func() { h.log.end(entry) }()

	version := int(h.version.Load())
	r, data := h.find(req.URL.RequestURI(), req.URL.Path, version)
	body, err := r.body(data, h.address)
	if err != nil {
		entry.Status = http.StatusInternalServerError
		http.Error(w, err.Error(), entry.Status)
		return
	}
	entry.Status = h.answer(w, req, r, body, version)
}

// body returns the file as it is served: addressed, in its charset, packed.
func (r route) body(data []byte, address string) ([]byte, error) {
	data = bytes.ReplaceAll(data, []byte("{{site}}"), []byte(address))
	data, err := encode(data, r.Charset)
	if err == nil && r.Gzip {
		data, err = pack(data, "gzip")
	}
	return data, err
}

// answer writes the response and returns its status.
func (h *host) answer(w http.ResponseWriter, req *http.Request, r route, body []byte, version int) int {
	if r.Head != nil {
		return raw(w, strings.Join(r.Head, "\r\n")+"\r\n\r\n", body)
	}
	status := cmp.Or(r.Status, http.StatusOK)
	header := w.Header()
	header.Set("Content-Type", contentType(r.File))
	if r.Location != "" {
		header.Set("Location", strings.ReplaceAll(r.Location, "{{site}}", h.address))
	}
	if status == http.StatusOK && !r.Empty {
		setValidators(header, body, version)
	}
	for name, value := range r.Header {
		header.Del(name)
		if value != "" {
			header.Set(name, value)
		} else if name == "Content-Type" {
			header[name] = nil // net/http must not guess one
		}
	}
	if r.Slow && !pause(req, h.slow) {
		return status
	}
	if status == http.StatusOK && notModified(req, header) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	}
	return h.send(w, req, r, status, body)
}

// send writes head and body in the route's manner.
func (h *host) send(w http.ResponseWriter, req *http.Request, r route, status int, body []byte) int {
	coding := cmp.Or(r.Coding, h.Coding)
	if r.Gzip || coding == "" || !accepts(req, coding) || len(body) == 0 {
		coding = ""
	}
	packed, err := pack(body, coding)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return http.StatusInternalServerError
	}
	if coding != "" {
		w.Header().Set("Content-Encoding", coding)
		w.Header().Set("Vary", "Accept-Encoding")
	}
	if r.Cut {
		return raw(w, head(status, w.Header(), len(packed)), packed[:len(packed)/2])
	}
	if !r.Chunked && !r.Slow {
		w.Header().Set("Content-Length", strconv.Itoa(len(packed)))
	}
	w.WriteHeader(status)
	half := len(packed) / 2
	_, _ = w.Write(packed[:half]) // a client that has gone is no fault of the site
	if r.Chunked || r.Slow {
		w.(http.Flusher).Flush()
	}
	if r.Slow && !pause(req, h.slow) {
		return status
	}
	_, _ = w.Write(packed[half:])
	return status
}

// raw writes bytes to the connection and ends it.
func raw(w http.ResponseWriter, head string, body []byte) int {
	status, _ := strconv.Atoi(strings.Fields(head)[1])
	conn, buf, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return 0
	}
	defer conn.Close()
	_, _ = buf.WriteString(head)
	_, _ = buf.Write(body)
	_ = buf.Flush()
	return status
}

// head composes a head by hand, for a body that will not be whole.
func head(status int, header http.Header, length int) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	_ = header.Write(&b)
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", length)
	return b.String()
}

// pause waits, and reports false if the client went away meanwhile.
func pause(req *http.Request, d time.Duration) bool {
	select {
	case <-req.Context().Done():
		return false
	case <-time.After(d):
		return true
	}
}

func setValidators(header http.Header, body []byte, version int) {
	header.Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(body))[:16]))
	header.Set("Last-Modified", firstPrinted.Add(time.Duration(version-1)*time.Hour).Format(http.TimeFormat))
}

// notModified compares as RFC 9110 section 13.2.2 orders it: the tag first, the
// date only where no tag was sent.
func notModified(req *http.Request, header http.Header) bool {
	etag := header.Get("ETag")
	if etag == "" {
		return false
	}
	if tags := req.Header.Get("If-None-Match"); tags != "" {
		return strings.Contains(tags, etag)
	}
	since, err := http.ParseTime(req.Header.Get("If-Modified-Since"))
	last, lastErr := http.ParseTime(header.Get("Last-Modified"))
	return err == nil && lastErr == nil && !last.After(since)
}

func accepts(req *http.Request, coding string) bool {
	for _, part := range strings.Split(strings.Join(req.Header.Values("Accept-Encoding"), ","), ",") {
		name, param, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == coding {
			return strings.ReplaceAll(param, " ", "") != "q=0"
		}
	}
	return false
}

// contentType tells the type of a file; routes give the odd ones.
func contentType(file string) string {
	switch path.Ext(file) {
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".json":
		return "application/json"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "text/html; charset=utf-8"
}
