package extract

import (
	"slices"
	"strings"
	"testing"
)

// otherTexts are of one story in several languages, about 400 letters each.
var otherTexts = map[string]string{
	"en": "The ferry to the island sailed again on Tuesday after a winter in the yard, and there were ninety people on board when it left the harbour. The master of the port said that the boat had been given a new engine, which is to last for twenty years. From now on it will sail four times a day, but not when the wind is too strong. The council has paid for most of the work, and the rest is to come from the tickets, which are not going to be dearer this year.",
	"de": "Die Fähre zur Insel ist am Dienstag nach einem Winter in der Werft wieder ausgelaufen, und neunzig Menschen waren an Bord, als sie den Hafen verließ. Der Hafenmeister sagte, dass das Schiff einen neuen Motor bekommen hat, der zwanzig Jahre halten soll. Von nun an fährt es viermal am Tag, aber nicht, wenn der Wind zu stark ist. Die Gemeinde hat den größten Teil der Arbeit bezahlt, und der Rest soll aus den Fahrkarten kommen, die in diesem Jahr nicht teurer werden.",
	"fr": "Le bac de l'île a repris la mer mardi après un hiver au chantier, et il y avait quatre-vingt-dix personnes à bord quand il a quitté le port. Le capitaine du port a dit que le bateau avait reçu un nouveau moteur qui doit durer vingt ans. Il partira désormais quatre fois par jour, mais pas quand le vent est trop fort. La commune a payé la plus grande partie des travaux, et le reste doit venir des billets, qui ne seront pas plus chers cette année.",
	"es": "El barco de la isla volvió a zarpar el martes después de un invierno en el astillero, y había noventa personas a bordo cuando salió del puerto. El capitán del puerto dijo que la nave tiene un motor nuevo que debe durar veinte años. A partir de ahora saldrá cuatro veces al día, pero no cuando el viento sea demasiado fuerte. El ayuntamiento ha pagado la mayor parte de las obras, y el resto debe venir de los billetes, que no serán más caros este año.",
	"da": "Færgen til øen sejlede igen tirsdag efter en vinter på værftet, og der var halvfems mennesker om bord, da den forlod havnen. Havnefogeden sagde, at skibet har fået en ny motor, som skal holde i tyve år. Fra nu af sejler den fire gange om dagen, men ikke når det blæser for meget. Kommunen har betalt det meste af arbejdet, og resten skal komme fra billetterne, der ikke bliver dyrere i år. Skolens elever var med på den første tur og vinkede til dem, der stod på kajen.",
}

// TestDeclaredLanguageAndWords: a text that is plainly of another language than the declared
// one bears a warning, and a long one is of its own language.
func TestDeclaredLanguageAndWords(t *testing.T) {
	for _, tt := range []struct {
		name, lang, text, want string
		times                  int
		doubted                bool
	}{
		{"German called English", "en", "de", "de", 3, true},
		{"French called English", "en-US", "fr", "fr", 3, true},
		{"Spanish called German", "de", "es", "es", 3, true},
		{"English called German", "de-DE", "en", "en", 3, true},
		{"German called English, and short", "en", "de", "en", 1, false},
		{"Spanish called French", "fr", "es", "es", 3, true},
		{"English", "en-GB", "en", "en-GB", 3, false},
		{"German", "de", "de", "de", 3, false},
		{"Danish called Norwegian: too near", "nb", "da", "nb", 3, false},
		{"French called Spanish", "es", "fr", "fr", 3, true},
		{"a language of which no words are known", "la", "en", "la", 3, false},
	} {
		text := otherTexts[tt.text]
		if tt.times == 1 {
			text = text[:300]
		}
		prose := strings.Repeat("<p>"+text+"</p>", tt.times)
		row := New(Options{}).HTML([]byte("<!doctype html><html lang="+tt.lang+"><title>1</title><article><h1>1</h1>"+prose+"</article>"), "https://post.example/1").Row
		if row.Language != tt.want || slices.Contains(row.Warnings, "language_mismatch") != tt.doubted || (row.LanguageSource == "text") != tt.doubted {
			t.Errorf("%s: language %q of %q, %d percent sure, warnings %q", tt.name, row.Language, row.LanguageSource, row.LanguageConfidence, row.Warnings)
		}
	}
}

// TestForeignBeginning: a quotation at the head of a long text is not its language.
func TestForeignBeginning(t *testing.T) {
	prose := "<p>" + strings.Repeat(otherTexts["en"]+" ", 3) + "</p>" + strings.Repeat("<p>"+otherTexts["de"]+"</p>", 6)
	row := New(Options{}).HTML([]byte("<!doctype html><html lang=de><title>1</title><article><h1>1</h1>"+prose+"</article>"), "https://post.example/1").Row
	if row.Language != "de" || slices.Contains(row.Warnings, "language_mismatch") {
		t.Errorf("language %q of %q, warnings %q", row.Language, row.LanguageSource, row.Warnings)
	}
}

// TestDoubtedLanguageStays: a text of middling length bears the warning alone.
func TestDoubtedLanguageStays(t *testing.T) {
	text := otherTexts["de"] + " Auf der ersten Fahrt war die Schule der Insel dabei, und es gab Kuchen für alle."
	row := New(Options{}).HTML([]byte("<!doctype html><html lang=en><title>1</title><article><h1>1</h1><p>"+text+"</p></article>"), "https://post.example/1").Row
	if row.Language != "en" || row.LanguageSource != "html:lang" || !slices.Contains(row.Warnings, "language_mismatch") {
		t.Errorf("language %q of %q, warnings %q", row.Language, row.LanguageSource, row.Warnings)
	}
}

// TestSmallWordsTellLanguages: no text is doubted under its own language, and none taken for a third.
func TestSmallWordsTellLanguages(t *testing.T) {
	for lang, text := range otherTexts {
		for _, declared := range stopwordLanguages {
			if got := otherSmallWords(declared, text); declared == lang && got != "" || got != "" && got != lang {
				t.Errorf("%s called %s: the words are of %q", lang, declared, got)
			}
		}
	}
	if len(stopwordLanguages) > 64 {
		t.Errorf("%d languages are more than bits", len(stopwordLanguages))
	}
}

func BenchmarkLanguageOfText(b *testing.B) {
	b.Run("declared", func(b *testing.B) {
		text := strings.Repeat(otherTexts["en"], 4)
		b.ReportAllocs()
		for b.Loop() {
			s := countScripts(text)
			if tag, _ := plainlyOther("en", text, &s); tag != "" {
				b.Fatal(tag)
			}
		}
	})
	b.Run("detected", func(b *testing.B) {
		text := strings.Repeat(otherTexts["de"], 4)
		b.ReportAllocs()
		for b.Loop() {
			if tag, _ := guessLanguage(text); tag != "de" {
				b.Fatal(tag)
			}
		}
	})
}
