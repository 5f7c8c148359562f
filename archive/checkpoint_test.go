package archive

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"newsarchive/page"
)

// checkpointed is what a writer leaves that made a checkpoint after each capture.
func checkpointed(t *testing.T) bundle {
	t.Helper()
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	a.commit.every = 1
	for i := range 3 {
		c, r := ferry(t, fmt.Sprintf("Version %d.", i+1))
		put(t, a, c, r)
	}
	return snapshot(t, dir)
}

// TestRecoveryWithCheckpointsIsTheSame: whatever became of the checkpoints or
// the segment, the archive is whole and has the captures that it would have
// without them.
func TestRecoveryWithCheckpointsIsTheSame(t *testing.T) {
	t.Parallel()
	b := checkpointed(t)
	marks, records := b.name(t, ".cdxj.open"), b.name(t, ".warc.gz.open")
	good, data := b[marks], b[records]
	lines := bytes.SplitAfter(good, []byte("\n"))
	for _, tt := range []struct {
		name        string
		marks, data []byte
	}{
		{"untouched", good, data},
		{"a torn last line", good[:len(good)-9], data},
		{"none", nil, data},
		{"an index line changed", bytes.Replace(good, []byte("/ferry"), []byte("/fairy"), 1), data},
		{"an index line lost", bytes.Join(lines[1:], nil), data},
		{"a segment torn behind a checkpoint", good, data[:len(data)-1]},
		{"zeros behind", good, append(bytes.Clone(data), make([]byte, 5000)...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b[marks], b[records] = tt.marks, tt.data
			dir := b.restore(t)
			delete(b, marks)
			plain := b.restore(t)
			closed(t, opened(t, dir, Options{}))
			closed(t, opened(t, plain, Options{}))
			whole(t, dir)
			equal(t, faults(t, dir, VerifyOptions{Full: true}))
			got, want := snapshot(t, dir), snapshot(t, plain)
			for name := range want {
				if !bytes.Equal(got[name], want[name]) {
					t.Errorf("%s is another", name)
				}
			}
			if len(got) != len(want) {
				t.Errorf("files %q, want %q", files(t, dir), files(t, plain))
			}
		})
	}
}

func TestSealingRemovesCheckpoints(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	a.commit.every = 1
	c, r := ferry(t, "Back in service.")
	put(t, a, c, r)
	if !strings.Contains(strings.Join(files(t, dir), " "), "cdxj.open") {
		t.Error("no checkpoint")
	}
	closed(t, a)
	equal(t, files(t, dir), "archive.json", "articles/*.jsonl.gz", "index/*.cdxj", "lock", "manifest.jsonl", "warc/*.warc.gz")
}

// BenchmarkRecover opens an archive whose writer was killed.
func BenchmarkRecover(b *testing.B) {
	dir := b.TempDir()
	a := opened(b, dir, Options{Level: 1, NoDedupe: true})
	var size int64
	list, _ := pages(b, 50)
	for size < 10*checkpointEvery {
		var c page.Capture
		for i := range list { // as one capture, for the sake of time
			c.Exchanges = append(c.Exchanges, list[i].Exchanges...)
		}
		row := put(b, a, &c, nil)
		size = row.WARCOffset + row.WARCLength
	}
	left := snapshot(b, dir)
	marks := left.name(b, ".cdxj.open")
	for _, name := range []string{"checkpoints", "none"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				b.StopTimer()
				dir := left.restore(b)
				b.StartTimer()
				a, err := Open(dir, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				closed(b, a)
				b.StartTimer()
			}
		})
		delete(left, marks)
	}
}
