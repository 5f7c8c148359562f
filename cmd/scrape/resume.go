package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// stateFile is where the frontier of an archive is kept by default: beside its
// folder, for it is no part of the archive, and named after the archive's id, so
// that another archive at the same place has another.
func stateFile(dir, id string) (string, error) {
	dir, err := filepath.Abs(dir)
	return filepath.Join(filepath.Dir(dir), "state-"+id[max(0, len(id)-12):]+".db"), err
}

// resume opens the frontier, begins the run or goes on with one that was
// interrupted, and settles what that one stored last.
func (c *crawling) resume(ctx context.Context, starts []string, scope crawl.Scope) (*crawl.Crawl, error) {
	f, err := c.openFrontier(ctx, starts)
	if err != nil {
		return nil, inOurWords(err)
	}
	c.client.KeepRobots(f)
	loop := c.loop(f, scope)
	loop.Spare = durable.Spare(c.workers)
	loop.Revisit = func(frontier.Item) crawl.Ladder { return crawl.Ladder{Steps: c.revisit} }
	admit := func(it frontier.Item) bool {
		if it.Kind.List() {
			return c.lists
		}
		return it.Depth == 0 || it.Depth <= scope.Depth && scope.Admits(it.URL)
	}
	if c.begun, err = f.Begin(ctx, durable.Again{Admit: admit, Rest: c.longest(), Ladder: c.revisit}); err == nil {
		err = c.settle(ctx, loop, f)
	}
	if err != nil {
		return nil, inOurWords(errors.Join(err, f.Close()))
	}
	return loop, nil
}

// longest is how long an article rests at most, whatever earlier runs were asked for.
func (c *crawling) longest() time.Duration {
	if len(c.revisit) == 1 {
		return max(c.revisit[0], time.Microsecond) // 0 would mean redirects and refusals, too
	}
	return frontier.Never
}

func (c *crawling) openFrontier(ctx context.Context, starts []string) (*durable.Frontier, error) {
	return c.openDurable(ctx, durable.Options{Options: frontier.Options{Delay: c.delay, MaxItems: c.maxPages, Traps: trapRules(c.bounds)}, Starts: starts, Run: c.run, Workers: c.workers})
}

// openDurable opens the frontier at the place that was named, or beside the archive.
func (c *crawling) openDurable(ctx context.Context, o durable.Options) (*durable.Frontier, error) {
	id, err := archiveID(c.archiveDir)
	if err != nil {
		return nil, err
	}
	o.Archive = id
	if durable.IsPostgres(c.where) {
		return durable.Open(ctx, c.where, o) // many archives share it
	}
	where := c.where
	if where == "" {
		if where, err = stateFile(c.archiveDir, id); err != nil {
			return nil, err
		}
	}
	o.Owner, o.Sole = id, true // the archive is locked, and the file is the archive's
	f, err := durable.Open(ctx, where, o)
	if errors.Is(err, fs.ErrPermission) {
		err = coded{exitArchive, fmt.Errorf("%w; --frontier FILE keeps it elsewhere", err)}
	}
	if err != nil && ctx.Err() == nil {
		return nil, archiveError(inOurWords(err)) // the file is as needed as the archive
	}
	return f, err
}

// archiveID reads which archive it is (docs/archive-format.md, archive.json).
func archiveID(dir string) (string, error) {
	var marker struct {
		ID string `json:"id"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "archive.json"))
	if err == nil {
		err = json.Unmarshal(b, &marker)
	}
	if err == nil && marker.ID == "" {
		err = archive.ErrNotArchive
	}
	if err != nil {
		return "", fmt.Errorf("read the archive's id: %w", err)
	}
	return marker.ID, nil
}

// settle commits what an interrupted run stored but could not commit.
func (c *crawling) settle(ctx context.Context, loop *crawl.Crawl, f *durable.Frontier) error {
	r, err := archive.OpenReader(c.archiveDir)
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := loop.Settle(ctx, f, r)
	switch {
	case err != nil:
	case c.begun.Beside > 0:
		c.say("joining a crawl that %s at work on%s", others(c.begun.Beside), settledText(n))
	case c.begun.Resumed:
		c.say("going on where the last run was interrupted%s", settledText(n))
	}
	return err
}

func others(n int) string {
	if n == 1 {
		return "another process is"
	}
	return fmt.Sprintf("%d other processes are", n)
}

func settledText(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; no second visit for %s", count(n, "stored page"))
}

// inOurWords gives the frontier's errors their exit codes.
func inOurWords(err error) error {
	switch {
	case errors.Is(err, durable.ErrFull):
		return coded{exitDisk, err}
	case errors.Is(err, durable.ErrOwner):
		return coded{exitArchive, err}
	}
	return err
}
