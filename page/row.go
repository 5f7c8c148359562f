package page

import "time"

// Schema is the version of Row. An added key raises the minor number, a removed
// or changed one the major.
const Schema = "scrape.article/1.3"

// A Row is one line of the article files: one version of one page.
//
// It is flat so that any tool loads it, with the same types from any file. Every
// key is always written; strings are never null, only the times may be; times are
// whole seconds of UTC; no number is ever a fraction; facts
// with three values are "yes", "no", "unknown"; what is a list stands in one
// string, an item a line (see Lines).
// A *_source key names what the value came from ("jsonld:headline", "meta:og:title",
// "html:h1", "url", "http", ...), "" where there is no value.
type Row struct {
	Schema          string `json:"schema"`           // Schema
	ID              string `json:"id"`               // "a" and 15 hex digits of the SHA-256 of the canonical address
	Version         int    `json:"version"`          // 1, 2, ... for each change of the article
	Change          string `json:"change"`           // "new", "changed", "reextracted"; of what is not stored "unchanged", "kept"; "" outside an archive
	PreviousVersion int    `json:"previous_version"` // 0 if none
	Extraction      int    `json:"extraction"`       // 1, 2, ... for each reading of this version's capture; 0 in rows of schema 1.0 stands for 1

	// How its text stands to that of other articles of the archive. Rows of the archive's
	// own files know of no others and have "" here; what is asked of the catalog has more.
	Duplicate   string `json:"duplicate"`    // "exact" or "near": an earlier article has the same text, or nearly; "" if none has
	DuplicateOf string `json:"duplicate_of"` // id of that article
	Wire        string `json:"wire"`         // "yes" where several sites have the text and an agency is named, else "no"; "" where not compared

	URL          string `json:"url"`           // address of the document that was read
	URLRequested string `json:"url_requested"` // address that was asked for, before redirects
	URLCanonical string `json:"url_canonical"` // declared by the page if it is believable, else URL
	URLAMP       string `json:"url_amp"`
	Site         string `json:"site"` // registered domain (public suffix list), or the host
	SiteName     string `json:"site_name"`

	Title    string `json:"title"`
	Subtitle string `json:"subtitle"`
	Lead     string `json:"lead"`     // standfirst; where it stands in the body, text begins with it
	Text     string `json:"text"`     // blocks, separated by newlines; no captions, no markup
	Markdown string `json:"markdown"` // the same blocks as CommonMark with tables
	HTML     string `json:"html"`     // the same blocks as allow-listed markup without active content

	Images        Lines `json:"images"`         // addresses, lead image first
	ImageCaptions Lines `json:"image_captions"` // one for each of images, "" if none
	ImageCredits  Lines `json:"image_credits"`  // one for each of images, "" if none
	ImageSources  Lines `json:"image_sources"`  // one for each of images: where it was found
	Links         Lines `json:"links"`          // addresses that the article's body links to

	Authors  Lines `json:"authors"`  // people; the organisation that signs where no person does
	Agencies Lines `json:"agencies"` // organisations beside people; wire services wherever they sign, alone too, or are credited

	PublishedAt        *time.Time `json:"published_at"` // UTC
	PublishedPrecision string     `json:"published_precision"`
	PublishedRaw       string     `json:"published_raw"` // as written, offset and all
	ModifiedAt         *time.Time `json:"modified_at"`
	ModifiedRaw        string     `json:"modified_raw"`
	FetchedAt          time.Time  `json:"fetched_at"` // the record's WARC-Date, to the second; zero (null) for a file of unknown date

	Language           string `json:"language"`            // BCP 47
	LanguageConfidence int    `json:"language_confidence"` // percent; 100 where declared
	Section            string `json:"section"`
	Tags               Lines  `json:"tags"`
	License            string `json:"license"`

	Access       string `json:"access"`        // observed: "full", "preview", "gate", "unknown"
	DeclaredFree string `json:"declared_free"` // "yes", "no", "unknown"

	Outcome  Outcome `json:"outcome"`
	Warnings Lines   `json:"warnings"` // short stable words, such as "title_missing"
	Quality  int     `json:"quality"`  // agreement of the candidates, percent; 0 without text or with one candidate only

	WordCount  int    `json:"word_count"` // a character of a script without spaces counts as one
	CharCount  int    `json:"char_count"` // code points of Text
	TextSHA256 string `json:"text_sha256"`
	Simhash    string `json:"simhash"` // 16 hex digits; "" without text

	TitleSource        string `json:"title_source"`
	SubtitleSource     string `json:"subtitle_source"`
	LeadSource         string `json:"lead_source"`
	TextSource         string `json:"text_source"` // the candidate that won
	AuthorsSource      string `json:"authors_source"`
	AgenciesSource     string `json:"agencies_source"`
	PublishedSource    string `json:"published_source"`
	ModifiedSource     string `json:"modified_source"`
	LanguageSource     string `json:"language_source"`
	CanonicalSource    string `json:"canonical_source"`
	SiteNameSource     string `json:"site_name_source"`
	SectionSource      string `json:"section_source"`
	TagsSource         string `json:"tags_source"`
	LicenseSource      string `json:"license_source"`
	AccessSource       string `json:"access_source"`
	DeclaredFreeSource string `json:"declared_free_source"`

	HTTPStatus   int    `json:"http_status"`  // 0 where no response was read
	ContentType  string `json:"content_type"` // without parameters, lower case
	Charset      string `json:"charset"`      // what the text was decoded from, as WHATWG names it
	ETag         string `json:"etag"`
	LastModified string `json:"last_modified"`
	Robots       string `json:"robots"` // robots meta tags and X-Robots-Tag as seen, joined by "; "
	TDM          string `json:"tdm"`    // text-and-data-mining reservation as seen, such as "tdm-reservation: 1"
	Truncated    string `json:"truncated"`

	WARCFile          string `json:"warc_file"`           // path inside the archive, slashes; the input's name outside one
	WARCOffset        int64  `json:"warc_offset"`         // of the response record's gzip member
	WARCLength        int64  `json:"warc_length"`         // of that member, in bytes
	WARCRecordID      string `json:"warc_record_id"`      // with its angle brackets
	WARCPayloadDigest string `json:"warc_payload_digest"` // "sha256:..." as in the record

	Extractor        string `json:"extractor"`
	ExtractorVersion string `json:"extractor_version"`
	RulesVersion     string `json:"rules_version"` // digest of the rules that were loaded
	Software         string `json:"software"`
	RunID            string `json:"run_id"`
}

// Lines is a list that JSON holds as one string, its items separated by newlines,
// "" if there are none. A JSON array would have no type in a file where it is
// always empty, and columnar readers then disagree between files.
type Lines []string
