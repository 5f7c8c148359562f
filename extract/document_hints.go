package extract

// A hint says what a class name, an id or the like speaks of.
type hint uint8

const (
	aboutAuthor hint = 1 << iota
	aboutDate
	aboutLead
)

// hintWords are by their first letter, lower case. A name speaks of a thing if
// it holds one of its words anywhere, in any case.
var hintWords = [...]struct {
	word string
	hint hint
}{
	{"author", aboutAuthor}, {"autor", aboutAuthor}, {"auteur", aboutAuthor}, {"autore", aboutAuthor},
	{"byline", aboutAuthor}, {"by-line", aboutAuthor}, {"writer", aboutAuthor}, {"journalist", aboutAuthor},
	{"reporter", aboutAuthor}, {"signatur", aboutAuthor}, {"verfasser", aboutAuthor}, {"firma", aboutAuthor},
	{"contributor", aboutAuthor}, {"creator", aboutAuthor}, {"skribent", aboutAuthor}, {"forfatter", aboutAuthor},
	{"redakt", aboutAuthor}, {"columnist", aboutAuthor}, {"name-uid", aboutAuthor},
	{"muhabir", aboutAuthor}, {"penulis", aboutAuthor}, {"szerzo", aboutAuthor}, {"kirjoittaja", aboutAuthor}, {"toimittaja", aboutAuthor}, {"avtor", aboutAuthor}, {"tacgia", aboutAuthor}, {"tac-gia", aboutAuthor},
	{"date", aboutDate}, {"datum", aboutDate}, {"dato", aboutDate}, {"fecha", aboutDate}, {"time", aboutDate},
	{"publish", aboutDate}, {"published", aboutDate}, {"posted", aboutDate}, {"pubdate", aboutDate}, {"data", aboutDate},
	{"dateline", aboutDate}, {"entry-meta", aboutDate}, {"post-meta", aboutDate}, {"postmeta", aboutDate}, {"meta", aboutDate},
	{"standfirst", aboutLead}, {"lead", aboutLead}, {"lede", aboutLead}, {"intro", aboutLead}, {"dek", aboutLead},
	{"subtitle", aboutLead}, {"sub-title", aboutLead}, {"subhead", aboutLead}, {"chapo", aboutLead}, {"chapeau", aboutLead},
	{"teaser", aboutLead}, {"summary", aboutLead}, {"description", aboutLead}, {"excerpt", aboutLead}, {"abstract", aboutLead},
	{"vorspann", aboutLead}, {"kicker", aboutLead}, {"bajada", aboutLead}, {"entradilla", aboutLead}, {"sommario", aboutLead},
	{"ingress", aboutLead}, {"manchet", aboutLead}, {"strapline", aboutLead}, {"deck", aboutLead},
}

// hintsOf lists, for each letter, the places in hintWords.
var hintsOf = func() (of [26][]uint8) {
	for i, w := range hintWords {
		of[w.word[0]-'a'] = append(of[w.word[0]-'a'], uint8(i))
	}
	return of
}()

// seconds has, for each first letter, the bits of the second ones: most places of
// most names begin no word.
var seconds = func() (of [26]uint32) {
	for _, w := range hintWords {
		of[w.word[0]-'a'] |= 1 << (w.word[1] & 31)
	}
	return of
}()

func hints(name string) (found hint) {
	for i := 0; i+1 < len(name); i++ {
		c := name[i] | 0x20 - 'a'
		if c >= 26 || seconds[c]>>(name[i+1]&31)&1 == 0 {
			continue
		}
		for _, w := range hintsOf[c] {
			if startsWithFold(name[i:], hintWords[w].word) && !startsWithFold(name[i:], "authorit") && !startsWithFold(name[i:], "authoriz") {
				found |= hintWords[w].hint
			}
		}
	}
	return found
}

// startsWithFold reports whether s begins with the lower-case ASCII word, in any case.
func startsWithFold(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := 1; i < len(word); i++ {
		if s[i] != word[i] && s[i]|0x20 != word[i] {
			return false
		}
	}
	return s[0]|0x20 == word[0]
}
