package extract

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"newsarchive/page"
)

// transport says how the page came: the outcome where that alone decides it, "" where
// it is to be read. A wall may come with any status, so it is asked for apart.
func (j *judgement) transport() page.Outcome {
	switch status := j.d.ex.Status; {
	case status == statusUnauthorized || status == statusForbidden || status == statusTooMany:
		return page.Blocked
	case status == 304 && conditional(j.d.ex.Request):
		return page.Unchanged
	case status != 0 && (status < 200 || status > 299):
		return page.HTTPError
	}
	if !readable(j.d.ex.Header.Get("Content-Type"), j.d.ex.Body) {
		j.warn("not_html")
		return page.NotArticle
	}
	return ""
}

// conditional reports whether a request asks for a page only if it changed. Of one
// that was not kept that is believed.
func conditional(request []byte) bool {
	return len(request) == 0 || bytes.Contains(request, []byte("\r\nIf-"))
}

const (
	statusUnauthorized = 401
	statusForbidden    = 403
	statusTooMany      = 429
)

// readable reports whether a body may be a page, by its media type and by its
// first bytes, which are believed before the type.
func readable(contentType string, body []byte) bool {
	if binaryFile(body) || noise(body) || feedLike(body) || jsonLike(body) {
		return false
	}
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch strings.TrimSpace(kind) {
	case "": // a file, or a server that does not say
		return tagged(body)
	case "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml":
		return true
	case "text/plain", "application/octet-stream", "text/xml", "application/xml", "unknown/unknown", "text/x-html", "html":
		return markupLike(body)
	}
	return !strings.Contains(kind, "/")
}

// asPage is the body where it may be a page: the bytes of a picture make letters too.
// What comes with an error is read whatever its type: it may hold the words of a wall.
func asPage(ex *page.Exchange) []byte {
	fine := ex.Status == 0 || ex.Status >= 200 && ex.Status <= 299
	typed := ex.Header.Get("Content-Type") != ""
	if fine && (typed && !readable(ex.Header.Get("Content-Type"), ex.Body) || binaryFile(ex.Body) || noise(ex.Body)) {
		return nil
	}
	return ex.Body
}

// signatures are the first bytes of files that are sometimes served as pages.
var signatures = [...]string{"%PDF-", "\x89PNG\r\n", "GIF87a", "GIF89a", "\xFF\xD8\xFF", "PK\x03\x04", "\x1F\x8B\x08", "ID3", "OggS", "\x00\x00\x01\x00",
	"\x1A\x45\xDF\xA3", "7z\xBC\xAF", "Rar!\x1A", "\xD0\xCF\x11\xE0", "wOFF", "wOF2", "%!PS"}

func binaryFile(body []byte) bool {
	for _, s := range signatures {
		if bytes.HasPrefix(body, []byte(s)) {
			return true
		}
	}
	return len(body) > 12 && (bytes.HasPrefix(body, []byte("RIFF")) || bytes.Equal(body[4:8], []byte("ftyp")))
}

// feedLike reports feeds, sitemaps and pictures written as XML.
func feedLike(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 1024)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	if bytes.HasPrefix(head, []byte("<?xml")) {
		if i := bytes.Index(head, []byte("?>")); i >= 0 {
			head = bytes.TrimLeft(head[i+2:], " \t\r\n")
		}
	}
	for _, s := range [...]string{"<rss", "<feed", "<urlset", "<sitemapindex", "<rdf:RDF", "<svg"} {
		if bytes.HasPrefix(head, []byte(s)) {
			return true
		}
	}
	return false
}

// jsonLike reports bodies that are JSON as far as was looked, and nothing after it.
func jsonLike(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 64<<10)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	for d := json.NewDecoder(bytes.NewReader(head)); ; {
		if _, err := d.Token(); err != nil {
			return err == io.EOF || err == io.ErrUnexpectedEOF
		}
	}
}

// noise reports bytes that no charset makes a text of: more than one in fifty of
// the first is a control character that texts do not have. UTF-16 is told by its
// mark; escapes are of ISO-2022.
func noise(body []byte) bool {
	head := body[:min(len(body), 2048)]
	if bytes.HasPrefix(head, []byte("\xFE\xFF")) || bytes.HasPrefix(head, []byte("\xFF\xFE")) {
		return false
	}
	controls := 0
	for _, c := range head {
		if c < ' ' && c != 0 && c != 0x1B && (c < '\t' || c > '\r') || c == 0x7F {
			controls++
		}
	}
	return controls*50 > len(head)
}

// tagged reports whether there is an HTML tag in the first bytes, and no JSON
// around it. The zeros of UTF-16 are passed over.
func tagged(body []byte) bool {
	head := body[:min(len(body), 64<<10)]
	if bytes.IndexByte(head, 0) >= 0 {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	if text := bytes.TrimLeft(head, " \t\r\n"); len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		return false
	}
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return len(body) == 0
		}
		head = head[i+1:]
		for _, name := range [...]string{"!doctype html", "html", "head", "body", "title", "meta", "p", "div", "h1", "br", "article", "table"} {
			if hasPrefixFold(head, name) {
				return true
			}
		}
	}
}

func markupLike(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 1024)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<body"))
}

// cut says what a reading is worth where the document did not arrive whole, or was
// not read to its end; "" where it is whole.
func (j *judgement) cut() page.Outcome {
	ex := j.d.ex
	switch {
	case ex.Truncated != "":
		j.warn("truncated_" + ex.Truncated)
	case ex.DecodeError != "":
		j.warn("decode_error")
	case ex.Status == 206:
		j.warn("partial_content")
	case j.d.truncated == "depth": // all of the text is there
		j.warn("deep_markup")
		return ""
	case j.d.truncated != "":
		j.warn("bounded_" + j.d.truncated)
	default:
		return ""
	}
	switch {
	case j.mass >= shortText/2:
		return page.Partial
	case ex.Truncated == "length" || ex.Truncated == "" && (j.d.truncated != "" || ex.Bounded):
		return page.TooLarge
	case ex.Truncated != "" || ex.DecodeError != "":
		return page.NetworkError
	}
	return page.Partial
}

// showsText reports whether a row of this outcome keeps the text that was found:
// where the page is an error or a wall, its words are no one's article.
func showsText(o page.Outcome) bool {
	switch o {
	case page.HTTPError, page.Blocked, page.NetworkError, page.JSRequired, page.RobotsDenied, page.UnsafeAddress:
		return false
	}
	return true
}
