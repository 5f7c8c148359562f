package extract

import (
	"slices"
	"strings"
	"testing"
)

// TestDeclaredLanguageAndScript: a text in another script than the declared language has
// is of the language that it is written in; where the script fits, the declared one holds.
func TestDeclaredLanguageAndScript(t *testing.T) {
	const japanese = "島の渡し船は火曜日の朝、冬の修理を終えて再び港を出た。乗客は九十人で、港長は旗の数が例年より多いと話した。"
	const russian = "Паром на остров снова вышел в море во вторник после зимы на верфи, на борту было девяносто человек и два трактора. "
	const english = "The ferry to the island sailed again on Tuesday after a winter in the yard, with ninety people on board. "
	for _, tt := range []struct{ name, lang, text, want, source string }{
		{"Japanese called English", "en", japanese, "ja", "text"},
		{"Russian called English", "en-GB", russian, "ru", "text"},
		{"English called Japanese", "ja", english, "en", "text"},
		{"English called Arabic", "ar", english, "en", "text"},
		{"Japanese", "ja", japanese, "ja", "html:lang"},
		{"Chinese called Japanese", "ja", "渡輪在冬天修理之後星期二早上再次離開港口，乘客九十人，港務長說旗幟比往年更多，島民都很高興。", "zh", "text"},
		{"Serbian in Latin letters", "sr-Latn", strings.Repeat("Trajekt za ostrvo je ponovo isplovio u utorak posle zime u brodogradilištu. ", 3), "sr-Latn", "html:lang"},
		{"the same without a script", "sr", strings.Repeat("Trajekt za ostrvo je ponovo isplovio u utorak posle zime u brodogradilištu. ", 3), "sr", "html:lang"},
		{"Russian with names in Latin", "ru", strings.Replace(russian, "Паром", "Lindholm Ferry Company", 1), "ru", "html:lang"},
		{"German called English", "en", "Die Fähre zur Insel fuhr am Dienstag wieder, nach einem Winter in der Werft, mit neunzig Menschen an Bord. ", "en", "html:lang"},
	} {
		row := New(Options{}).HTML([]byte("<!doctype html><html lang="+tt.lang+"><title>1</title><article><h1>1</h1><p>"+strings.Repeat(tt.text, 3)+"</p></article>"), "https://post.example/1").Row
		if row.Language != tt.want || row.LanguageSource != tt.source || slices.Contains(row.Warnings, "language_mismatch") != (tt.source == "text") {
			t.Errorf("%s: language %q of %q, warnings %q", tt.name, row.Language, row.LanguageSource, row.Warnings)
		}
	}
}
