package extract

import (
	_ "embed"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

//go:embed data/no_pictures.txt
var noPicturesTXT string

// noPictures are words in names of what is an image and no picture of the article.
var noPictures = wordSet(noPicturesTXT, strings.ToLower)

// isFurniture reports an image that decorates, counts or advertises: by its stated size, by
// the names that it and the elements around it bear, by the name of its file. The caption
// of a figure speaks for it.
func isFurniture(n *html.Node, img image, around []*html.Node) bool {
	if smallSized(n, img.url) {
		return true
	}
	for _, e := range append([]*html.Node{n}, around...) {
		if named(attr(e, "class")) || named(attr(e, "id")) || hides(attr(e, "style")) {
			return true
		}
	}
	if img.source == "html:figure" && img.caption != "" {
		return false
	}
	if _, ending := splitEnding(lastPart(img.url)); ending == "svg" && statedSize(n, "width") < fineSize {
		return true
	}
	return attr(n, "role") == "presentation" && attr(n, "alt") == "" && statedSize(n, "width") < fineSize || fileNamed(img.url)
}

// lastPart returns the last part of an address' path, in lower case.
func lastPart(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return strings.ToLower(address[strings.LastIndexByte(address, '/')+1:])
}

// named reports whether one of the words of a list of names says that it is no picture.
func named(names string) bool {
	for word := range wordsOfName(names) {
		if noPictures[word] || noPictures[strings.TrimSuffix(word, "s")] {
			return true
		}
	}
	return false
}

// wordsOfName yields the words of a name, in lower case: "siteLogo-small" is site, logo, small.
func wordsOfName(name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		from := 0
		for i := 0; i <= len(name); i++ {
			letter := i < len(name) && (name[i] >= 0x80 || unicode.IsLetter(rune(name[i])))
			camel := letter && i > from && unicode.IsUpper(rune(name[i])) && unicode.IsLower(rune(name[i-1]))
			if letter && !camel {
				continue
			}
			if i > from && !yield(strings.ToLower(name[from:i])) {
				return
			}
			if from = i; !letter {
				from = i + 1
			}
		}
	}
}

// onePixel finds the name of a file that holds a place.
var onePixel = regexp.MustCompile(`(?:^|[-_])1x1(?:[-_]|$)`)

// fewNameWords is how many words the name of a file has at most whose one word says what it is:
// that of a photo of a logo says more.
const fewNameWords = 3

// fileNamed reports an address whose folders or file have the name of furniture.
func fileNamed(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	folders, file := u.Path[:max(strings.LastIndexByte(u.Path, '/'), 0)], lastPart(u.Path)
	for folder := range strings.SplitSeq(strings.ToLower(folders), "/") {
		if named(folder) && len(folder) < 16 {
			return true
		}
	}
	if named(strings.TrimPrefix(u.Host, "www.")) {
		return true
	}
	stem, _ := splitEnding(strings.ToLower(file))
	count := 0
	for range wordsOfName(stem) {
		count++
	}
	return count <= fewNameWords && named(stem) || onePixel.MatchString(stem)
}
