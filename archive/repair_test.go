package archive

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

// readable tells the rows whose records can be read, and how many cannot.
func readable(t testing.TB, dir string) (good []string, bad int) {
	t.Helper()
	rd := reader(t, dir)
	for row, err := range rd.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rd.Capture(row); err != nil {
			bad++
		} else {
			good = append(good, row.Text)
		}
	}
	return good, bad
}

// TestRepairOfAnyDamage: whatever a damage reached, after the repair the archive
// is sound, and every row is there but for those that the damage reached itself.
func TestRepairOfAnyDamage(t *testing.T) {
	t.Parallel()
	b := snapshot(t, kept(t))
	delete(b, lockFile)
	names := []string{}
	for name := range b {
		names = append(names, name)
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(5, 5))
	for n := range 90 / sparse() {
		name := names[n%len(names)]
		what, damaged := damage(rng, b[name])
		if bytes.Equal(damaged, b[name]) {
			continue
		}
		left := bundle{}
		for k, v := range b {
			left[k] = v
		}
		left[name] = damaged
		dir := left.restore(t)
		done, err := Repair(t.Context(), dir)
		if err != nil {
			t.Fatalf("%s in %s: %v", what, name, err)
		}
		if list := faults(t, dir, VerifyOptions{Full: true}); len(list) > 0 {
			t.Fatalf("%s in %s: after the repair %q", what, name, list)
		}
		good, bad := readable(t, dir)
		least := 4
		if strings.HasSuffix(name, ".gz") {
			least = 2 // those of the other session, at the least
		}
		if len(good) < least || len(good)+bad < 4 && !strings.HasPrefix(name, "articles/") {
			t.Errorf("%s in %s: rows %q and %d without record", what, name, good, bad)
		}
		if len(done.Files) == 0 {
			t.Errorf("%s in %s: nothing was done", what, name)
		}
		a := opened(t, dir, Options{}) // and it goes on
		c, r := ferry(t, "After the repair.")
		put(t, a, c, r)
		closed(t, a)
		equal(t, faults(t, dir, VerifyOptions{Full: true}))
		os.RemoveAll(dir)
	}
}

func TestRepairKeepsTheBytesAndTheOffsets(t *testing.T) {
	dir := kept(t)
	b := snapshot(t, dir)
	var row page.Row
	for row = range reader(t, dir).Rows() {
		break
	}
	name := filepath.Join(dir, row.WARCFile)
	damaged := bytes.Clone(b[row.WARCFile])
	clear(damaged[row.WARCOffset+50 : row.WARCOffset+60])
	if err := os.WriteFile(name, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	done, err := Repair(t.Context(), dir)
	if err != nil || len(done.Damages) != 1 || !done.Damages[0].Lost() { // the index that named it is made again
		t.Fatalf("%+v, %v", done, err)
	}
	d, after := done.Damages[0], snapshot(t, dir)
	if d.File != row.WARCFile || d.Offset != row.WARCOffset || d.Length != row.WARCLength || !bytes.Equal(after[d.Kept], damaged[d.Offset:d.Offset+d.Length]) {
		t.Errorf("set aside %+v", d)
	}
	mended := after[row.WARCFile]
	if len(mended) != len(damaged) || !bytes.Equal(mended[:d.Offset], damaged[:d.Offset]) || !bytes.Equal(mended[d.Offset+d.Length:], damaged[d.Offset+d.Length:]) {
		t.Error("other bytes were changed")
	}
	good, bad := readable(t, dir)
	if len(good) != 3 || bad != 1 {
		t.Errorf("rows %q, %d without record", good, bad)
	}
	if old := after[after.name(t, "00002.bin")]; !bytes.Equal(old, b[indexOf(row.WARCFile)]) {
		t.Error("the index as it was is not kept")
	}
	again, err := Repair(t.Context(), dir)
	if err != nil || len(again.Damages)+len(again.Files) != 0 {
		t.Errorf("a second repair: %+v, %v", again, err)
	}
}

func TestRepairOfAMissingFile(t *testing.T) {
	t.Parallel()
	for _, ending := range []string{".warc.gz", ".jsonl.gz", ".cdxj", "r0.json", manifestFile, markerFile} {
		dir := kept(t)
		if err := os.Remove(filepath.Join(dir, snapshot(t, dir).name(t, ending))); err != nil {
			t.Fatal(err)
		}
		if _, err := Repair(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
		if list := faults(t, dir, VerifyOptions{Full: true}); len(list) > 0 {
			t.Errorf("without %s: after the repair %q", ending, list)
		}
		works(t, dir, ending)
	}
}

// works sees that the archive can be asked, made again and written to.
func works(t *testing.T, dir, without string) {
	t.Helper()
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Errorf("without %s: %v", without, err)
	}
	a, err := Open(dir, Options{})
	if err != nil {
		t.Fatalf("without %s: %v", without, err)
	}
	if _, err := a.Reindex(t.Context()); err != nil {
		t.Errorf("without %s: %v", without, err)
	}
	c, r := ferry(t, "The repair is done.")
	put(t, a, c, r)
	closed(t, a)
	if got := search(t, reader(t, dir), "repair is done"); len(got) != 1 {
		t.Errorf("without %s: found %q", without, got)
	}
}

func TestRepairOfWhatAKilledWriterLeft(t *testing.T) {
	b, _ := killed(t)
	name := b.name(t, ".warc.gz.open")
	b[name][len(b[name])/2] ^= 2
	dir := b.restore(t)
	if _, err := Repair(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	if good, bad := readable(t, dir); len(good)+bad != 3 || len(good) < 2 {
		t.Errorf("rows %q, %d without record", good, bad)
	}
}

func TestRepairRefusesWhatIsNoArchive(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, markerFile), []byte(`{"format":"photos/1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Repair(t.Context(), dir); err == nil {
		t.Error("repaired")
	}
	equal(t, files(t, dir), markerFile, lockFile)
	for _, manifest := range []string{"", `{"path":"photos/1.jpg"}` + "\n"} { // of something else
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, manifestFile), []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Repair(t.Context(), dir); !errors.Is(err, ErrNotArchive) {
			t.Errorf("with the manifest %q: %v", manifest, err)
		}
		equal(t, files(t, dir), manifestFile)
	}
}

func TestFillersHaveTheirLength(t *testing.T) {
	for _, length := range []int64{400, 401, 1000, maxFiller, maxFiller + 1, 5 * maxFiller} {
		b, err := recordFiller(10, length, "<urn:uuid:x>", noon)
		if err != nil || int64(len(b)) != length {
			t.Errorf("record filler of %d: %d, %v", length, len(b), err)
		}
		if n, err := readAll(bytes.NewReader(b)); err != nil || n == 0 {
			t.Errorf("record filler of %d: %v", length, err)
		}
		b, err = rowFiller(length)
		if err != nil || int64(len(b)) != length {
			t.Errorf("row filler of %d: %d, %v", length, len(b), err)
		}
		for m, err := range members(bytes.NewReader(b)) {
			if err != nil || len(m.lines) != 0 {
				t.Errorf("row filler of %d: %q, %v", length, m.lines, err)
			}
		}
	}
	if _, err := recordFiller(10, 50, "<urn:uuid:x>", noon); err != errGapSmall {
		t.Errorf("record filler of 50: %v", fmt.Sprint(err))
	}
}
