package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// catalogAtClose is how many bytes of article segments Close takes into the
// catalog at most. More is left to UpdateCatalog and Reindex.
const catalogAtClose = 32 << 20

// updateCatalogAtClose brings the catalog up to date, unless what it lacks is so little
// that whoever asks it first may do that.
func (a *Archive) updateCatalogAtClose() error {
	if a.opt.LateCatalog > 0 {
		c, err := openCatalog(a.dir, false)
		missing, extra := slices.Collect(maps.Values(a.commit.manifest.sealed)), false
		if err == nil {
			missing, extra, err = c.compare(a.root, a.commit.manifest.sealed)
			c.close()
		}
		if !extra && (err == nil || errors.Is(err, os.ErrNotExist)) && rowBytes(missing) <= a.opt.LateCatalog {
			return nil
		}
	}
	return updateCatalog(context.Background(), a.dir, a.root, a.commit.manifest.sealed, catalogAtClose)
}

// rowBytes is how many bytes the article segments among the entries have.
func rowBytes(list []entry) (n int64) {
	for _, e := range list {
		if strings.HasPrefix(e.Path, "articles/") {
			n += e.Bytes
		}
	}
	return n
}

// UpdateCatalog takes the rows of sealed segments into the catalog that it lacks,
// and makes it where there is none. It needs no lock of the archive: several
// processes may do it at once, also while another writes. One that cannot be read
// is made anew.
func UpdateCatalog(ctx context.Context, dir string) error {
	return UpdateCatalogWithin(ctx, dir, 1<<62)
}

// UpdateCatalogWithin does that where no more than so many bytes of article segments
// are missing, and else nothing.
func UpdateCatalogWithin(ctx context.Context, dir string, most int64) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := readMarker(root); err != nil {
		return fmt.Errorf("open archive %s: %w", dir, err)
	}
	sealed, err := readManifest(root)
	if err != nil {
		return err
	}
	if err = updateCatalog(ctx, dir, root, sealed, most); err != nil {
		return fmt.Errorf("update the catalog of %s: %w", dir, denied(err))
	}
	return nil
}

// updateCatalog does nothing where more than so many bytes would have to be read.
func updateCatalog(ctx context.Context, dir string, root *os.Root, sealed map[string]entry, most int64) error {
	c, err := openCatalog(dir, true)
	var missing []entry
	extra := false
	if err == nil {
		missing, extra, err = c.compare(root, sealed)
	}
	if err == nil && !extra {
		defer c.close()
		return c.addAll(ctx, root, missing, most)
	}
	if errors.Is(err, ErrSymlink) || errors.Is(err, os.ErrPermission) || ctx.Err() != nil {
		return err
	}
	if c != nil {
		c.close()
	}
	if err := removeCatalog(dir); err != nil { // it is of other segments, or cannot be read
		return err
	}
	if c, err = openCatalog(dir, true); err != nil {
		return err
	}
	defer c.close()
	if missing, _, err = c.compare(root, sealed); err != nil {
		return err
	}
	return c.addAll(ctx, root, missing, most)
}

// addAll adds the segments, oldest first.
func (c *catalog) addAll(ctx context.Context, root Tree, missing []entry, most int64) error {
	if len(missing) == 0 || rowBytes(missing) > most {
		return nil
	}
	slices.SortFunc(missing, func(a, b entry) int { return strings.Compare(baseName(a.Path), baseName(b.Path)) })
	return c.add(ctx, root, missing)
}

// Reindexed says what Reindex did.
type Reindexed struct {
	Segments int      // WARC segments that were read
	Bytes    int64    // of them, as they are on disk
	Indexes  []string // paths of indexes that were made anew, since they were missing or wrong
	Articles int      // article segments that the catalog holds
}

// Reindex makes the index of each sealed WARC segment again, and the catalog. An
// index that is right stays as it is. A catalog that was made before rows were damaged
// knows more than they tell: it stays, and the damage is the error. Each step may be
// killed and repeated.
func (a *Archive) Reindex(ctx context.Context) (Reindexed, error) {
	var done Reindexed
	names, err := list(a.root, "warc", ".warc.gz")
	for _, name := range names {
		if err == nil {
			err = a.reindex(ctx, name, &done)
		}
	}
	if err == nil {
		err = a.readable(ctx)
	}
	if err == nil {
		err = removeCatalog(a.dir)
	}
	if err == nil {
		err = updateCatalog(ctx, a.dir, a.root, a.commit.manifest.sealed, 1<<62)
	}
	for path := range a.commit.manifest.sealed {
		if strings.HasPrefix(path, "articles/") {
			done.Articles++
		}
	}
	if err != nil {
		return done, fmt.Errorf("reindex %s: %w", a.dir, err)
	}
	return done, nil
}

// readable returns the first damage in article segments.
func (a *Archive) readable(ctx context.Context) error {
	names, err := list(a.root, "articles", ".jsonl.gz")
	if err != nil {
		return err
	}
	for _, name := range names {
		f, err := openFile(a.root, name, os.O_RDONLY)
		if err != nil {
			return err
		}
		for _, err = range members(f) {
			if err != nil || ctx.Err() != nil {
				break
			}
		}
		if err = errors.Join(err, ctx.Err(), f.Close()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// reindex makes the index of one WARC segment again.
func (a *Archive) reindex(ctx context.Context, name string, done *Reindexed) error {
	f, err := openFile(a.root, name, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	var lines [][]byte
	for m, err := range newScan(f).whole(ctx) {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		done.Bytes += m.span.Length
		if m.indexed() {
			lines = append(lines, m.line(name))
		}
	}
	done.Segments++
	if len(lines) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	want, index := sorted(lines), indexOf(name)
	got, err := readFile(a.root, index)
	if err != nil || !bytes.Equal(got, want) {
		if err := writeWhole(a.root, index, want); err != nil {
			return err
		}
		done.Indexes = append(done.Indexes, index)
	}
	return a.commit.manifest.add(entry{Path: index, Bytes: int64(len(want)), SHA256: hexSum(want), Records: len(lines)})
}
