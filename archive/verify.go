package archive

import (
	"context"
	"fmt"
	"iter"

	"newsarchive/page"
)

// Kinds of faults.
const (
	FaultManifest = "manifest" // a line is not as it was written, or the chain is broken
	FaultMissing  = "missing"  // a sealed file is gone
	FaultUnlisted = "unlisted" // a sealed file has no line in the manifest
	FaultSize     = "size"     // a sealed file has another size
	FaultDigest   = "digest"   // bytes do not have the digest that was taken of them
	FaultRecord   = "record"   // bytes are no whole WARC record, or records are missing
	FaultLink     = "link"     // a record refers to one that is not there
	FaultIndex    = "index"    // the index does not say what the records are
	FaultRow      = "row"      // a row cannot be read, or does not have the record that it names
	FaultText     = "text"     // the same extractor reads another text from the record
	FaultSymlink  = "symlink"  // a symbolic link, where none belongs
)

// A Fault is one place where an archive is not as it was written.
type Fault struct {
	Kind   string // one of the Fault constants
	File   string // path in the archive
	Offset int64  // bytes from the file's start, of the record, member or line; -1 for the whole file
	Record string // id of the record or row, where one is known
	Detail string // one line

	// Follows tells that nothing is wrong here but what an earlier fault has told: a row
	// whose record is damaged, the digest of the file with it. It ends with that fault.
	Follows bool
}

func (f Fault) String() string {
	if f.Offset < 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Detail)
	}
	return fmt.Sprintf("%s, offset %d: %s", f.File, f.Offset, f.Detail)
}

// VerifyOptions say how much of an archive is checked. The zero value asks for
// the quick check: manifest, sizes, and the digests of files up to 1 MiB.
type VerifyOptions struct {
	// Full reads every byte: digests of files and records, links between
	// records, the index against the records, rows against their records.
	Full bool
	// Extract, with Full, reads the capture of each row again. Where extractor
	// and rules are those of the row, the text must be the same. Nil skips it.
	// Several goroutines call it.
	Extract func(*page.Capture) *page.Reading
	// Count, where not nil, is told what was checked so far after each file.
	Count func(Checked)
}

// Checked counts what a check has looked at.
type Checked struct {
	Files   int   // listed in the manifest or still open
	Bytes   int64 // of those whose content was read
	Records int   // of WARC files
	Rows    int
	Texts   int // extracted again and compared
	Others  int // not compared, for the row is of another extractor or of other rules
	Lost    int // references to what a repair has set aside; they are no faults
	Bereft  int // rows among them: those whose record was lost
}

// smallFile is the largest file whose digest the quick check takes, in bytes.
const smallFile = 1 << 20

// Verify checks the archive and gives its faults, file by file, each before what Follows
// from it. An error is a
// file that cannot be read for a reason other than damage; the check goes on
// behind it, but for the error of ctx, which is the last. Memory is bounded by
// the number of records in two segments.
//
// What an unfinished write left at the end of an open segment is no fault: the
// next writer cuts it. Files that the archive does not know, and its cache, are
// left out.
func (r *Reader) Verify(ctx context.Context, o VerifyOptions) iter.Seq2[Fault, error] {
	return func(yield func(Fault, error) bool) {
		v := &verifier{ctx: ctx, r: r, o: o, yield: yield}
		v.run()
	}
}

// verifier is one run of Verify.
type verifier struct {
	ctx     context.Context
	r       *Reader
	o       VerifyOptions
	yield   func(Fault, error) bool
	done    bool // the consumer wants no more, or the context ended
	count   Checked
	sealed  map[string]entry
	records spans   // of the WARC segment at hand
	earlier earlier // of the WARC segments before it
	damages []Damage
	harm    harm
}

func (v *verifier) run() {
	v.harm, v.damages = newHarm(), readDamages(v.r.root)
	v.sealed = v.checkManifest()
	names, err := v.files()
	if err != nil {
		v.fail(err)
	}
	v.listed(names)
	for _, name := range names {
		if v.stopped() {
			return
		}
		v.file(name)
		if v.o.Count != nil {
			v.o.Count(v.count)
		}
	}
}

// stopped notices the end of the context.
func (v *verifier) stopped() bool {
	if err := v.ctx.Err(); err != nil && !v.done {
		v.fail(err)
		v.done = true
	}
	return v.done
}

func (v *verifier) fault(f Fault) {
	if f.Follows = f.Follows || v.harm.explains(f); !f.Follows {
		v.harm.files[f.File] = true
	}
	f.Detail = page.Printable(f.Detail, 500)
	v.done = v.done || !v.yield(f, nil)
}

// fail reports what is not damage.
func (v *verifier) fail(err error) {
	if !v.done {
		v.done = !v.yield(Fault{}, fmt.Errorf("verify: %w", err))
	}
}

// whole reports a fault of a file as such.
func (v *verifier) whole(kind, file, format string, args ...any) {
	v.fault(Fault{Kind: kind, File: file, Offset: -1, Detail: fmt.Sprintf(format, args...)})
}
