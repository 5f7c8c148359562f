package extract

import (
	"strings"
	"testing"
)

func TestBylinesOfPeopleBesideOthers(t *testing.T) {
	for _, tt := range []struct{ line, authors, agencies string }{
		{"By Jane Doe, Health Editor, and John Smith", "Jane Doe|John Smith", ""},
		{"Jane Doe, Health Editor, and John Smith", "Jane Doe|John Smith", ""},
		{"By Jane Doe, Health Editor, and John Smith, Rome Correspondent", "Jane Doe|John Smith", ""},
		{"By Ana Ruiz, Tomas Bell, and John Smith", "Ana Ruiz|Tomas Bell|John Smith", ""},
		{"Di Marco Bellini, Anna Russo, e Luca Conti", "Marco Bellini|Anna Russo|Luca Conti", ""},
		{"Door Jan de Vries en ANP", "Jan de Vries", "ANP"},
		{"Door Anna Smit en ANP", "Anna Smit", "ANP"},
		{"Door ANP en Anna Smit", "Anna Smit", "ANP"},
		{"Di Marco Bellini e ANSA", "Marco Bellini", "ANSA"},
		{"Par Jean Petit, avec AFP", "Jean Petit", "AFP"},
		{"By Jane Doe, with AFP", "Jane Doe", "AFP"},
		{"By Jane Doe, with AFP and Reuters", "Jane Doe", "AFP|Reuters"},
		{"By Jane Doe, with additional reporting", "Jane Doe", ""},
		{"كتبت: ليلى حسن - رويترز", "ليلى حسن", "رويترز"},
		{"كتبت: ليلى حسن", "ليلى حسن", ""},
		{"كتبت ليلى حسن", "ليلى حسن", ""},
		{"كتب: أحمد علي", "أحمد علي", ""},
		{"تقرير: ليلى حسن", "ليلى حسن", ""},
		{"记者 王小明 新华社", "王小明", "新华社"},
		{"王小明 新华社", "王小明", "新华社"},
		{"By Jane Doe and agencies", "Jane Doe", ""},
		{"By Jane Doe, Reuters and agencies", "Jane Doe", "Reuters"},
		{"Von Ole Harring und Agenturen", "Ole Harring", ""},
		{"Von Ole Harring mit Agenturen", "Ole Harring", ""},
		{"Par Jean Petit et agences", "Jean Petit", ""},
		{"Por Lucía Ferrándiz y agencias", "Lucía Ferrándiz", ""},
		{"Di Marco Bellini e agenzie", "Marco Bellini", ""},
		{"Door Anna Smit en agentschappen", "Anna Smit", ""},
	} {
		m := readAt(t, "https://www.news.example/1", `<h1>Bridge closed to lorries</h1><div class="byline">`+tt.line+"</div><p>Lorries must wait until spring.</p>")
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%q: authors %q, agencies %q, want %q, %q", tt.line, a, g, tt.authors, tt.agencies)
		}
	}
}

func TestDeclaredHousesBesideAgencies(t *testing.T) {
	for _, tt := range []struct{ declared, line, authors, agencies string }{
		{"Le Courrier du Sud avec AFP", "Par Hélène Dubois (avec AFP)", "Hélène Dubois", "AFP"},
		{"La Voz del Valle con EFE", "Por Lucía Ferrándiz", "Lucía Ferrándiz", "EFE"},
		{"Le Thi Hoa, AFP", "By Ana Ruiz", "Le Thi Hoa", "AFP"},
		{"Jane Doe and agencies", "", "Jane Doe", ""},
		{"Ole Harring und Agenturen", "", "Ole Harring", ""},
		{"Anna Smit en agentschappen", "", "Anna Smit", ""},
	} {
		m := readAt(t, "https://www.news.example/1", `<meta name="author" content="`+tt.declared+`"><h1>Bridge closed</h1><div class="byline">`+tt.line+"</div><p>Lorries must wait.</p>")
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%q: authors %q, agencies %q, want %q, %q", tt.declared, a, g, tt.authors, tt.agencies)
		}
	}
}
