package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/page"
)

// importing is the command that takes files of other tools into the archive.
type importing struct {
	*app
	x *extract.Extractor

	inputs    []input
	now       int // the input that is being read
	originals archive.Originals

	opening sync.Mutex // guards store and into
	store   *archive.Archive
	into    *archive.Importer

	mu    sync.Mutex // guards done and fatal
	done  imported
	fatal error // of the archive; ends the import
}

func (a *app) importCommand() *cobra.Command {
	m := &importing{app: a}
	return &cobra.Command{
		Use:   "import FILE…",
		Short: "Take WARC and WACZ files of other tools into the archive",
		Long: `import checks each response against its digests and stores it as it is, with its own
date, and reads the articles in them. What is damaged is left out and named. What the
archive holds already is not stored again. A revisit gets its payload from the response with it in any of
the files, whatever their order, or in the archive; a page whose original is nowhere is left out and
named: name the files of one crawl together.
Files that came without HTTP (resource records: FTP, warcit, screenshots) are kept too, and read where
they are pages; requests are kept beside their responses. What else is in the files (warcinfo, metadata,
conversions, requests without a response, DNS) is left out and counted by type.
The exit code is 4 where that is all there is.
A WACZ is checked as a whole first; nothing is unpacked.
- is standard input; it and pipes are copied to a file in TMPDIR first.`,
		Example: `  scrape import crawl.warc.gz collection.wacz
  scrape import --archive news old/*.warc.gz --json | jq -r 'select(.type=="damage")'
  zstd -dc crawl.warc.zst | scrape import -`,
		Args: needArgs("a WARC or WACZ file"),
		RunE: func(cmd *cobra.Command, args []string) error { return m.main(cmd.Context(), args) },
	}
}

func (m *importing) main(ctx context.Context, files []string) (err error) {
	defer func() { err = errors.Join(err, m.discard()) }()
	for _, name := range files { // before an archive is made
		if err := m.input(ctx, name); err != nil {
			return err
		}
	}
	if m.x, err = m.extractor(); err != nil {
		return err
	}
	m.done = imported{Type: "summary", Run: newRunID(time.Now()), Outcomes: map[string]int{}}
	defer func() { err = errors.Join(err, m.close()) }()
	if held, _ := os.ReadDir(m.archiveDir); len(held) > 0 { // whether it can be had is said before files are read
		if err := m.open(); err != nil {
			return err
		}
	}
	m.originals = archive.Originals{Ahead: m.survey, In: m.store}
	for m.now = range m.inputs {
		if err := m.file(ctx, m.inputs[m.now]); err != nil {
			return err
		}
	}
	return m.end()
}

// open opens the archive. Where there is none it is made for the first response that can
// be taken in, so that files without any leave nothing behind.
func (m *importing) open() (err error) {
	m.opening.Lock()
	defer m.opening.Unlock()
	if m.into != nil {
		return nil
	}
	if m.store, err = archive.Open(m.archiveDir, archive.Options{Software: software(), RunID: m.done.Run, Robots: "imported"}); err != nil {
		return archiveError(err)
	}
	m.into, err = m.store.NewImporter()
	return err
}

func (m *importing) close() error {
	if m.store == nil {
		return nil
	}
	var errs error
	if m.into != nil {
		errs = m.into.Close()
	}
	return errors.Join(errs, m.store.Close())
}

// survey takes note of what is in the files that are still to be read.
func (m *importing) survey() {
	for _, in := range m.inputs[m.now:] {
		m.originals.Survey(in.file, in.size)
	}
}

// file imports one file. Its error is one of the archive; damage is counted.
func (m *importing) file(ctx context.Context, in input) error {
	if in.size == 0 {
		return m.damage(fmt.Errorf("%s is empty", in.name))
	}
	return m.each(ctx, m.originals.Read(in.file, in.size, filepath.Base(in.name)))
}

// inFile is a response, and what it is among those of its file; nil for nothing.
type inFile struct {
	archive.Stored
	as *referrer
}

// each imports responses, several at the same time; those of one address come one
// after the other.
func (m *importing) each(ctx context.Context, list iter.Seq2[archive.Stored, error]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	seed := maphash.MakeSeed()
	queues := make([]chan inFile, 4*runtime.GOMAXPROCS(0)) // most wait for the disk
	var pool sync.WaitGroup
	for i := range queues {
		queues[i] = make(chan inFile)
		pool.Go(func() {
			for s := range queues[i] {
				m.one(ctx, cancel, s)
				s.as.resolve("") // where it was not stored
			}
		})
	}
	var err error
	pages := referrers{by: map[string]*referrer{}}
	for s, serr := range list {
		if serr != nil {
			err = m.damage(serr)
		} else {
			queues[maphash.String(seed, s.Capture.Requested)%uint64(len(queues))] <- inFile{s, pages.place(s)}
		}
		if err != nil || ctx.Err() != nil {
			break
		}
	}
	for _, q := range queues {
		close(q)
	}
	pool.Wait()
	if m.fatal != nil { // the rest was cancelled for it
		return m.fatal
	}
	return errors.Join(err, context.Cause(ctx))
}

// one imports one response.
func (m *importing) one(ctx context.Context, cancel func(), s inFile) {
	if ctx.Err() != nil {
		return
	}
	row, stored, err := m.take(ctx, s)
	if errors.Is(err, archive.ErrMismatch) || errors.Is(err, archive.ErrUnreadable) {
		err = m.damage(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case err != nil:
		if m.fatal == nil {
			m.fatal = err
		}
		cancel()
	case stored:
		m.done.Stored++
	case s.Check() == nil:
		m.done.Known++
	}
	if stored && row.Outcome != "" && (row.Change == "new" || row.Change == "changed") {
		m.done.Rows++
		m.done.Outcomes[string(row.Outcome)]++
	}
}

// take stores a response and, where it is a page, what is read from it; else for which page
// it was, if that is known.
func (m *importing) take(ctx context.Context, s inFile) (page.Row, bool, error) {
	if err := s.Check(); err != nil {
		return page.Row{}, false, err
	}
	if err := m.open(); err != nil {
		return page.Row{}, false, err
	}
	if of, ok := s.as.of(); ok {
		stored, err := m.into.ImportRequisite(ctx, s.Stored, of)
		return page.Row{}, stored, err
	}
	var r *page.Reading
	if isPage(s.Capture) {
		r = m.x.Extract(s.Capture)
	}
	row, stored, err := m.into.Import(ctx, s.Stored, r)
	if stored {
		s.as.resolve(row.WARCRecordID)
	}
	return row, stored, err
}
