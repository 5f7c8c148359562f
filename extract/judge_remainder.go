package extract

import (
	"regexp"

	"newsarchive/selectors"
)

// leftToRead finds what says how much of an article is left for subscribers. No article says
// that of itself, however long the preview is.
var leftToRead = regexp.MustCompile(`残り[:：]? ?[\d,]+ ?(?:文字|字)|il (?:vous )?reste \d+(?:[.,]\d+)? ?% (?:de (?:cet article|ce contenu|l'article)|à (?:lire|découvrir))|` +
	`\d+(?:[.,]\d+)? ?% (?:of (?:this|the) (?:article|story) (?:is |are )?(?:left|remaining|still to read)|dieses artikels (?:verbleiben|übrig))|本文剩[余餘] ?\d+(?:\.\d+)? ?%|剩[余餘] ?\d+(?:\.\d+)? ?% ?(?:内容|內容|未读|未讀)`)

// leftWords are what leftToRead finds nothing without.
var leftWords = []string{"残り", "reste ", "% of th", "% dieses", "剩"}

// maxLeft is how long the line is at most that says so.
const maxLeft = 300

// remainder returns what says how much of the article is left; "" if nothing does.
func (j *judgement) remainder() string {
	l := j.b.layout
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.mass > maxLeft || b.kind&(selectors.Comments|selectors.Navigation|selectors.Related) != 0 || !containsAny(l.textOf(i), leftWords) {
			continue
		}
		if said := leftToRead.FindString(unquoted(lowered(l.textOf(i)))); said != "" {
			return "phrase:" + said
		}
	}
	return ""
}
