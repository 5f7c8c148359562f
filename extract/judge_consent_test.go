package extract

import (
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

// TestConsentWalls judges pages that show a dialog about consent, alone or beside a story.
func TestConsentWalls(t *testing.T) {
	wall := func(lang, head, words, accept, reject string) string {
		return "<html lang=" + lang + "><title>The Post</title><div><h1>" + head + "</h1><p>" + words + "</p><button>" + accept + "</button><button>" + reject + "</button><a href=/p>(…)</a></div>"
	}
	italian := wall("it", "La tua privacy è importante per noi", "Noi e i nostri 842 partner archiviamo e/o accediamo alle informazioni su un dispositivo, come i cookie, e trattiamo i dati personali. Puoi accettare o gestire le tue scelte qui sotto.", "Accetta", "Rifiuta")
	about := "<html lang=en><title>Why we click</title><h1>Why we click</h1>" + styled("en", 2) + "<p>“We value your privacy,” the box on the screen says, and that 842 partners store and/or access information on a device. Then it offers to accept all or to reject all, and nine in ten accept.</p><p>Mara Lund of the harbour school has watched a hundred people do it.</p>"
	for _, tt := range []struct{ name, body, want string }{
		{"English", wall("en", "We value your privacy", "We and our 842 partners store and/or access information on a device, such as cookies, and process personal data. You may manage your choices below.", "Accept all", "Reject all"), "wall"},
		{"Italian", italian, "wall"},
		{"German", wall("de", "Wir respektieren Ihre Privatsphäre", "Wir und unsere bis zu 842 Partner speichern und/oder greifen auf Informationen auf einem Gerät zu, z. B. Cookies, und verarbeiten personenbezogene Daten.", "Zustimmen", "Ablehnen"), "wall"},
		{"French", wall("fr", "Bienvenue", "Nous et nos 842 partenaires stockons et/ou accédons à des informations sur un appareil, telles que les cookies, et traitons des données personnelles.", "J'accepte", "Je refuse"), "wall"},
		{"Spanish", wall("es", "Su privacidad", "Nosotros y nuestros 842 socios almacenamos o accedemos a información en un dispositivo, tales como cookies, y procesamos datos personales.", "Acepto", "Rechazar"), "wall"},
		{"Portuguese", wall("pt", "Bem-vindo", "Nós e os nossos 842 parceiros armazenamos e/ou acedemos a informações num dispositivo, tais como cookies, e tratamos dados pessoais.", "Concordo", "Mais opções"), "wall"},
		{"Dutch", wall("nl", "Welkom", "Wij en onze 842 partners slaan informatie op een apparaat op, zoals cookies, en verwerken persoonsgegevens van wie ons leest.", "Akkoord", "Weigeren"), "wall"},
		{"Polish", wall("pl", "Witamy", "My i nasi 842 partnerzy przechowujemy informacje na urządzeniu, takie jak pliki cookie, i przetwarzamy dane osobowe.", "Zgadzam się", "Więcej opcji"), "wall"},
		{"Swedish", wall("sv", "Välkommen", "Vi och våra 842 partner lagrar och/eller får åtkomst till information på en enhet, till exempel kakor, och behandlar personuppgifter.", "Godkänn", "Avvisa"), "wall"},
		{"Danish", wall("da", "Velkommen", "Vi og vores 842 partnere gemmer og/eller tilgår oplysninger på en enhed, såsom cookies, og behandler personoplysninger.", "Accepter", "Afvis"), "wall"},
		{"Norwegian", wall("nb", "Velkommen", "Vi og våre 842 partnere lagrer og/eller får tilgang til informasjon på en enhet, som informasjonskapsler, og behandler personopplysninger.", "Godta", "Avslå"), "wall"},
		{"Finnish", wall("fi", "Tervetuloa", "Me ja 842 kumppanimme tallennamme ja/tai käytämme laitteella olevia tietoja, kuten evästeitä, ja käsittelemme henkilötietoja.", "Hyväksy", "Hylkää"), "wall"},
		{"Czech", wall("cs", "Vítejte", "My a naši 842 partneři ukládáme a/nebo přistupujeme k informacím v zařízení, jako jsou soubory cookie, a zpracováváme osobní údaje.", "Souhlasím", "Více možností"), "wall"},
		{"Romanian", wall("ro", "Bun venit", "Noi și partenerii noștri stocăm și/sau accesăm informații de pe un dispozitiv, cum ar fi modulele cookie, și prelucrăm date cu caracter personal.", "Sunt de acord", "Refuz"), "wall"},
		{"Hungarian", wall("hu", "Üdvözöljük", "Mi és partnereink információkat tárolunk egy eszközön, például sütiket, és személyes adatokat kezelünk a hirdetésekhez.", "Elfogadom", "Elutasítom"), "wall"},
		{"Greek", wall("el", "Καλώς ήρθατε", "Εμείς και οι 842 συνεργάτες μας αποθηκεύουμε ή/και έχουμε πρόσβαση σε πληροφορίες σε μια συσκευή, όπως cookies.", "Συμφωνώ", "Διαφωνώ"), "wall"},
		{"Russian", wall("ru", "Здравствуйте", "Мы и наши 842 партнёры храним и/или получаем доступ к информации на устройстве, например к файлам cookie.", "Принять", "Отклонить"), "wall"},
		{"Ukrainian", wall("uk", "Вітаємо", "Ми та наші 842 партнери зберігаємо та/або отримуємо доступ до інформації на пристрої, як-от файлів cookie.", "Прийняти", "Відхилити"), "wall"},
		{"Turkish", wall("tr", "Hoş geldiniz", "Biz ve 842 iş ortaklarımız çerezler gibi cihazdaki bilgileri saklıyor ve/veya bunlara erişiyoruz ve kişisel verileri işliyoruz.", "Kabul et", "Reddet"), "wall"},
		{"with all its purposes", italian + "<div>" + strings.Repeat("<h3>Archiviare informazioni su dispositivo e/o accedervi</h3><p>I cookie, gli identificatori del dispositivo o identificatori online simili possono essere conservati o letti sul tuo dispositivo per riconoscerlo ogni volta che si connette a un sito. Noi e i nostri partner lo facciamo; accettando i cookie lo permetti.</p>", 6) + "</div>", "wall"},
		{"a long story about dialogs", about + styled("en", 5) + "<p>Mara Lund: “We value your privacy, we and our partners use cookies: accept all, or reject all.”</p><button>Accept all</button>", "story"},
		{"a story below the dialog", italian + "<article><h1>Il mulino</h1>" + styled("it", 6) + "</article>", "story"},
		{"a story before the dialog", "<html lang=it><title>Il mulino</title><article><h1>Il mulino</h1>" + styled("it", 6) + "</article>" + italian, "story"},
		{"a short story with a dialog", newsLD + italian + "<article><h1>Il mulino</h1>" + styled("it", 2) + "</article>", "story"},
		{"a story about dialogs", about, "story"},
		{"a story about dialogs, with its data", newsLD + about + "<div><button>Accept all</button></div>", "story"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			row := New(Options{}).HTML([]byte(tt.body), "https://news.example/a").Row
			wall := row.Outcome == page.Blocked && slices.Contains(row.Warnings, "consent_wall")
			if wall != (tt.want == "wall") || !wall && row.Outcome != page.OK {
				t.Errorf("outcome %s, warnings %q, text %.90q; want a %s", row.Outcome, row.Warnings, row.Text, tt.want)
			}
		})
	}
}
