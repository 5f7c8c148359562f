package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// modifiedPhrases stand before the date of a change in a text.
var modifiedPhrases = []string{"updated", "update", "modified", "aktualisiert", "stand:", "stand vom", "letzte änderung", "geändert", "zuletzt bearbeitet", "dernière modification", "última modificación", "última actualización", "ultima modifica", "laatst gewijzigd", "senast ändrad", "ostatnia aktualizacja", "last changed", "last edited", "mis à jour", "modifié", "actualizado", "actualización", "atualizado", "aggiornato",
	"bijgewerkt", "uppdaterad", "opdateret", "oppdatert", "päivitetty", "aktualizacja", "aktualizováno", "frissítve", "actualizat", "güncelleme", "обновлено", "оновлено",
	"ενημέρωση", "cập nhật", "diperbarui", "更新", "수정", "تحديث", "עודכן", "अपडेट"}

func saysModified(text string) bool { return containsAny(strings.ToLower(text), modifiedPhrases) }

// readDated reads the text of elements that are called dates.
func (x *dates) readDated() {
	for _, n := range x.d.dated {
		if !brief(n) {
			continue
		}
		text := oneLine(textOf(n))
		if n.DataAtom == atom.Abbr { // as the hAtom microformat has it
			if _, ok := x.reader.machine(attr(n, "title")); ok {
				text = attr(n, "title")
			}
		}
		if text == "" || len(text) > 200 || x.d.timeRole(n) == roleOther || x.d.inMasthead(n) || x.dayOfSite(n, text) {
			continue
		}
		if x.addText(text, "html:date") {
			return
		}
	}
}

// addText files the date of a short text as its words tell, and reports whether it
// may be that of publication.
func (x *dates) addText(text, source string) bool {
	if p, m, ok := x.bothTimes(text); ok {
		p.source, m.source = source, source
		x.published, x.modified = append(x.published, p), append(x.modified, m)
		return x.possible(p)
	}
	s, ok := x.parse(text)
	if !ok || beginsSpan(text) {
		return false
	}
	s.source = source
	if saysModified(text) && !x.twoDates(text) {
		x.modified = append(x.modified, s)
		return false
	}
	x.published = append(x.published, s)
	return x.possible(s)
}

// beginsSpan reports whether the date of a text is one since or until which something
// is so, such as "in force since 1 January 2018".
func beginsSpan(text string) bool {
	words := strings.Fields(strings.ToLower(text[:max(0, strings.IndexFunc(text, unicode.IsDigit))]))
	return len(words) > 0 && spanWords[words[len(words)-1]]
}

// spanWords stand before the first or the last day of a span.
var spanWords = wordSet("since\nuntil\ntill\nseit\nbis\nab\ndepuis\njusqu'au\ndesde\nhasta\naté\nfino\nsinds\ntot\nsedan\nsiden", strings.ToLower)

// twoDates reports whether a text gives a date before it speaks of a change.
func (x *dates) twoDates(text string) bool {
	lower := strings.ToLower(text)
	first := len(lower)
	for _, p := range modifiedPhrases {
		if i := strings.Index(lower, p); i >= 0 {
			first = min(first, i)
		}
	}
	_, ok := x.reader.read(lower[:first])
	return ok
}
