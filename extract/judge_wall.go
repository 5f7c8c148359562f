package extract

import (
	"slices"
	"strings"
	"unicode"

	"newsarchive/page"

	"golang.org/x/net/html/atom"
)

// wall recognises bot defences and consent dialogs by what they show.
func (j *judgement) wall() bool {
	switch {
	case j.speaksOfArticle():
		return false
	case weigh(j.visible) <= 2*wallText && j.challenged():
		return true
	case j.onlyConsent():
		j.warn("consent_wall")
		return true
	}
	return false
}

// challenged recognises bot defences, and warns of which.
func (j *judgement) challenged() bool {
	j.spoken = unquoted(j.visible)
	for i := range said().Challenges {
		if c := &said().Challenges[i]; j.shows(c) {
			j.warn("challenge_" + c.Name)
			return true
		}
	}
	if j.onlyCaptcha() {
		j.warn("challenge_captcha")
		return true
	}
	return false
}

// onlyCaptcha reports a page that shows next to nothing but a test for human beings; one
// that asks for a name or a password has it for its form.
func (j *judgement) onlyCaptcha() bool {
	if j.mass >= fewWords || weigh(j.visible) >= fewWords || anyIn(j.markup(), said().Captchas) == "" {
		return false
	}
	for n := range j.d.root.Descendants() {
		if n.DataAtom == atom.Input && hasWord("text email password search tel", attr(n, "type")) {
			return false
		}
	}
	return j.links() < 5
}

// onlyConsent reports a page that shows a dialog about cookies and little beside it:
// no headlines, few links, and no text of another matter. One that offers to pay instead
// says more, and has a button: so does no article about such dialogs. One that lists its
// purposes is longer still, and begins as such; then three of its phrases are in the text.
func (j *judgement) onlyConsent() bool {
	said, long := said(), j.mass >= shortText
	if j.mass >= longText || j.mass >= wallText && !j.beginsConsent() {
		return false
	}
	found := countIn(withoutNumbers(j.visible), said.Consents)
	if found == 0 {
		return false
	}
	chosen := j.offersConsent()
	if chosen {
		found++
	}
	if found < 2 || long && (found < 3 || !chosen) || linkedHeadings(j.d.root) > 0 || j.links() >= 12 {
		return false
	}
	return j.mass < tinyText || anyIn(withoutNumbers(lowered(j.b.text)), said.Consents) != ""
}

// beginsConsent reports a text that is that of a dialog from its first line on.
func (j *judgement) beginsConsent() bool {
	first, _, _ := strings.Cut(j.b.text, "\n")
	return anyIn(withoutNumbers(unquoted(lowered(first))), said().Consents) != "" && countIn(withoutNumbers(lowered(j.b.text)), said().Consents) >= 3
}

// offersConsent reports a button, or what looks like one, that accepts or rejects.
func (j *judgement) offersConsent() bool {
	for n := range j.d.root.Descendants() {
		label := ""
		switch n.DataAtom {
		case atom.Button, atom.A, atom.Div, atom.Span:
			if c := n.FirstChild; c != nil && (c.NextSibling == nil || n.DataAtom == atom.Button) {
				label = textOf(n)
			}
		case atom.Input:
			label = attr(n, "value")
		}
		if label == "" || len(label) > maxChoice {
			continue
		}
		label = lowered(label)
		if slices.Contains(said().Choices, label) || slices.Contains(said().Consents, label) {
			return true
		}
	}
	return false
}

// maxChoice is how long the words of a button are at most, in bytes.
const maxChoice = 120

// withoutNumbers drops the words of s that are numbers: of how many partners differs.
func withoutNumbers(s string) string {
	words := slices.DeleteFunc(strings.Fields(s), func(w string) bool {
		return !strings.ContainsFunc(w, unicode.IsLetter) && strings.ContainsFunc(w, unicode.IsDigit)
	})
	return strings.Join(words, " ")
}

func (j *judgement) shows(c *challenge) bool {
	if j.mass < shortText && startsOrEnds(j.title, c.Titles) {
		return true
	}
	if weigh(j.visible) < wallText && anyIn(j.spoken, c.Phrases) != "" {
		return true
	}
	return len(c.Marks) > 0 && j.mass < shortText && anyIn(j.markup(), c.Marks) != ""
}

// markup returns the head of the page's bytes in lower case: walls are small.
func (j *judgement) markup() string {
	if j.head == "" {
		j.head = strings.ToLower(string(j.d.ex.Body[:min(len(j.d.ex.Body), 32<<10)]))
	}
	return j.head
}

// missing recognises pages that say that there is nothing, with status 200.
func (j *judgement) missing() page.Outcome {
	if j.mass > wallText || j.speaksOfArticle() {
		return ""
	}
	titles := []string{j.title}
	for _, h := range j.d.headings {
		titles = append(titles, lowered(textOf(h)))
	}
	for _, t := range titles {
		if len(t) < 120 && startsOrEnds(t, said().Missing) {
			j.warn("soft_404")
			return page.NotArticle
		}
	}
	if j.mass < shortText && anyIn(j.visible, longPhrases(said().Missing)) != "" {
		j.warn("soft_404")
		return page.NotArticle
	}
	return ""
}

// longPhrases leaves out what a longer text may say by chance.
func longPhrases(list []string) (long []string) {
	for _, s := range list {
		if len(s) >= len("page not found") {
			long = append(long, s)
		}
	}
	return long
}

// startsOrEnds reports a title that is one of list, alone or beside the name of the site.
func startsOrEnds(title string, list []string) bool {
	for _, s := range list {
		if rest, ok := strings.CutPrefix(title, s); ok && (rest == "" || strings.HasPrefix(rest, " |") || strings.HasPrefix(rest, " -") || strings.HasPrefix(rest, " –") || strings.HasPrefix(rest, " ·") || strings.HasPrefix(rest, ":")) {
			return true
		}
		if rest, ok := strings.CutSuffix(title, s); ok && (strings.HasSuffix(rest, "| ") || strings.HasSuffix(rest, "- ") || strings.HasSuffix(rest, "– ") || strings.HasSuffix(rest, "· ")) {
			return true
		}
	}
	return false
}
