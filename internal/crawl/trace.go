package crawl

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// trace is what a visit leaves for the next one. A visit that brought no body
// leaves what the one before it left; one that failed and may not fail again only
// what tells whether an article, or a page that leads to some, is as it was.
func trace(it frontier.Item, capture *page.Capture, r *page.Reading) frontier.Trace {
	t := it.Last
	t.Outcome, t.Status, t.Err = r.Row.Outcome, r.Row.HTTPStatus, page.Printable(capture.Err, 300)
	t.Robots, t.Rule = capture.Robots, capture.Rule
	if mayPass(t.Outcome, t.Status) && endAgain(it) != page.Unchanged {
		t.Digest, t.ETag, t.LastModified = "", "", ""
	}
	doc := capture.Document()
	if !whole(doc) || capture.Next != "" {
		return t
	}
	digest := digestOf(doc.Body)
	if t.Digest != "" && t.Digest != digest {
		t.Changes++
	}
	t.Digest = digest
	t.ETag, t.LastModified = validator(doc.Header.Get("Etag")), validator(doc.Header.Get("Last-Modified"))
	return t
}

// whole reports a document that came complete.
func whole(doc *page.Exchange) bool {
	return doc != nil && doc.Status == http.StatusOK && doc.Truncated == "" && doc.DecodeError == ""
}

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// maxValidator is the length in bytes past which a validator is not kept.
const maxValidator = 512

// validator returns a field's value if it can be sent back.
func validator(value string) string {
	if len(value) > maxValidator || page.Clean(value) != value {
		return ""
	}
	return value
}
