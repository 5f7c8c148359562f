package archive

import (
	"context"
	"fmt"
	"os"
)

// TemporaryCatalog makes a catalog for this Reader alone, in the system's folder for what is
// temporary, where no current one is: of an archive that cannot be written to. Close removes
// it. It does nothing where a catalog is current.
func (r *Reader) TemporaryCatalog(ctx context.Context) error {
	if _, err := r.catalog(); err == nil || r.remote {
		return err
	}
	if err := r.temporaryCatalog(ctx); err != nil {
		return fmt.Errorf("make a catalog of %s: %w", r.dir, noSpace(err))
	}
	return nil
}

func (r *Reader) temporaryCatalog(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	info, err := r.root.Lstat(manifestFile)
	if err != nil {
		return err
	}
	sealed, err := readManifest(r.root)
	if err != nil {
		return err
	}
	if r.temp == "" {
		if r.temp, err = os.MkdirTemp("", "scrape-catalog-"); err != nil {
			return err
		}
	}
	c, err := openCatalog(r.temp, true)
	if err != nil {
		return err
	}
	missing, _, err := c.compare(r.root, sealed)
	if err == nil {
		err = c.addAll(ctx, r.root, missing, 1<<62)
	}
	if err != nil {
		c.close()
		return err
	}
	r.cat, r.catAt = c, info.Size()
	return nil
}

func (r *Reader) removeTemporary() error {
	if r.temp == "" {
		return nil
	}
	return os.RemoveAll(r.temp)
}
