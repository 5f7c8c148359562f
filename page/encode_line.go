package page

import (
	"errors"
	"strconv"
	"time"
	"unicode/utf8"
)

// A line is a JSON object under construction. Its strings are made clean (see
// Clean) and its times whole seconds of UTC while they are written.
type line struct {
	b   []byte
	err error
}

func (l *line) row(r *Row) error {
	l.b = append(l.b, '{')
	l.names(r)
	l.article(r)
	l.facts(r)
	l.sources(r)
	l.provenance(r)
	l.b[len(l.b)-1] = '}' // was a comma
	return l.err
}

func (l *line) names(r *Row) {
	l.text("schema", r.Schema)
	l.text("id", r.ID)
	l.number("version", int64(r.Version))
	l.text("change", r.Change)
	l.number("previous_version", int64(r.PreviousVersion))
	l.number("extraction", int64(r.Extraction))
	l.text("duplicate", r.Duplicate)
	l.text("duplicate_of", r.DuplicateOf)
	l.text("wire", r.Wire)
	l.text("url", r.URL)
	l.text("url_requested", r.URLRequested)
	l.text("url_canonical", r.URLCanonical)
	l.text("url_amp", r.URLAMP)
	l.text("site", r.Site)
	l.text("site_name", r.SiteName)
}

func (l *line) article(r *Row) {
	l.text("title", r.Title)
	l.text("subtitle", r.Subtitle)
	l.text("lead", r.Lead)
	l.text("text", r.Text)
	l.text("markdown", r.Markdown)
	l.text("html", r.HTML)
	l.lines("images", r.Images)
	l.lines("image_captions", r.ImageCaptions)
	l.lines("image_credits", r.ImageCredits)
	l.lines("image_sources", r.ImageSources)
	l.lines("links", r.Links)
	l.lines("authors", r.Authors)
	l.lines("agencies", r.Agencies)
}

func (l *line) facts(r *Row) {
	l.time("published_at", r.PublishedAt)
	l.text("published_precision", r.PublishedPrecision)
	l.text("published_raw", r.PublishedRaw)
	l.time("modified_at", r.ModifiedAt)
	l.text("modified_raw", r.ModifiedRaw)
	l.time("fetched_at", fetched(r))
	l.text("language", r.Language)
	l.number("language_confidence", int64(r.LanguageConfidence))
	l.text("section", r.Section)
	l.lines("tags", r.Tags)
	l.text("license", r.License)
	l.text("access", r.Access)
	l.text("declared_free", r.DeclaredFree)
	l.text("outcome", string(r.Outcome))
	l.lines("warnings", r.Warnings)
	l.number("quality", int64(r.Quality))
	l.number("word_count", int64(r.WordCount))
	l.number("char_count", int64(r.CharCount))
	l.text("text_sha256", r.TextSHA256)
	l.text("simhash", r.Simhash)
}

func (l *line) sources(r *Row) {
	l.text("title_source", r.TitleSource)
	l.text("subtitle_source", r.SubtitleSource)
	l.text("lead_source", r.LeadSource)
	l.text("text_source", r.TextSource)
	l.text("authors_source", r.AuthorsSource)
	l.text("agencies_source", r.AgenciesSource)
	l.text("published_source", r.PublishedSource)
	l.text("modified_source", r.ModifiedSource)
	l.text("language_source", r.LanguageSource)
	l.text("canonical_source", r.CanonicalSource)
	l.text("site_name_source", r.SiteNameSource)
	l.text("section_source", r.SectionSource)
	l.text("tags_source", r.TagsSource)
	l.text("license_source", r.LicenseSource)
	l.text("access_source", r.AccessSource)
	l.text("declared_free_source", r.DeclaredFreeSource)
}

func (l *line) provenance(r *Row) {
	l.number("http_status", int64(r.HTTPStatus))
	l.text("content_type", r.ContentType)
	l.text("charset", r.Charset)
	l.text("etag", r.ETag)
	l.text("last_modified", r.LastModified)
	l.text("robots", r.Robots)
	l.text("tdm", r.TDM)
	l.text("truncated", r.Truncated)
	l.text("warc_file", r.WARCFile)
	l.number("warc_offset", r.WARCOffset)
	l.number("warc_length", r.WARCLength)
	l.text("warc_record_id", r.WARCRecordID)
	l.text("warc_payload_digest", r.WARCPayloadDigest)
	l.text("extractor", r.Extractor)
	l.text("extractor_version", r.ExtractorVersion)
	l.text("rules_version", r.RulesVersion)
	l.text("software", r.Software)
	l.text("run_id", r.RunID)
}

// fetched returns nil for a page that was never fetched.
func fetched(r *Row) *time.Time {
	if r.FetchedAt.UTC().Truncate(time.Second).IsZero() {
		return nil
	}
	return &r.FetchedAt
}

func (l *line) key(key string) {
	l.b = append(l.b, '"')
	l.b = append(l.b, key...)
	l.b = append(l.b, '"', ':')
}

func (l *line) text(key, s string) {
	l.key(key)
	l.b = append(l.b, '"')
	l.b = appendText(l.b, s, `\n`)
	l.b = append(l.b, '"', ',')
}

func (l *line) lines(key string, items Lines) {
	l.key(key)
	l.b = append(l.b, '"')
	for i, s := range items {
		if i > 0 {
			l.b = append(l.b, `\n`...)
		}
		l.b = appendText(l.b, s, " ")
	}
	l.b = append(l.b, '"', ',')
}

func (l *line) number(key string, n int64) {
	l.key(key)
	l.b = strconv.AppendInt(l.b, n, 10)
	l.b = append(l.b, ',')
}

// errYear reports a time that RFC 3339 cannot write.
var errYear = errors.New("year outside of 0 to 9999")

func (l *line) time(key string, t *time.Time) {
	l.key(key)
	if t == nil {
		l.b = append(l.b, "null,"...)
		return
	}
	utc := t.UTC().Truncate(time.Second)
	if y := utc.Year(); y < 0 || y > 9999 {
		l.err = errYear
	}
	l.b = append(l.b, '"')
	l.b = utc.AppendFormat(l.b, time.RFC3339)
	l.b = append(l.b, '"', ',')
}

// bare are the bytes that stand for themselves in a JSON string.
var bare = func() (t [256]bool) {
	for c := ' '; c < 0x7F; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// appendText appends the inside of a JSON string that holds Clean(s), with newline
// for each newline. Line separators and bidirectional overrides are escaped.
func appendText(dst []byte, s, newline string) []byte {
	for i := 0; i < len(s); {
		from := i
		for i < len(s) && bare[s[i]] {
			i++
		}
		dst = append(dst, s[from:i]...)
		if i == len(s) {
			break
		}
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			dst, i = appendRune(dst, s, i)
			continue
		case c == '\n':
			dst = append(dst, newline...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		}
		i++
	}
	return dst
}

// appendRune appends the character at s[i], and returns where the next begins. Bytes
// that are no character become one U+FFFD together.
func appendRune(dst []byte, s string, i int) ([]byte, int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == utf8.RuneError && n == 1:
		for r == utf8.RuneError && n == 1 {
			i++
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		return append(dst, "\uFFFD"...), i
	case unwanted(r):
	case bidi(r) || r == '\u2028' || r == '\u2029':
		const hex = "0123456789abcdef"
		dst = append(dst, '\\', 'u', '2', '0', hex[r>>4&15], hex[r&15])
	default:
		dst = append(dst, s[i:i+n]...)
	}
	return dst, i + n
}
