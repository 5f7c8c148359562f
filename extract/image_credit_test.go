package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestCreditsInBrackets(t *testing.T) {
	for _, tt := range []struct{ in, rest, credit string }{
		{"The market on Monday. (Jane Doe/The Post)", "The market on Monday.", "Jane Doe/The Post"},
		{"The market on Monday (Jane Doe / The Post).", "The market on Monday", "Jane Doe / The Post"},
		{"The market on Monday. (Jane Doe/CVN)", "The market on Monday.", "Jane Doe/CVN"},
		{"The market on Monday. (AP Photo/Jane Doe)", "The market on Monday.", "AP Photo/Jane Doe"},
		{"The market on Monday (Jane Doe/AFP/Getty Images)", "The market on Monday", "Jane Doe/AFP/Getty Images"},
		{"The market on Monday (Jane Doe/AFP via Getty Images)", "The market on Monday", "Jane Doe/AFP via Getty Images"},
		{"The market on Monday (AFP)", "The market on Monday", "AFP"},
		{"Der Markt am Montag (Foto: Ole Harring/dpa)", "Der Markt am Montag", "Foto: Ole Harring/dpa"},
		{"Der Markt am Montag (dpa/Ole Harring)", "Der Markt am Montag", "dpa/Ole Harring"},
		{"The market on Monday. (AP Photo/Jane Doe, File)", "The market on Monday.", "AP Photo/Jane Doe, File"},
		{"Der Markt am Montag. (picture alliance / dpa / Ole Harring)", "Der Markt am Montag.", "picture alliance / dpa / Ole Harring"},
		{"The seat of the Environmental Protection Agency (EPA)", "The seat of the Environmental Protection Agency (EPA)", ""},
		{"Britta Kern (Freie Talschaft/FT)", "Britta Kern (Freie Talschaft/FT)", ""},
		{"Britta Kern (CDU/CSU)", "Britta Kern (CDU/CSU)", ""},
		{"Doors open (and/or close)", "Doors open (and/or close)", ""},
		{"Doors of the harbour (left/right)", "Doors of the harbour (left/right)", ""},
		{"Jane Doe (left)", "Jane Doe (left)", ""},
		{"老茶馆里的学员。周小满 摄", "老茶馆里的学员。", "周小满 摄"},
		{"夜市攤商改用瓷碗（記者林亦晴攝）", "夜市攤商改用瓷碗", "記者林亦晴攝"},
		{"売店に並ぶ家族連れ＝23日、北浦市、佐伯みどり撮影", "売店に並ぶ家族連れ＝23日、北浦市", "佐伯みどり撮影"},
		{"장터 한복판에 선 우체통. 오정민 기자", "장터 한복판에 선 우체통.", "오정민 기자"},
		{"어린이 기자", "어린이 기자", ""},
		{"The market in 2019 (19/20)", "The market in 2019 (19/20)", ""},
	} {
		if rest, credit := cutCredit(tt.in); rest != tt.rest || credit != tt.credit {
			t.Errorf("%q: %q, %q, want %q, %q", tt.in, rest, credit, tt.rest, tt.credit)
		}
	}
}

// TestCreditsWithoutSign parts captions from the names in an element of their own.
func TestCreditsWithoutSign(t *testing.T) {
	for _, tt := range []struct{ in, text, credit string }{
		{"The market on Monday. <span>Jane Doe/The Post</span>", "The market on Monday.", "Jane Doe/The Post"},
		{"The market on Monday. <em>Jane Doe</em>", "The market on Monday.", "Jane Doe"},
		{"The market on Monday. <small>Getty Images</small>\n", "The market on Monday.", "Getty Images"},
		{"The market on Monday with <b>Jane Doe</b>", "The market on Monday with Jane Doe", ""},
		{"The market. <em>It opens at six</em>", "The market. It opens at six", ""},
		{"The market. <a>Monday</a>", "The market. Monday", ""},
		{"<em>Jane Doe</em>", "Jane Doe", ""},
	} {
		root, err := html.Parse(strings.NewReader("<figure><figcaption>" + tt.in + "</figcaption></figure>"))
		if err != nil {
			t.Fatal(err)
		}
		if text, credit := splitCredit(figcaption(root.FirstChild.LastChild.FirstChild)); text != tt.text || credit != tt.credit {
			t.Errorf("%s: %q, %q, want %q, %q", tt.in, text, credit, tt.text, tt.credit)
		}
	}
}
