package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxImages is how many pictures of a page are listed.
const maxImages = 30

// readImages lists the pictures that the page declares: the lead image and those of its
// JSON-LD.
func (m *metadata) readImages(d *document) {
	for _, name := range [...]string{"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail"} {
		if s, source := d.meta(name); s != "" {
			m.addImage(image{url: d.resolve(s), source: source})
			break
		}
	}
	if n, ok := d.mainItem(); ok {
		for _, i := range d.allRelated(n, "image") {
			m.addImage(image{url: d.resolve(imageURL(i)), caption: i.text("caption", "description"),
				credit: oneLine(i.text("creditText", "copyrightNotice")), source: "jsonld:image"})
		}
	}
}

// addPictures lists those of the body b, which stand on the page d.
func (m *metadata) addPictures(d *document, b *bodyResult) {
	if b.pictures == nil {
		m.readFigures(d)
	}
	for _, img := range b.pictures {
		m.addImage(img)
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
	if i.url == "" || len(m.images) == maxImages {
		return
	}
	i.credit = unlabelled(i.credit)
	i.key = pictureKey(i.url)
	for j := range m.images {
		if have := &m.images[j]; have.key == i.key {
			if have.caption == "" {
				have.caption = i.caption
			}
			if have.credit == "" {
				have.credit = i.credit
			}
			return
		}
	}
	m.images = append(m.images, i)
}

// readFigures lists the pictures of the page's figures, where no body says which
// pictures are the article's.
func (m *metadata) readFigures(d *document) {
	for _, f := range d.figures {
		if !d.outside(f) {
			m.addFigure(d, f)
		}
	}
}

// addFigure lists the picture of a figure with its caption, the credit split off.
func (m *metadata) addFigure(d *document, f *html.Node) {
	img := image{source: "html:figure"}
	for n := range f.Descendants() {
		switch {
		case (n.DataAtom == atom.Img || ampImage(n)) && img.url == "":
			img.url = d.resolve(pictureSource(n))
		case n.DataAtom == atom.Figcaption && img.caption == "":
			img.caption, img.credit = splitCredit(n)
		}
	}
	m.addImage(img)
}

// splitCredit parts a caption from the credit in it: an element called so, or what
// follows words such as "Photo:".
func splitCredit(caption *html.Node) (text, credit string) {
	for n := range caption.Descendants() {
		if isCreditName(n) {
			credit = oneLine(textOf(n))
			break
		}
	}
	text = oneLine(textOf(caption))
	if credit != "" {
		text = strings.TrimSpace(strings.TrimSuffix(text, credit))
		return strings.TrimRight(text, " |/–-"), credit
	}
	if rest, credit := cutCredit(text); credit != "" {
		return rest, credit
	}
	return partCredit(caption, text)
}

func isCreditName(n *html.Node) bool {
	return n.Type == html.ElementNode && containsAny(strings.ToLower(attr(n, "class")+" "+attr(n, "itemprop")), creditNames)
}

// cutCredit parts a line from the credit at its end.
func cutCredit(text string) (rest, credit string) {
	lower := strings.ToLower(text)
	for _, mark := range creditMarks {
		if i := strings.LastIndex(lower, mark); i >= 0 && len(lower) == len(text) && utf8.RuneCountInString(text[i:]) <= 80 {
			return strings.TrimRight(text[:i], " |/–-([•·"), strings.TrimRight(strings.TrimSpace(text[i:]), ")]")
		}
	}
	if unspaced(text) {
		if at := easternCredit.FindStringSubmatchIndex(text); at != nil && !easternDay.MatchString(text[at[2]:at[3]]) {
			return strings.TrimRight(text[:at[2]], " /／（(=＝、"), text[at[2]:at[3]]
		}
	}
	if rest, credit := bracketCredit(text); credit != "" {
		return rest, credit
	}
	return plainCredit(text)
}

// unlabelled returns a credit without the word that says that it is one, and without
// brackets around the whole.
func unlabelled(credit string) string {
	if inner, ok := strings.CutPrefix(credit, "("); ok && strings.HasSuffix(inner, ")") && !strings.Contains(inner, "(") {
		credit = strings.TrimSuffix(inner, ")")
	}
	credit = easternTrade.ReplaceAllString(credit, "")
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
var creditLabels = wordSet("photo\nphotos\nphotograph\nphotographs\nphotographer\nphotography\nphoto credit\npicture\npictures\nimage\nimages\nimage credit\ncredit\ncredits\nsource\ncopyright\nfoto\nfotos\nfotograf\nfotografin\nbild\nbilder\nbildquelle\nbildrechte\nquelle\ncrédit\ncrédits\ncrédit photo\ncrédits photo\nphotographie\nfotografía\nfotografia\ncrédito\ncréditos\nimagen\nimagem\nimmagine\nbeeld\nkuva\nkuvat\nzdjęcie\nfot\nzdroj\nfotó\nфото\nснимка\nφωτογραφία\nfotoğraf\nảnh\n写真\n撮影\n図\n사진\nصورة\nتصوير\nعکس\nצילום\nफोटो\nภาพ", letters)

var (
	creditNames = []string{"credit", "copyright", "source", "photographer", "author", "quelle", "fotograf"}
	creditMarks = []string{"©", "(c) ", "photo:", "photo :", "photo by", "photograph:", "picture:", "image:", "credit:", "foto:", "fotos:", "bild:", "quelle:", "crédit", "photo credit", "fotografía:",
		"crédito:", "imagem:", "immagine:", "kuva:", "zdj.", "fot.", "фото:", "zdjęcie:", "fotó:", "снимка:", "φωτογραφία:", "fotoğraf:", "ảnh:", "צילום:", "تصوير:", "صورة:", "عکس:", "फोटो:", "ภาพ:",
		"写真・", "写真：", "写真:", "写真＝", "写真／", "撮影：", "사진=", "사진:", "사진 ="}
)
