package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"io/fs"
)

// checkManifest checks each line and the chain of them, and returns the newest
// line of each path. Bytes after the last newline are no line.
func (v *verifier) checkManifest() map[string]entry {
	sealed := map[string]entry{}
	b, err := readFile(v.r.root, manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		v.whole(FaultMissing, manifestFile, "the file is gone")
		return sealed
	}
	if err != nil {
		v.fail(err)
		return sealed
	}
	previous, at := "", int64(0)
	var before struct {
		path   string
		broken bool
	}
	for line := range bytes.Lines(b) {
		line, finished := bytes.CutSuffix(line, []byte("\n"))
		if !finished || v.done {
			break
		}
		e, err := readLine(line)
		switch {
		case err != nil:
			v.manifestFault(at, "the line was changed: "+err.Error(), false)
		case e.Previous != previous:
			v.manifestFault(at, "the chain is broken: the line before was changed or taken out, or this one", before.broken)
			v.harm.listed[before.path] = true
		}
		if err != nil || e.Previous != previous {
			v.harm.listed[e.Path] = true
		}
		before.path, before.broken = e.Path, err != nil || e.Previous != previous
		if e.Path != "" {
			sealed[e.Path] = e
		}
		previous = hexSum(line)
		at += int64(len(line)) + 1
	}
	return sealed
}

func (v *verifier) manifestFault(at int64, detail string, follows bool) {
	v.fault(Fault{Kind: FaultManifest, File: manifestFile, Offset: at, Detail: detail, Follows: follows})
}

// readLine reads a line of the manifest, which must be spelt as a writer spells
// it: no other bytes say the same.
func readLine(line []byte) (entry, error) {
	var e entry
	if err := json.Unmarshal(line, &e); err != nil {
		return entry{}, err
	}
	same, err := json.Marshal(e)
	if err == nil && !bytes.Equal(same, line) {
		err = errors.New("it is not spelt as it was written")
	}
	return e, err
}

// sealedSince looks for a file that was sealed since the manifest was read.
func (v *verifier) sealedSince(name string) (entry, bool) {
	b, err := readFile(v.r.root, manifestFile)
	if err != nil {
		return entry{}, false
	}
	var last entry
	for line := range bytes.Lines(b) {
		if e, err := readLine(bytes.TrimSuffix(line, []byte("\n"))); err == nil && e.Path == name && bytes.HasSuffix(line, []byte("\n")) {
			last = e
		}
	}
	return last, last.Path != ""
}

// sum compares the digest of a sealed file.
func (v *verifier) sum(e entry, sum hash.Hash) {
	if got := hex.EncodeToString(sum.Sum(nil)); got != e.SHA256 {
		v.whole(FaultDigest, e.Path, "SHA-256 is %s, %s was sealed", got, e.SHA256)
	}
}

// copyTo copies until the end or the end of the context.
func copyTo(ctx context.Context, w io.Writer, r io.Reader) (n int64, err error) {
	buf := make([]byte, 256<<10)
	for ctx.Err() == nil {
		k, err := r.Read(buf)
		w.Write(buf[:k])
		n += int64(k)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
	return n, ctx.Err()
}
