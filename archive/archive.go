// Package archive keeps captures and article rows for decades: WARC records as
// evidence, JSON Lines rows as data that point at them, and an index beside.
//
// Put stores the whole capture with one write, then its row, and returns when
// both are synced. Segments are named ".open" while they grow and never change
// once sealed; Open recovers what a killed writer left. A Reader needs no lock.
// ReadWARC and ReadWACZ read what other tools wrote. Fetching and extracting are
// left to others. docs/archive-format.md describes every byte on disk.
package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

var (
	// ErrLocked reports that another process writes to the archive. Reading still works.
	ErrLocked = errors.New("locked by another writer")
	// ErrNotArchive reports a folder that holds something else, or a format this
	// version does not know.
	ErrNotArchive = errors.New("not an archive")
	// ErrReadOnly reports a folder that cannot be written to.
	ErrReadOnly = errors.New("cannot be written to")
	// ErrNoSpace reports a full disk. The archive is whole; it takes nothing more
	// until it is opened again.
	ErrNoSpace = errors.New("no space left on the disk")
	// ErrDiskLow reports that less than Options.MinFree is free. Nothing was written.
	ErrDiskLow = errors.New("too little space free on the disk")
	// ErrClosed reports a Put after Close.
	ErrClosed = errors.New("archive is closed")
	// ErrNotFound reports that no row has the id or address.
	ErrNotFound = errors.New("not found")
	// ErrAmbiguous reports an id prefix that several articles share.
	ErrAmbiguous = errors.New("several ids begin so")
	// ErrSymlink reports a symbolic link inside the archive, where none belongs.
	ErrSymlink = errors.New("a symbolic link inside the archive")
)

// Options say how an archive is written. The zero value is usable.
type Options struct {
	Software      string        // for warcinfo and rows; default "scrape"
	RunID         string        // for rows; may be ""
	UserAgent     string        // for warcinfo; may be ""
	Operator      string        // for warcinfo: who answers for the crawl; may be ""
	Robots        string        // for warcinfo: the robots policy; default "obey"
	InsecureHosts []string      // for warcinfo: hosts whose certificates were not verified
	Bounds        string        // for warcinfo: the bounds of fetching that are not the usual ones; may be ""
	MaxSegment    int64         // bytes after which a WARC segment is sealed; default 1 GiB
	MaxAge        time.Duration // after which the next Put seals a segment; default 24 h
	Level         int           // of gzip, 1 to 9; default 6
	NoDedupe      bool          // store every response whole; default: one whose payload is stored already becomes a revisit
	LateCatalog   int64         // bytes of article segments that Close may leave out of the catalog, for UpdateCatalog to add when it is needed; default none
	MinFree       int64         // bytes of the disk left alone; default 256 MiB or 5 % of the disk, the smaller; negative for none
}

func (o Options) filled() Options {
	o.Software = cmp.Or(o.Software, "scrape")
	o.Robots = cmp.Or(o.Robots, "obey")
	o.MaxSegment = cmp.Or(o.MaxSegment, 1<<30)
	o.MaxAge = cmp.Or(o.MaxAge, 24*time.Hour)
	return o
}

// An Archive is an archive opened for writing. Its methods may be called from
// several goroutines.
type Archive struct {
	dir     string
	opt     Options
	root    *os.Root
	lock    *os.File
	names   namer
	batches sync.Pool  // of *warc.Batch
	known   *originals // nil with NoDedupe

	// plan is where the next capture goes; its records name that segment's warcinfo.
	plan atomic.Pointer[plan]

	mu     sync.RWMutex // held for reading while a job is handed over
	closed bool
	report []byte // of the run, kept by Close; may be nil
	jobs   chan *job
	done   chan struct{} // closed when the committer has ended
	commit committer
}

// Open opens the archive in the folder dir for writing and makes both if there
// is nothing yet. What an earlier writer left unfinished is recovered first.
func Open(dir string, o Options) (*Archive, error) {
	a, err := open(dir, o.filled())
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", dir, err)
	}
	return a, nil
}

func open(dir string, o Options) (*Archive, error) {
	if _, err := warc.NewBatch(o.Level); err != nil {
		return nil, err
	}
	root, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	a := &Archive{dir: dir, opt: o, root: root, names: newNamer(), jobs: make(chan *job), done: make(chan struct{})}
	a.batches.New = func() any { b, _ := warc.NewBatch(o.Level); return b } // the level is checked
	if err := a.start(); err != nil {
		if a.lock != nil {
			a.lock.Close()
		}
		root.Close()
		return nil, err
	}
	go a.run()
	return a, nil
}

// start takes the lock and makes the archive whole.
func (a *Archive) start() (err error) {
	if a.lock, err = takeLock(a.root); err != nil {
		return err
	}
	if err := ensureMarker(a.root); err != nil {
		return err
	}
	manifest, err := openManifest(a.root)
	if err != nil {
		return err
	}
	a.commit = committer{a: a, manifest: manifest, every: checkpointEvery}
	if err := a.recover(); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	ledger, err := openLedger(a.dir, a.root, withoutGone(a.root, manifest.sealed))
	if err != nil {
		return denied(err)
	}
	a.commit.versions = numbering{versions{}, ledger}
	if !a.opt.NoDedupe {
		a.known = newOriginals(a.root, ledger)
	}
	a.plan.Store(a.names.next(time.Now()))
	return nil
}

// Put stores the records of c and, where r is not nil, the row of what was read
// from it. It returns when both are synced to disk, with the row as stored.
//
// The version counts the changes of an article: a row is stored where the text
// or the title differs from the newest version. Otherwise the row comes back
// with the version that stands and Change "unchanged", or "kept" where it holds
// less than that version: no article after one, or a part after a whole one. Its
// records are kept all the same. With a nil r the row only says where the records
// are. A file that came without HTTP is an exchange with Resource set; a reading of a
// capture without exchanges has a row that points at no page, and is never read again.
//
// A context that ends before the writing begins makes Put return its error; after
// that Put ends what it began.
func (a *Archive) Put(ctx context.Context, c *page.Capture, r *page.Reading) (page.Row, error) {
	j := &job{capture: c, done: make(chan struct{})}
	if r != nil {
		j.row, j.keep = r.Row, true
	}
	if err := a.put(ctx, j); err != nil {
		return page.Row{}, fmt.Errorf("archive %s: %w", page.Printable(c.Requested, 300), err)
	}
	return j.row, nil
}

func (a *Archive) put(ctx context.Context, j *job) error {
	j.batch, j.known = a.batches.Get().(*warc.Batch), a.known
	defer func() {
		j.batch.Reset()
		a.batches.Put(j.batch)
	}()
	if err := j.encode(a.plan.Load()); err != nil {
		return err
	}
	if err := a.hand(ctx, j); err != nil {
		return err
	}
	<-j.done
	return j.err
}

// hand gives the job to the committer.
func (a *Archive) hand(ctx context.Context, j *job) error {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.closed {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case a.jobs <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close seals the open segments and frees the lock. Puts under way end first.
// A second Close does nothing.
func (a *Archive) Close() error {
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return nil
	}
	a.closed = true
	close(a.jobs)
	a.mu.Unlock()
	<-a.done
	if a.known != nil {
		a.known.shut()
	}
	err := errors.Join(a.commit.seal(), a.putReport())
	if err == nil {
		a.commit.note()
	}
	a.commit.versions.ledger.close()
	if err == nil {
		// A cache: what goes wrong here is seen when it is asked for.
		_ = a.updateCatalogAtClose()
	}
	err = errors.Join(err, a.commit.manifest.close(), freeLock(a.lock), a.root.Close())
	if err != nil {
		return fmt.Errorf("close archive %s: %w", a.dir, err)
	}
	return nil
}
