package extract

import (
	"time"

	"newsarchive/page"

	"golang.org/x/net/html"
)

// A fact is a value and what it came from, as the *_source keys of a row name it.
// The zero fact is unknown.
type fact struct{ value, source string }

// A stamp is a point in time as a page gives it.
type stamp struct {
	time      time.Time // with the offset that the page gives; zero if unknown
	precision string    // "second", "minute", "day", "month"; "" if unknown
	raw       string    // as written, offset and all
	source    string
	zoned     bool // the offset is known; otherwise it was assumed
}

// An image is a picture that belongs to the article.
type image struct {
	url     string // absolute
	key     string // see pictureKey
	alt     string
	caption string
	credit  string
	source  string
	node    *html.Node // where it stands; nil for one of metadata
}

// metadata is what a page says about its article, outside the body.
type metadata struct {
	title    fact
	titles   []fact // all that the page offers, in the order of preference
	subtitle fact
	leads    []fact // descriptions and standfirsts, in the order of preference

	authors        []string // people; the organisation that signs where no person does
	agencies       []string // organisations that sign or are named as source, but the house itself
	agenciesSource string
	authorsSource  string
	unsigned       bool // no person signs

	published, modified stamp

	language     fact // BCP 47, as declared; unknown if nothing is
	siteName     fact
	section      fact
	tags         []string
	tagsSource   string
	canonical    fact // believable declarations only
	amp          string
	license      fact
	images       []image  // lead image first
	declaredFree fact     // "yes", "no" or "unknown"
	robots       string   // as seen, joined by "; "
	noFollow     bool     // the page asks that its links be left alone
	tdm          string   // as seen
	types        []string // of the JSON-LD items, then og:type
	articleBody  string   // the body as JSON-LD gives it, paragraphs as written
	warnings     []string
}

// readMetadata reads everything that a page says about its article.
func readMetadata(d *document) metadata {
	var m metadata
	m.types = readTypes(d)
	m.readLanguage(d)
	m.readSiteName(d)
	m.readTitle(d)
	m.readDates(d)
	m.readAuthors(d)
	m.readLeads(d)
	m.readShownSubtitle(d)
	m.readSection(d)
	m.readTags(d)
	m.readTopics(d)
	m.readCanonical(d)
	m.readLicense(d)
	m.readAccess(d)
	m.readImages(d)
	m.readRobots(d)
	return m
}

// readTypes lists the types of the page's items: what it says it is.
func readTypes(d *document) (types []string) {
	for _, n := range d.ld {
		if n.depth == 0 {
			types = append(types, n.types...)
		}
	}
	if t, _ := d.meta("og:type"); t != "" {
		types = append(types, t)
	}
	return types
}

// fill writes what m knows into row.
func (m *metadata) fill(row *page.Row) {
	row.Title, row.TitleSource = m.title.value, m.title.source
	row.Subtitle, row.SubtitleSource = m.subtitle.value, m.subtitle.source
	row.Authors, row.AuthorsSource = m.authors, m.authorsSource
	row.Agencies, row.AgenciesSource = m.agencies, m.agenciesSource
	row.Section, row.SectionSource = m.section.value, m.section.source
	row.Tags, row.TagsSource = m.tags, m.tagsSource
	row.SiteName, row.SiteNameSource = m.siteName.value, m.siteName.source
	row.License, row.LicenseSource = m.license.value, m.license.source
	row.URLCanonical, row.CanonicalSource = m.canonical.value, m.canonical.source
	if row.URLCanonical == "" {
		row.URLCanonical = row.URL
	}
	row.URLAMP = m.amp
	if m.language.value != "" {
		row.Language, row.LanguageSource, row.LanguageConfidence = m.language.value, m.language.source, 100
	}
	row.DeclaredFree, row.DeclaredFreeSource = m.declaredFree.value, m.declaredFree.source
	row.Robots, row.TDM = m.robots, m.tdm
	for _, i := range m.images {
		row.Images = append(row.Images, i.url)
		row.ImageCaptions = append(row.ImageCaptions, i.caption)
		row.ImageCredits = append(row.ImageCredits, i.credit)
		row.ImageSources = append(row.ImageSources, i.source)
	}
	row.Warnings = append(row.Warnings, m.warnings...)
}

func (m *metadata) fillTimes(row *page.Row) {
	if t := m.published; !t.time.IsZero() {
		row.PublishedAt, row.PublishedPrecision = &t.time, t.precision
		row.PublishedRaw, row.PublishedSource = t.raw, t.source
	}
	if t := m.modified; !t.time.IsZero() {
		row.ModifiedAt, row.ModifiedRaw, row.ModifiedSource = &t.time, t.raw, t.source
	}
}
