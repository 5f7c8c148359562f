package testsite

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	fixtures "newsarchive/testdata/html"
)

// scraps are what a splice may put in: the pieces that parsers trip over.
var scraps = []string{"<", ">", "<!--", "-->", "<![CDATA[", "</", "<table>", "<tr><td>", "</p>", "<svg>", "<math>", "<template>", "<script>", "</script>", "<style>", "<select>",
	"<body a=1>", "<html b=2>", "<a href=", "\x00", "\xff\xfe", "\xef\xbb\xbf", "&#x0;", "&#xD800;", "&amp", "\r", "{\"@type\":", "]]]]", "\\u0000", "<p>", "<b><i><a>",
	"<noscript>", "<frameset>", "<plaintext>", "<meta charset=utf-7>", "<base href='//x'>", "\u202e", "<div>", "</div>", "<title>", "<time datetime='9999-99-99'>"}

// Mutated returns page with one to some dozen of its bytes flipped, its parts
// spliced with other, repeated, cut, or with scraps in it: the same for the same r.
func Mutated(r *rand.Rand, page, other []byte) []byte {
	b := slices.Clone(page)
	for range 1 + r.IntN(12) {
		if len(b) == 0 {
			return b
		}
		i := r.IntN(len(b))
		n := min(len(b)-i, 1+r.IntN(1+r.IntN(4000)))
		switch r.IntN(8) {
		case 0, 1:
			b[i] ^= 1 << r.IntN(8)
		case 2:
			b = b[:i]
		case 3:
			b = slices.Delete(b, i, i+n)
		case 4:
			j := r.IntN(len(other))
			b = slices.Insert(b, i, other[j:min(len(other), j+n)]...)
		case 5:
			b = slices.Insert(b, i, slices.Repeat(b[i:i+min(n, 200)], 1+r.IntN(30))...)
		case 6:
			b = slices.Insert(b, i, []byte(strings.Repeat(scraps[r.IntN(len(scraps))], 1+r.IntN(1+r.IntN(700))))...)
		case 7:
			for k := i; k < i+n; k++ {
				b[k] = byte(r.IntN(256))
			}
		}
	}
	return b
}

// Pages returns all HTML files of testdata/html as they stand there, but the empty ones.
func Pages() (pages [][]byte, err error) {
	err = fs.WalkDir(fixtures.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		b, err := fs.ReadFile(fixtures.Files, name)
		if len(b) > 0 {
			pages = append(pages, b)
		}
		return err
	})
	if err == nil && len(pages) == 0 {
		err = errors.New("no pages in testdata/html")
	}
	return pages, err
}
