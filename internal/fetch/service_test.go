package fetch

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestServiceReachesOnlyWhatItsAllowanceNames(t *testing.T) {
	s := httptest.NewServer(http.RedirectHandler("http://127.0.0.1:1/elsewhere", http.StatusFound))
	defer s.Close()
	if _, err := Service(nil, time.Minute).Get(s.URL); err == nil || !strings.Contains(err.Error(), "connect to 127.0.0.1") {
		t.Errorf("without an allowance: %v", err)
	}
	allow, err := ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	resp, err := Service([]AllowNet{allow}, time.Minute).Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusFound {
		t.Errorf("status %d: redirects are not followed", resp.StatusCode)
	}
}
