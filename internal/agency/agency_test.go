package agency

import "testing"

func TestNamed(t *testing.T) {
	for credit, want := range map[string]bool{
		"AFP": true, "The Associated Press": true, "Agence France-Presse": true, "Reuters/AFP": true, "dpa, afp": true, "(dpa)": true,
		"Ana Ruiz": false, "": false, "#": false, "/": false, "Press": false,
	} {
		if got := Named(credit); got != want {
			t.Errorf("Named(%q) = %v", credit, got)
		}
	}
}
