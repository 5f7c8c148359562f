package archive

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// causes checks the archive in full and tells each fault in a line, and how many follow.
func causes(t *testing.T, dir string) (list []string, follow int) {
	t.Helper()
	for f, err := range reader(t, dir).Verify(t.Context(), VerifyOptions{Full: true}) {
		switch {
		case err != nil:
			t.Fatal(err)
		case f.Follows:
			follow++
		default:
			list = append(list, f.Kind+" "+f.String())
		}
	}
	return list, follow
}

// TestOneDamageIsOneFault: a changed bit, a cut, a zeroed block or a file that is gone is one
// fault, whatever follows from it.
func TestOneDamageIsOneFault(t *testing.T) {
	t.Parallel()
	dir := superseded(t)
	a := opened(t, dir, Options{})
	for n := range 2 {
		dressed(t, a, n, "one", "shared")
	}
	closed(t, a)
	b := snapshot(t, dir)
	delete(b, "lock")
	delete(b, markerFile) // what is no archive is not opened
	names := []string{}
	for name := range b {
		if !strings.HasPrefix(name, cacheFolder) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(11, 4))
	check := func(name, what string, damaged []byte) {
		p := filepath.Join(dir, name)
		if damaged == nil {
			os.Remove(p)
		} else if err := os.WriteFile(p, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.WriteFile(p, b[name], 0o600)
		if list, _ := causes(t, dir); len(list) != 1 || name != manifestFile && !strings.Contains(list[0], name) {
			t.Errorf("%s in %s is told as\n%s", what, name, strings.Join(list, "\n"))
		}
	}
	for n := range 400 / sparse() {
		name := names[n%len(names)]
		what, damaged := damage(rng, b[name])
		last := bytes.LastIndexByte(b[name][:len(b[name])-1], '\n')
		if name == manifestFile && !bytes.HasPrefix(damaged, b[name][:last]) || name != manifestFile && !bytes.Equal(damaged, b[name]) && len(damaged) > 0 {
			if name == manifestFile && (len(damaged) < len(b[name]) || damaged[len(damaged)-1] != '\n') {
				continue // every line that is gone leaves a file without one
			}
			check(name, what, damaged)
		}
	}
	for _, name := range names {
		check(name, "a loss", nil)
	}
}

// TestTwoDamagesAreTwoFaults, though one of them would do for the digest of the file.
func TestTwoDamagesAreTwoFaults(t *testing.T) {
	dir, file, at := newsOf(t)
	flip(t, file, 20)
	flip(t, file, at+100)
	records := strings.NewReplacer("articles", "warc", ".jsonl.gz", ".warc.gz").Replace(file)
	index := strings.NewReplacer("articles", "index", ".jsonl.gz", ".cdxj").Replace(file)
	for row := range reader(t, dir).Rows() {
		flip(t, records, row.WARCOffset+row.WARCLength/2)
		break
	}
	flip(t, index, 300)
	list, follow := causes(t, dir)
	if len(list) != 4 || follow == 0 {
		t.Errorf("%d follow from\n%s", follow, strings.Join(list, "\n"))
	}
	for i, want := range []string{"row articles", "row articles", "digest index", "record warc"} {
		if !slices.ContainsFunc(list, func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Error(fmt.Sprint(i), want, "is not told")
		}
	}
}
