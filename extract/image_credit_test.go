package extract

import "testing"

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
		{"The market in 2019 (19/20)", "The market in 2019 (19/20)", ""},
	} {
		if rest, credit := cutCredit(tt.in); rest != tt.rest || credit != tt.credit {
			t.Errorf("%q: %q, %q, want %q, %q", tt.in, rest, credit, tt.rest, tt.credit)
		}
	}
}
