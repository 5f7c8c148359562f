package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"newsarchive/internal/address"
)

// tailMarks divide a headline from the name of the site.
var tailMarks = []string{" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " › ", "｜", "│", " // ", " / ", "_", "--", " : "}

// tailName returns the last part of the title, or the first, if something else bears out that
// it is the name of the site: the domain, the picture that leads to the front page, or the
// copyright line. What the headline has too is a part of it.
func (d *document) tailName() string {
	if d.title == "" || len(d.title) > maxTitle {
		return ""
	}
	first, last := len(d.title), 0
	end := 0
	for _, mark := range tailMarks {
		if i := strings.Index(d.title, mark); i > 0 && i < first {
			first = i
		}
		if i := strings.LastIndex(d.title, mark); i > last {
			last, end = i, i+len(mark)
		}
	}
	if last == 0 {
		return ""
	}
	tail, head := bareName(d.title[end:]), bareName(d.title[:first])
	for _, s := range []string{tail, head} {
		n := utf8.RuneCountInString(s)
		if n < 2 || n > 60 || d.inHeading(s) {
			continue
		}
		if d.domainNames(s, s == tail) || d.logoNames(s, s == tail) {
			return s
		}
	}
	return ""
}

// inHeading reports whether a heading that is no logo has the words of s.
func (d *document) inHeading(s string) bool {
	want := letters(s)
	return want == "" || slices.ContainsFunc(d.headings[:min(len(d.headings), maxHeadings)], func(h *html.Node) bool {
		return !d.isLogo(h) && strings.Contains(letters(textOf(h)), want)
	})
}

// domainNames reports whether the domain is a name, or makes most of it up.
func (d *document) domainNames(s string, behind bool) bool {
	label := domainLabel(address.Site(strings.TrimPrefix(d.url.Hostname(), "www.")))
	plain := letters(label)
	if len(plain) < 2 {
		return false
	}
	for _, name := range foldings(s) {
		if name == plain || name == letters(address.Site(d.url.Hostname())) {
			return true
		}
		if !behind || len(plain) < 5 || 2*len(plain) < len(name) {
			continue
		}
		if !slices.ContainsFunc(strings.Split(label, "-"), func(part string) bool { return len(part) < 2 || !strings.Contains(name, part) }) {
			return true
		}
	}
	return false
}

// logoNames reports whether the text of a picture that leads to the front page is a name, or
// whether a line about copyright has it.
func (d *document) logoNames(s string, behind bool) bool {
	if d.body == nil {
		return false
	}
	want := letters(s)
	for n := range d.body.Descendants() {
		switch {
		case n.DataAtom == atom.Img && sameName(withoutLogo(attr(n, "alt")), s) && d.leadsHome(n):
			return true
		case behind && n.Type == html.TextNode && len(n.Data) < 200 && strings.Contains(letters(n.Data), want) && ofCopyright(n, s):
			return true
		}
	}
	return false
}

// leadsHome reports whether n stands in a link to the front page.
func (d *document) leadsHome(n *html.Node) bool {
	for up, p := 0, n.Parent; p != nil && up < 4; up, p = up+1, p.Parent {
		if p.DataAtom == atom.A {
			return d.isFront(attr(p, "href"))
		}
	}
	return false
}

// withoutLogo cuts the word off what pictures of a site's name are called.
func withoutLogo(alt string) string {
	words := strings.Fields(alt)
	words = slices.DeleteFunc(words, func(w string) bool { return strings.EqualFold(strings.Trim(w, ":-"), "logo") })
	return bareName(strings.Join(words, " "))
}

// ofCopyright reports whether a text says that somebody of that name has the rights: nothing
// stands between the sign and the name but years and small words.
func ofCopyright(n *html.Node, name string) bool {
	text := oneLine(n.Data)
	if p := n.Parent; len(text) < len(name)+8 && p != nil && brief(p) {
		text = oneLine(textOf(p))
	}
	lower := strings.ToLower(text)
	i := strings.Index(lower, strings.ToLower(name))
	if i < 0 || len(lower) != len(text) {
		return false
	}
	sign := max(strings.LastIndex(lower[:i], "©"), strings.LastIndex(lower[:i], "copyright"), strings.LastIndex(lower[:i], "(c)"))
	rest := lower[i+len(name):]
	return sign >= 0 && !strings.ContainsFunc(strings.TrimPrefix(strings.TrimPrefix(lower[sign:i], "copyright"), "(c)"), func(r rune) bool { return unicode.IsLetter(r) }) &&
		(rest == "" || !unicode.IsLetter(firstRune(strings.TrimLeft(rest, " "))) || strings.HasPrefix(strings.TrimLeft(rest, " "), "all rights"))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// company reports a publisher that is called as the register of companies has it.
func company(name fact) bool {
	return name.source == "jsonld:publisher" && slices.ContainsFunc(strings.Fields(strings.ToLower(name.value)), func(w string) bool {
		return companyWords[strings.Trim(w, ".,")]
	})
}

var companyWords = wordSet("gmbh\nag\nkg\nllc\ninc\nltd\nlimited\nsarl\nbv\nb.v\ns.a\ns.l\ns.r.l\nspa\ns.p.a", strings.ToLower)

// sameName reports whether two names of a site differ only in how they are spelled: in
// articles, in the word or the sign for "and", in letters with marks.
func sameName(a, b string) bool {
	if d := len(a) - len(b); a == "" || d > 12 || d < -12 {
		return false
	}
	for _, x := range foldings(a) {
		if x != "" && slices.Contains(foldings(b), x) {
			return true
		}
	}
	return false
}

// foldings returns the letters of a name without article and "and", in two ways: umlauts as
// two letters, and letters without their marks.
func foldings(s string) []string {
	words := strings.Fields(strings.ToLower(s))
	if len(words) > 1 && articles[words[0]] {
		words = words[1:]
	}
	words = slices.DeleteFunc(words, func(w string) bool { return connectors[w] })
	plain := letters(strings.Join(words, ""))
	two := umlauts.Replace(plain)
	if isASCII(plain) {
		return []string{plain}
	}
	base := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(plain))
	return []string{two, base}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

var (
	umlauts    = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "å", "aa", "ø", "oe", "æ", "ae")
	articles   = wordSet("the\nder\ndie\ndas\nle\nla\nles\nel\nlos\nlas\nil\nlo\no\na\nde\nhet", strings.ToLower)
	connectors = wordSet("&\nand\nund\net\ny\ne\nen\nog\noch\n+", strings.ToLower)
)
