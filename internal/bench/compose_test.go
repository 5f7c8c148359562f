package bench

import (
	"bytes"
	"testing"
)

func TestComposeKeepsThePageAndTheSize(t *testing.T) {
	source := []byte("<html><head><title>Ferry</title></head><body class=a><p>The ferry sails.</p></body></html>")
	for _, size := range []int{0, 100, 60_000, 300_000} {
		got := Compose(source, size, 1)
		if !bytes.Contains(got, []byte("<p>The ferry sails.</p>")) {
			t.Errorf("size %d: the article is gone", size)
		}
		if want := max(size, len(source)); len(got) < want*98/100 || len(got) > want*102/100+2500 {
			t.Errorf("size %d: got %d bytes", size, len(got))
		}
		if !bytes.Equal(got, Compose(source, size, 1)) {
			t.Errorf("size %d: two pages from the same arguments differ", size)
		}
	}
	if bytes.Equal(Compose(source, 9000, 1), Compose(source, 9000, 2)) {
		t.Error("two seeds give the same page")
	}
	for _, whole := range []string{"", "no tags", "<body></body><head></head>"} {
		if got := Compose([]byte(whole), 9000, 1); string(got) != whole {
			t.Errorf("Compose(%q) = %d bytes, want it unchanged", whole, len(got))
		}
	}
}
