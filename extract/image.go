package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxImages is how many pictures of a page are listed.
const maxImages = 30

// readImages lists the pictures that belong to the article: the lead image that the
// page declares, those of its JSON-LD, and those in figures.
func (m *metadata) readImages(d *document) {
	for _, name := range [...]string{"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail"} {
		if s, source := d.meta(name); s != "" {
			m.addImage(image{url: d.resolve(s), source: source})
			break
		}
	}
	if n, ok := d.mainItem(); ok {
		for _, i := range d.allRelated(n, "image") {
			m.addImage(image{d.resolve(imageURL(i)), i.text("caption", "description"), oneLine(i.text("creditText", "copyrightNotice")), "jsonld:image"})
		}
	}
	for _, f := range d.figures {
		if !d.outside(f) {
			m.addFigure(d, f)
		}
	}
}

func imageURL(n ldNode) string {
	if s := n.text("url", "contentUrl", "@id"); s != "" {
		return s
	}
	if n.types == nil {
		return n.text("name") // a bare address in place of an object
	}
	return ""
}

// addImage lists an image once; a second mention adds what the first did not say.
func (m *metadata) addImage(i image) {
	if i.url == "" {
		return
	}
	i.credit = unlabelled(i.credit)
	for j := range m.images {
		if have := &m.images[j]; samePicture(have.url, i.url) {
			if have.caption == "" {
				have.caption = i.caption
			}
			if have.credit == "" {
				have.credit = i.credit
			}
			return
		}
	}
	if len(m.images) < maxImages {
		m.images = append(m.images, i)
	}
}

// samePicture compares addresses without what asks for a size of the picture.
func samePicture(a, b string) bool {
	if a == b {
		return true
	}
	a, _, _ = strings.Cut(a, "?")
	b, _, _ = strings.Cut(b, "?")
	return a == b && utf8.RuneCountInString(a) > 30 && strings.Contains(a[len(a)-6:], ".")
}

// addFigure lists the picture of a figure with its caption, the credit split off.
func (m *metadata) addFigure(d *document, f *html.Node) {
	src, caption, credit := "", "", ""
	for n := range f.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case (n.DataAtom == atom.Img || n.Data == "amp-img") && src == "":
			src = pictureSource(n)
		case n.DataAtom == atom.Figcaption && caption == "":
			caption, credit = splitCredit(n)
		}
	}
	m.addImage(image{d.resolve(src), caption, credit, "html:figure"})
}

// pictureSource returns the address of an image element, which lazy loaders keep
// elsewhere than in src.
func pictureSource(n *html.Node) string {
	for _, key := range [...]string{"data-src", "data-original", "data-lazy-src", "data-srcset", "src", "srcset"} {
		s := attr(n, key)
		if s == "" || strings.HasPrefix(s, "data:") || strings.HasPrefix(s, "blob:") {
			continue
		}
		if strings.HasSuffix(key, "srcset") {
			s, _, _ = strings.Cut(s, " ")
			s = strings.TrimSuffix(s, ",")
		}
		return s
	}
	return ""
}

// splitCredit parts a caption from the credit in it: an element called so, or what
// follows words such as "Photo:".
func splitCredit(caption *html.Node) (text, credit string) {
	for n := range caption.Descendants() {
		if n.Type == html.ElementNode && containsAny(strings.ToLower(attr(n, "class")+" "+attr(n, "itemprop")), creditNames) {
			credit = oneLine(textOf(n))
			break
		}
	}
	text = oneLine(textOf(caption))
	if credit != "" {
		text = strings.TrimSpace(strings.TrimSuffix(text, credit))
		return strings.TrimRight(text, " |/–-"), credit
	}
	lower := strings.ToLower(text)
	for _, mark := range creditMarks {
		if i := strings.LastIndex(lower, mark); i >= 0 && len(lower) == len(text) && utf8.RuneCountInString(text[i:]) <= 80 {
			return strings.TrimRight(text[:i], " |/–-([•·"), strings.TrimRight(strings.TrimSpace(text[i:]), ")]")
		}
	}
	return text, ""
}

// unlabelled returns a credit without the word that says that it is one, and without
// brackets around the whole.
func unlabelled(credit string) string {
	if inner, ok := strings.CutPrefix(credit, "("); ok && strings.HasSuffix(inner, ")") && !strings.Contains(inner, "(") {
		credit = strings.TrimSuffix(inner, ")")
	}
	for range 2 { // "Credit: Photo: Ana Ruiz"
		label, rest, found := strings.Cut(strings.Replace(credit, "：", ":", 1), ":")
		if !found || strings.TrimSpace(rest) == "" || !creditLabels[letters(label)] {
			break
		}
		credit = strings.TrimSpace(rest)
	}
	for _, sign := range [...]string{"© ", "©", "(c) ", "(C) ", "Photo by ", "Photograph by ", "Image by ", "Foto von "} {
		if rest, ok := strings.CutPrefix(credit, sign); ok && rest != "" {
			return strings.TrimSpace(rest)
		}
	}
	return credit
}

// creditLabels are what stands before the colon of a credit.
var creditLabels = wordSet("photo\nphotos\nphotograph\nphotographs\nphotographer\nphotography\nphoto credit\npicture\npictures\nimage\nimages\nimage credit\ncredit\ncredits\nsource\ncopyright\nfoto\nfotos\nfotograf\nfotografin\nbild\nbilder\nbildquelle\nbildrechte\nquelle\ncrédit\ncrédits\ncrédit photo\ncrédits photo\nphotographie\nfotografía\nfotografia\ncrédito\ncréditos\nimagen\nimagem\nimmagine\nbeeld\nkuva\nkuvat\nzdjęcie\nfot\nzdroj\nfotó\nфото\nснимка\nφωτογραφία\nfotoğraf\nảnh\n写真\n撮影\n図\n사진\nصورة\nצילום", letters)

var (
	creditNames = []string{"credit", "copyright", "source", "photographer", "author", "quelle", "fotograf"}
	creditMarks = []string{"©", "(c) ", "photo:", "photo :", "photo by", "photograph:", "picture:", "image:", "credit:", "foto:", "fotos:", "bild:", "quelle:", "crédit", "photo credit", "fotografía:",
		"crédito:", "imagem:", "immagine:", "kuva:", "zdj.", "fot.", "фото:", "写真", "撮影", "사진"}
)
