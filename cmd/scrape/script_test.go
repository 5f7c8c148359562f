package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"newsarchive/internal/testsite"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"scrape": main})
}

// TestScripts runs what a user would type, against the made-up sites. In a script
// $COURIER and so on are their addresses, and $ALLOW lets the client in.
func TestScripts(t *testing.T) {
	t.Parallel()
	server, err := testsite.Start(testsite.Options{Faults: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	fixtures, err := filepath.Abs(filepath.Join("..", "..", "testdata", "html"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ALLOW", "127.0.0.0/8")
			e.Setenv("FIXTURES", fixtures)
			for _, s := range server.Sites() {
				e.Setenv(strings.ToUpper(s.Folder), s.URL)
			}
			return nil
		},
	})
}
