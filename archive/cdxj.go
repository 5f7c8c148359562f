package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"newsarchive/archive/warc"
)

// indexed is the JSON of a CDXJ line; the field's tools take all values as strings.
type indexed struct {
	URL       string `json:"url"`
	MIME      string `json:"mime"`
	Status    string `json:"status"`
	Digest    string `json:"digest"`
	Length    string `json:"length"`
	Offset    string `json:"offset"`
	Filename  string `json:"filename"`
	Requisite string `json:"requisite-of,omitempty"` // id of the record of the page
}

// line returns the CDXJ line of a record in the file that has one.
func (m made) line(file string) []byte {
	uri, status := warc.EncodeURI(m.entry.URI), strconv.Itoa(m.status)
	if m.entry.Type == warc.Resource {
		status = "-"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s ", surt(uri), m.entry.Date.UTC().Format(stampLayout))
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(indexed{ // strings into memory: does not fail
		URL: uri, MIME: m.mime, Status: status, Digest: m.entry.PayloadDigest,
		Length: strconv.FormatInt(m.span.Length, 10), Offset: strconv.FormatInt(m.span.Offset, 10), Filename: file, Requisite: m.of,
	})
	return b.Bytes()
}

var (
	wwwPrefix = regexp.MustCompile(`^www\d*\.`)
	sessionID = regexp.MustCompile(`(?i)(^|&)(?:jsessionid=[0-9a-z$]{10,}|sid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24})(&|$)`)
)

// surt returns the sort-friendly key of an http or https address as CDX servers
// make it: the host's labels reversed, no "www.", the path cleaned up, the
// parameters sorted and without session ids, all in lower case.
func surt(uri string) string {
	uri, _, _ = strings.Cut(uri, "#")
	scheme, rest, _ := strings.Cut(uri, "://")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	u, err := url.Parse(scheme + "://" + rest[:end]) // the path need not be sound
	if err != nil || u.Host == "" {
		return strings.ToLower(warc.EncodeURI(uri))
	}
	path, query, _ := strings.Cut(rest[end:], "?")
	key := surtHost(u) + ")/" + surtPath(path)
	if q := surtQuery(query); q != "" {
		key += "?" + q
	}
	return strings.ToLower(key)
}

func surtHost(u *url.URL) string {
	host := strings.ToLower(strings.TrimRight(u.Hostname(), "."))
	if _, err := netip.ParseAddr(host); err != nil || strings.Contains(host, ".") {
		labels := strings.Split(wwwPrefix.ReplaceAllString(host, ""), ".")
		slices.Reverse(labels)
		host = strings.Join(labels, ",")
	}
	port := u.Port()
	if port == "" || port == "80" && strings.EqualFold(u.Scheme, "http") || port == "443" && strings.EqualFold(u.Scheme, "https") {
		return host
	}
	return host + ":" + port
}

func surtPath(escaped string) string {
	var kept []string
	for part := range strings.SplitSeq(escaped, "/") {
		switch {
		case part == "..":
			kept = kept[:max(0, len(kept)-1)]
		case part != "" && part != ".":
			kept = append(kept, part)
		}
	}
	joined := strings.Join(kept, "/")
	var b strings.Builder
	for i := 0; i < len(joined); i++ {
		c := joined[i]
		if c == '%' && i+2 < len(joined) {
			if n, err := strconv.ParseUint(joined[i+1:i+3], 16, 8); err == nil {
				c = byte(n)
				i += 2
			}
		}
		if c <= ' ' || c >= 0x7f || c == '%' || c == '#' {
			fmt.Fprintf(&b, "%%%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func surtQuery(query string) string {
	for prev := ""; prev != query; { // neighbours share their separator
		prev, query = query, sessionID.ReplaceAllString(query, "$1$2")
	}
	query = strings.Trim(query, "&")
	if query == "" {
		return ""
	}
	parts := strings.Split(query, "&")
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// mediaType returns a Content-Type without parameters in lower case, "unk" for
// none that can be read.
func mediaType(contentType string) string {
	t, _, err := mime.ParseMediaType(contentType)
	if t == "" || err != nil && t == "" || strings.ContainsAny(t, " \t") {
		return "unk"
	}
	return t
}

func baseName(name string) string { return path.Base(name) }
