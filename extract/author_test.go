package extract

import (
	"strings"
	"testing"
)

// signed returns the authors and the agencies of a story with a byline in the line under
// its headline.
func signed(t *testing.T, line string) (authors, agencies string) {
	t.Helper()
	m := readAt(t, "https://www.news.example/1", "<h1>Bridge closed to lorries</h1><p>"+line+"</p><p>Lorries must wait until spring.</p>")
	return strings.Join(m.authors, "|"), strings.Join(m.agencies, "|")
}

func TestBylinesWithAgencies(t *testing.T) {
	for _, tt := range []struct{ line, authors, agencies string }{
		{"By Ana Ruiz with AFP and Reuters", "Ana Ruiz", "AFP|Reuters"},
		{"By Ana Ruiz (with AFP)", "Ana Ruiz", "AFP"},
		{"By Ana Ruiz (Reuters)", "Ana Ruiz", "Reuters"},
		{"By ANA RUIZ Associated Press", "ANA RUIZ", "Associated Press"},
		{"By Ana Ruiz Reuters Staff", "Ana Ruiz", "Reuters"},
		{"By Reuters Staff", "Reuters", "Reuters"},
		{"By PA Media", "PA Media", "PA Media"},
		{"By AFP", "AFP", "AFP"},
		{"Von dpa und Reuters", "dpa|Reuters", "dpa|Reuters"},
		{"Von Ole Harring, dpa", "Ole Harring", "dpa"},
		{"Von Ole Harring mit dpa", "Ole Harring", "dpa"},
		{"Von dpa/lno", "dpa", "dpa"},
		{"Par Éloïse Garnier avec AFP", "Éloïse Garnier", "AFP"},
		{"Por Lucía Ferrándiz con EFE", "Lucía Ferrándiz", "EFE"},
		{"Di Marco Bellini con ANSA", "Marco Bellini", "ANSA"},
		{"文・共同通信", "共同通信", "共同通信"},
		{"記者 森川千夏、時事通信", "森川千夏", "時事通信"},
		{"By Xinhua", "Xinhua", "Xinhua"},
		{"By Yonhap News Agency", "Yonhap News Agency", "Yonhap News Agency"},
		{"Автор: ТАСС", "ТАСС", "ТАСС"},
		{"By Northwire Agency", "Northwire Agency", ""}, // signs, but is not known
		{"By Ana Ruiz (pictured)", "Ana Ruiz", ""},
	} {
		if a, g := signed(t, tt.line); a != tt.authors || g != tt.agencies {
			t.Errorf("%q: authors %q, agencies %q, want %q, %q", tt.line, a, g, tt.authors, tt.agencies)
		}
	}
}

func TestRanksInBylines(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"By Political editor Jane Doe", "Jane Doe"},
		{"By Chief Political Correspondent Jane Doe", "Jane Doe"},
		{"By Jane Doe, Political editor", "Jane Doe"},
		{"By Jane Doe Political Editor", "Jane Doe"},
		{"By Jane Doe Middle East Correspondent", "Jane Doe"},
		{"By Jane Doe, senior health reporter in Port Alder", "Jane Doe"},
		{"By Jane Doe, the Post's science editor", "Jane Doe"},
		{"Von Ole Harring, Korrespondent in Brüssel", "Ole Harring"},
		{"Von Ole Harring, Brüssel-Korrespondent", "Ole Harring"},
		{"Von Politikredakteurin Britta Kern", "Britta Kern"},
		{"Von unserer Korrespondentin Britta Kern", "Britta Kern"},
		{"Par Éloïse Garnier, envoyée spéciale à Kiev", "Éloïse Garnier"},
		{"Par notre envoyé spécial Éloi Garnier", "Éloi Garnier"},
		{"Por Lucía Ferrándiz, corresponsal en Bruselas", "Lucía Ferrándiz"},
		{"Por Lucía Ferrándiz Corresponsal en Bruselas", "Lucía Ferrándiz"},
		{"Di Marco Bellini, inviato a Kiev", "Marco Bellini"},
		{"Автор: Анна Петрова, корреспондент", "Анна Петрова"},
		{"Автор: редактор Анна Петрова", "Анна Петрова"},
		{"Автор: специальный корреспондент Анна Петрова", "Анна Петрова"},
		{"By Photographer Jane Doe", ""},
		{"By Editor", ""},
		{"Foto Britta Kern", ""},
	} {
		if got, _ := signed(t, tt.line); got != tt.want {
			t.Errorf("%q: authors %q, want %q", tt.line, got, tt.want)
		}
	}
	for _, tt := range []struct{ declared, want string }{
		{"Political editor Jane Doe", "Jane Doe"},
		{"Jane Doe Political Editor", "Jane Doe"},
		{"Éloïse Garnier, envoyée spéciale à Kiev", "Éloïse Garnier"},
		{"корреспондент Анна Петрова", "Анна Петрова"},
	} {
		m := readAt(t, "https://www.news.example/1", `<meta name="author" content="`+tt.declared+`">`)
		if got := strings.Join(m.authors, "|"); got != tt.want {
			t.Errorf("declared %q: authors %q, want %q", tt.declared, got, tt.want)
		}
	}
}

func TestListsOfNames(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"Von Ole Harring sowie Britta Kern", "Ole Harring|Britta Kern"},
		{"Por João Silva, Ana Souza e Rui Costa", "João Silva|Ana Souza|Rui Costa"},
		{"POR JOÃO SILVA E ANA SOUZA", "JOÃO SILVA|ANA SOUZA"},
		{"Door Anke de Vries en Piet Smit", "Anke de Vries|Piet Smit"},
		{"Teksti: Aino Salo ja Matti Virta", "Aino Salo|Matti Virta"},
		{"Írta: Kovács Péter és Nagy Anna", "Kovács Péter|Nagy Anna"},
		{"De Ion Popescu și Ana Ionescu", "Ion Popescu|Ana Ionescu"},
		{"Автор: Анна Петрова и Иван Сидоров", "Анна Петрова|Иван Сидоров"},
		{"Autor: Jan Kowalski oraz Anna Nowak", "Jan Kowalski|Anna Nowak"},
		{"بقلم أحمد علي ومحمد حسن", "أحمد علي|محمد حسن"},
		{"بقلم أحمد علي و محمد حسن", "أحمد علي|محمد حسن"},
		{"بقلم وليد حسن", "وليد حسن"},
		{"מאת דנה כהן ויוסי לוי", "דנה כהן|יוסי לוי"},
		{"लेखक: रवि कुमार और अनिल शर्मा", "रवि कुमार|अनिल शर्मा"},
		{"記者・森川千夏", "森川千夏"},
		{"編集委員・森川千夏", "森川千夏"},
		{"文・森川千夏 写真・水沢遥", "森川千夏"},
		{"文・森川千夏、写真・水沢遥", "森川千夏"},
		{"【森川千夏】", "森川千夏"},
		{"【森川千夏、水沢遥】", "森川千夏|水沢遥"},
		{"文・森川千夏・水沢遥", "森川千夏|水沢遥"},
		{"文・ジョン・スミス", "ジョン・スミス"},
		{"文：森川千夏記者", "森川千夏"},
		{"记者 陆文清 张小明", "陆文清|张小明"},
		{"本报记者 陆文清 通讯员 张小明", "陆文清|张小明"},
		{"记者：陆文清、张小明", "陆文清|张小明"},
		{"김민수기자", "김민수"},
		{"김민수 기자, 이영희 기자", "김민수|이영희"},
		{"글 김민수 · 이영희", "김민수|이영희"},
		{"【速報】橋が閉鎖", ""},
		{"写真・水沢遥", ""},
	} {
		if got, _ := signed(t, tt.line); got != tt.want {
			t.Errorf("%q: authors %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestNamesInLowerCase(t *testing.T) {
	const page = `<h1>Bridge closed to lorries</h1><p class="byline">by jane doe</p><p>Lorries must wait until spring.</p>`
	for _, tt := range []struct{ name, markup, want string }{
		{"as it stands", page, "jane doe"},
		{"as the page shows it elsewhere", page + `<p>About the writer: Jane Doe lives by the river.</p>`, "Jane Doe"},
		{"declared", `<meta name="author" content="jane doe">` + page, "jane doe"},
		{"capitals", `<h1>Bridge</h1><p>BY JANE MCDOE</p><p>Jane McDoe lives by the river.</p>`, "Jane McDoe"},
		{"near miss: what to do", `<h1>Bridge</h1><p class="byline">by clicking here</p>`, ""},
		{"near miss: a line that nothing calls a byline", `<h1>Bridge</h1><p>by jane doe</p>`, ""},
	} {
		if got := strings.Join(readAt(t, "https://www.news.example/1", tt.markup).authors, "|"); got != tt.want {
			t.Errorf("%s: authors %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHousesAreNoPeople(t *testing.T) {
	for _, tt := range []struct{ name, markup, authors, agencies string }{
		{"a little else than the site's name", `<meta property="og:site_name" content="Valley Sun"><meta name="author" content="The Valley Sun"><h1>Bridge</h1><p>By Ana Ruiz</p>`, "Ana Ruiz", ""},
		{"by the word of papers", `<meta name="author" content="Ana Ruiz, Hill Gazette">`, "Ana Ruiz", "Hill Gazette"},
		{"a box about the author", `<h1>橋</h1><div class="author-box">この記事を書いた人 森川千夏 東京社会部 専門・関心分野 平和、核問題</div>`, "森川千夏", ""},
		{"what stands beside a name in its element", `<h1>Bridge</h1><div class="author"><a href="/profile/1">Ana Ruiz</a><span>2 years ago</span></div>`, "Ana Ruiz", ""},
		{"elements without a blank between them", `<h1>Brücke</h1><div class="author"><span>Ole Harring</span><span>vor 2 Jahren</span></div>`, "Ole Harring", ""},
	} {
		m := readAt(t, "https://www.news.example/1", tt.markup)
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%s: authors %q, agencies %q, want %q, %q", tt.name, a, g, tt.authors, tt.agencies)
		}
	}
}

// TestAgenciesOfDatelines: the credit of the dateline counts where the page has no other.
func TestAgenciesOfDatelines(t *testing.T) {
	const prose = "The bridge over the river is closed to lorries until the spring, the council said on Monday; trams and cyclists may pass."
	for _, tt := range []struct{ name, head, first, last, authors, agencies string }{
		{"German", "", "BERLIN (dpa) - " + prose, "", "", "dpa"},
		{"English", "", "WASHINGTON (AP) — " + prose, "", "", "AP"},
		{"without a place", "", "(AP) — " + prose, "", "", "AP"},
		{"with the day", "", "PARIS, Nov 21 (Reuters) - " + prose, "", "", "Reuters"},
		{"Italian", "", "(ANSA) - ROMA, 21 NOV - " + prose, "", "", "ANSA"},
		{"Spanish", "", "Madrid, 21 nov (EFE).- " + prose, "", "", "EFE"},
		{"a desk of the agency", "", "Hamburg (dpa/lno) - " + prose, "", "", "dpa"},
		{"Japanese", "", "【ワシントン共同】" + strings.Repeat("島の渡し船は火曜日の朝、冬の修理を終えて再び港を出た。", 3), "", "", "共同"},
		{"Chinese", "", "新华社北京11月21日电（记者陆文清）" + strings.Repeat("渡轮在冬天修理之后星期二早上再次离开港口。", 4), "", "陆文清", "新华社"},
		{"Korean", "", "(서울=연합뉴스) " + strings.Repeat("섬으로 가는 배가 화요일 아침 다시 항구를 떠났다. ", 5), "", "", "연합뉴스"},
		{"at the end", "", prose, "(dpa)", "", "dpa"},
		{"at the end with initials", "", prose, "(jt/dpa)", "", "dpa"},
		{"at the end with a label", "", prose, "Quelle: dpa", "", "dpa"},
		{"English", "", prose, "Source: Reuters", "", "Reuters"},
		{"Italian", "", prose, "Fonte: ANSA", "", "ANSA"},
		{"two", "", prose, "Quellen: dpa, Reuters", "", "dpa|Reuters"},
		{"Japanese", "", prose, "出典：共同通信", "", "共同通信"},
		{"near miss: the label of something else", "", prose, "Photo: AFP", "", ""},
		{"near miss: another source", "", prose, "Quelle: Statistisches Amt", "", ""},
		{"near miss: below a picture", "", prose, `<img src="/a.jpg">Quelle: dpa`, "", ""},
		{"near miss: of a picture", "", prose, "© Getty Images", "", ""},
		{"beside an author", `<p class="byline">By Ana Ruiz</p>`, "LONDON (Reuters) - " + prose, "", "Ana Ruiz", "Reuters"},
		{"near miss: another credit", `<p class="byline">By AFP</p>`, "LONDON (Reuters) - " + prose, "", "AFP", "AFP"},
		{"near miss: of whom the text speaks", "", "The news agency (AP) — " + prose, "", "", ""},
		{"near miss: in the text", "", prose + " Figures are of last year (dpa) - the council has no other.", "", "", ""},
		{"near miss: no agency", "", "PORT ALDER (Pop. 900) - " + prose, "", "", ""},
	} {
		markup := "<!doctype html><title>Bridge closed to lorries</title><article><h1>Bridge closed to lorries</h1>" + tt.head + "<p>" + tt.first + "</p>" + strings.Repeat("<p>"+prose+"</p>", 3)
		if tt.last != "" {
			markup += `<p class="quelle">` + tt.last + "</p>"
		}
		row := New(Options{}).HTML([]byte(markup+"</article>"), "https://www.news.example/1").Row
		if a, g := strings.Join(row.Authors, "|"), strings.Join(row.Agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%s: authors %q, agencies %q, want %q, %q", tt.name, a, g, tt.authors, tt.agencies)
		}
		if (row.AgenciesSource == "text") != (tt.agencies != "" && tt.agencies != "AFP") {
			t.Errorf("%s: source %q", tt.name, row.AgenciesSource)
		}
	}
}

func TestOrganisationsByTheirForm(t *testing.T) {
	const line = `<h1>Brücke zu</h1><p>Text.</p><p>Autorin: Britta Kern, Projektleiterin der TBS in Port Alder.</p>`
	for _, declared := range []string{"Tal-Brücken-Stiftung e.V.", "Deutscher Brückenverband", "Ministerium für Brücken", "University of Port Alder", "Brücken AG", "Fundación Puente"} {
		m := readAt(t, "https://www.news.example/1", `<meta name="author" content="`+declared+`">`+line)
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != "Britta Kern" || g != declared {
			t.Errorf("%q: authors %q, agencies %q", declared, a, g)
		}
	}
}

func TestWhereBylinesStand(t *testing.T) {
	const house = `<meta property="og:site_name" content="Valley Post"><meta name="author" content="Valley Post"><h1>Bridge closed to lorries</h1>`
	far := strings.Repeat("<p>The lorries wait.</p>", 40)
	for _, tt := range []struct{ name, markup, authors, agencies string }{
		{"an agency in a line of its own below the headline", `<h1>Bridge</h1><p class="credit">JIJI</p><p>Text.</p>`, "JIJI", "JIJI"},
		{"near miss: the credit of a picture", `<h1>Bridge</h1><div><div><img src="a.jpg"></div><span>Reuters</span></div><p>Text.</p>`, "", ""},
		{"near miss: its sign", `<h1>Bridge</h1><p>© Reuters</p><p>Text.</p>`, "", ""},
		{"near miss: far below it", `<h1>Bridge</h1>` + far + `<p>Reuters</p>`, "", ""},
		{"label and name behind the date", `<h1>Bridge</h1><p>05.02.2026 - Redaktion: Ole Harring (Sprecher)</p>`, "Ole Harring", ""},
		{"names of houses with what parts names", `<meta name="author" content="Bundesministerium für Brücken und Fähren">`, "Bundesministerium für Brücken und Fähren", ""},
		{"the blog's own card", `<div class="vcard"><b class="fn">Valley Blog</b></div><h1>Bridge</h1>`, "", ""},
		{"a nickname with a digit in a link to its page", `<h1>Bridge</h1><a rel="author" href="/author/c1ph">c1ph</a>`, "c1ph", ""},
		{"a nickname in a card of contact", `<h1>Bridge</h1><h4 class="vcard author">vom <span class="fn">Krimiblogger</span></h4>`, "Krimiblogger", ""},
		{"two words of which one is small in such a card", `<h1>Bridge</h1><p class="post-author vcard">Eingestellt von <span class="fn">der Michel</span></p>`, "der Michel", ""},
		{"one name behind the date", `<h1>Bridge</h1><p>06.11.2026 13:30 von Olga</p>`, "Olga", ""},
		{"near miss: no name behind the date", `<h1>Bridge</h1><p>06.11.2026 13:30 von uns</p>`, "", ""},
		{"the one byline, at the end", house + far + `<p><em>By Ana Ruiz</em></p>`, "Ana Ruiz", ""},
		{"near miss: two, of other stories", house + far + `<p>By Ana Ruiz</p><p>By Tomas Bell</p>`, "Valley Post", ""},
		{"near miss: a paper that is called so", house + far + `<p>De Gelderse Courant</p>`, "Valley Post", ""},
		{"near miss: no name", house + far + `<p>By The River</p><p>Von Montag an</p>`, "Valley Post", ""},
		{"the house by its domain", `<meta name="author" content="Bund der Newsleser e.V."><h1>Bridge</h1><h5>Von Ole Harring</h5>`, "Ole Harring", "Bund der Newsleser e.V."},
		{"a blog is in one widget", `<div class="widget Blog"><h3>Bridge closed</h3><div class="post-footer"><span class="vcard" itemprop="author"><b itemprop="name">T. V. Raman</b></span></div></div>`, "T. V. Raman", ""},
		{"near miss: another widget", `<h1>Bridge</h1><div class="widget Profile"><span class="vcard" itemprop="author"><b itemprop="name">T. V. Raman</b></span></div>`, "", ""},
		{"cards of other stories have authors", `<article><h1>Bridge</h1><span itemprop="author">Ana Ruiz</span></article><article><h2><a href="/2">Ferry</a></h2><span itemprop="author">Tomas Bell</span></article>`, "Ana Ruiz", ""},
	} {
		m := readAt(t, "https://www.newsleser.example/1", tt.markup)
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%s: authors %q, agencies %q, want %q, %q", tt.name, a, g, tt.authors, tt.agencies)
		}
	}
}
