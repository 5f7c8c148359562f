package main

import (
	"bytes"
	"io"
	"log"
	"os"
	"strings"
	"testing"
)

// What packages log by themselves, as net/http does bytes of servers, is heard with -v
// only, and is inert.
func TestTheStandardLogIsTame(t *testing.T) {
	defer log.SetFlags(log.Flags())
	defer log.SetOutput(os.Stderr)
	for _, tt := range []struct {
		flags []string
		want  string
	}{{nil, ""}, {[]string{"-v"}, `\u001b`}} {
		log.SetOutput(os.Stderr)
		var out, errs bytes.Buffer
		run(append([]string{"schema", "article"}, tt.flags...), strings.NewReader(""), &out, &errs)
		if tt.want == "" && log.Writer() != io.Discard {
			t.Errorf("%q: the standard log is heard", tt.flags)
		}
		if tt.want == "" {
			continue
		}
		log.Print("Unsolicited response \x1b]0;x\x07 \u202e \x9b")
		if got := errs.String(); !strings.Contains(got, tt.want) || strings.ContainsAny(got, "\x1b\x07\u202e") {
			t.Errorf("%q: the standard log writes %q", tt.flags, got)
		}
	}
}
