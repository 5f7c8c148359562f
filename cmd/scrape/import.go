package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
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
	into *archive.Importer
	x    *extract.Extractor

	mu    sync.Mutex
	done  imported
	fatal error // of the archive; ends the import
}

// imported is the summary that --json prints.
type imported struct {
	Type     string         `json:"type"`
	Run      string         `json:"run_id"`
	Stored   int            `json:"responses_stored"`
	Known    int            `json:"responses_known"` // the archive had them already
	Rows     int            `json:"rows"`            // of pages that are new or changed
	Damages  int            `json:"damages"`
	Outcomes map[string]int `json:"outcomes"`
}

func (a *app) importCommand() *cobra.Command {
	m := &importing{app: a}
	return &cobra.Command{
		Use:   "import FILE…",
		Short: "Take WARC and WACZ files of other tools into the archive",
		Long: `import checks each response against its digests and stores it as it is, with its own
date, and reads the articles in them. What is damaged is left out and named. What the
archive holds already is not stored again. A WACZ is checked as a whole first; nothing
is unpacked.`,
		Example: `  scrape import crawl.warc.gz collection.wacz
  scrape import --archive news old/*.warc.gz --json | jq -r 'select(.type=="damage")'`,
		Args: needArgs("a WARC or WACZ file"),
		RunE: func(cmd *cobra.Command, args []string) error { return m.main(cmd.Context(), args) },
	}
}

func (m *importing) main(ctx context.Context, files []string) (err error) {
	for _, name := range files { // before an archive is made
		if info, err := os.Stat(name); err != nil {
			return coded{exitUsage, err}
		} else if info.IsDir() {
			return usagef("%s is a folder; name the files in it", name)
		}
	}
	if m.x, err = m.extractor(); err != nil {
		return err
	}
	m.done = imported{Type: "summary", Run: newRunID(time.Now()), Outcomes: map[string]int{}}
	store, err := archive.Open(m.archiveDir, archive.Options{Software: software(), RunID: m.done.Run, Robots: "imported"})
	if err != nil {
		return archiveError(err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if m.into, err = store.NewImporter(); err != nil {
		return err
	}
	for _, name := range files {
		if err := m.file(ctx, name); err != nil {
			return err
		}
	}
	return m.end()
}

func (m *importing) end() error {
	if m.json {
		if err := m.out.line(m.done); err != nil {
			return err
		}
	}
	m.say("%s stored, %d known already, %s, %s", count(m.done.Stored, "response"), m.done.Known, count(m.done.Rows, "row"), count(m.done.Damages, "damage"))
	switch {
	case m.done.Damages == 0:
		return nil
	case m.done.Stored+m.done.Known > 0:
		return saidCode(exitPartial)
	}
	return saidCode(exitUsage)
}

// file imports one file. Its error is one of the archive; damage is counted.
func (m *importing) file(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return coded{exitUsage, err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return m.damage(fmt.Errorf("%s is empty", name))
	}
	var magic [4]byte
	if _, err := f.ReadAt(magic[:], 0); err != nil && err != io.EOF {
		return err
	}
	base := filepath.Base(name)
	if bytes.Equal(magic[:], []byte("PK\x03\x04")) {
		if err := archive.CheckWACZ(f, info.Size(), base); err != nil {
			return m.damage(err)
		}
		return m.each(ctx, archive.ReadWACZ(f, info.Size(), base))
	}
	return m.each(ctx, archive.ReadWARC(f, base))
}

// damage reports what is left out.
func (m *importing) damage(err error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done.Damages++
	if m.json {
		return m.out.line(struct {
			Type   string `json:"type"`
			Detail string `json:"detail"`
		}{"damage", page.Printable(err.Error(), 500)})
	}
	m.complain(err)
	return nil
}

// each imports responses, several at the same time; those of one address come one
// after the other.
func (m *importing) each(ctx context.Context, list iter.Seq2[archive.Stored, error]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	seed := maphash.MakeSeed()
	queues := make([]chan archive.Stored, 4*runtime.GOMAXPROCS(0)) // most wait for the disk
	var pool sync.WaitGroup
	for i := range queues {
		queues[i] = make(chan archive.Stored)
		pool.Go(func() {
			for s := range queues[i] {
				m.one(ctx, cancel, s)
			}
		})
	}
	var err error
	for s, serr := range list {
		if serr != nil {
			err = m.damage(serr)
		} else {
			queues[maphash.String(seed, s.Capture.Requested)%uint64(len(queues))] <- s
		}
		if err != nil || ctx.Err() != nil {
			break
		}
	}
	for _, q := range queues {
		close(q)
	}
	pool.Wait()
	return errors.Join(err, m.fatal, context.Cause(ctx))
}

// one imports one response.
func (m *importing) one(ctx context.Context, cancel func(), s archive.Stored) {
	if ctx.Err() != nil {
		return
	}
	var r *page.Reading
	if s.Check() == nil && isPage(s.Capture) {
		r = m.x.Extract(s.Capture)
	}
	row, stored, err := m.into.Import(ctx, s, r)
	if errors.Is(err, archive.ErrMismatch) || errors.Is(err, archive.ErrUnreadable) {
		err = m.damage(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case err != nil:
		m.fatal = errors.Join(m.fatal, err)
		cancel()
	case stored:
		m.done.Stored++
	case s.Check() == nil:
		m.done.Known++
	}
	if stored && r != nil && row.Change != "unchanged" {
		m.done.Rows++
		m.done.Outcomes[string(row.Outcome)]++
	}
}
