package bucket

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/minio/minio-go/v7"
)

// A File is a sealed file of an archive.
type File struct {
	Path   string // in the archive
	Bytes  int64
	SHA256 string // hex
}

// A Source gives what is to be pushed.
type Source interface {
	// Sealed gives the manifest and the files that it lists.
	Sealed() (manifest []byte, files []File, err error)
	// Open opens a file of the archive.
	Open(name string) (io.ReadSeekCloser, error)
}

// ErrDiffers reports that something else is in the place of a file. It is left as
// it is.
var ErrDiffers = errors.New("other content is there")

// ErrDamaged reports a file that is not what the manifest says. It is not pushed.
var ErrDamaged = errors.New("it is not what the manifest says; scrape verify tells more")

// Pushed counts what a push did.
type Pushed struct {
	Files, Skipped int
	Bytes          int64 // of Files
}

const (
	manifestFile = "manifest.jsonl"
	sumKey       = "Sha256" // of the metadata of an object
)

// Push copies the sealed files that are not there yet, then the manifest. told, which
// may be nil, is called for each file that was copied. A push that was interrupted
// may be repeated, and so may one that was not.
func (b *Bucket) Push(ctx context.Context, from Source, told func(File)) (Pushed, error) {
	done, err := b.push(ctx, from, told)
	if err != nil {
		return done, fmt.Errorf("push to %s: %w", b, err)
	}
	return done, nil
}

func (b *Bucket) push(ctx context.Context, from Source, told func(File)) (done Pushed, err error) {
	manifest, files, err := from.Sealed()
	if err != nil {
		return done, err
	}
	there, etag, err := b.manifest(ctx)
	if err != nil {
		return done, err
	}
	if !bytes.HasPrefix(manifest, there) {
		return done, fmt.Errorf("%s: %w: it is that of another archive, or of a later state of this one", manifestFile, ErrDiffers)
	}
	for _, f := range files {
		copied, err := b.file(ctx, from, f)
		if err != nil {
			return done, fmt.Errorf("%s: %w", f.Path, err)
		}
		if !copied {
			done.Skipped++
			continue
		}
		done.Files++
		done.Bytes += f.Bytes
		if told != nil {
			told(f)
		}
	}
	if len(there) == len(manifest) {
		return done, nil
	}
	if err := b.putManifest(ctx, manifest, etag); err != nil {
		return done, fmt.Errorf("%s: %w", manifestFile, err)
	}
	return done, nil
}

// manifest reads what is there; "" if nothing is.
func (b *Bucket) manifest(ctx context.Context) (content []byte, etag string, err error) {
	body, info, _, err := b.core.GetObject(ctx, b.name, b.prefix+manifestFile, minio.GetObjectOptions{})
	if missing(err) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	defer body.Close()
	content, err = io.ReadAll(body)
	return content, info.ETag, err
}

// putManifest replaces the manifest if nobody else has in the meantime.
func (b *Bucket) putManifest(ctx context.Context, manifest []byte, etag string) error {
	o := minio.PutObjectOptions{ContentType: "application/jsonl", SendContentMd5: true}
	if etag == "" {
		o.SetMatchETagExcept("*")
	} else {
		o.SetMatchETag(etag)
	}
	_, err := b.core.Client.PutObject(ctx, b.name, b.prefix+manifestFile, bytes.NewReader(manifest), int64(len(manifest)), o)
	return differs(err)
}

// differs turns a failed condition into ErrDiffers.
func differs(err error) error {
	if err != nil && minio.ToErrorResponse(err).StatusCode == http.StatusPreconditionFailed {
		return fmt.Errorf("%w: another process pushes too", ErrDiffers)
	}
	return err
}

// file copies a file unless it is there, and reports whether it did.
func (b *Bucket) file(ctx context.Context, from Source, f File) (bool, error) {
	there, err := b.holds(ctx, f)
	if there || err != nil {
		return false, err
	}
	r, err := from.Open(f.Path)
	if err != nil {
		return false, err
	}
	defer r.Close()
	if err := check(r, f); err != nil {
		return false, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	if err := b.put(ctx, r, f); err != nil {
		return false, err
	}
	there, err = b.holds(ctx, f)
	if err == nil && !there {
		err = errors.New("it did not arrive")
	}
	return true, err
}

// check reads a file against its size and digest.
func check(r io.Reader, f File) error {
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	if err == nil && (n != f.Bytes || hex.EncodeToString(sum.Sum(nil)) != f.SHA256) {
		err = ErrDamaged
	}
	return err
}

// put uploads. The service checks each part against its MD5; the digest goes along.
func (b *Bucket) put(ctx context.Context, r io.Reader, f File) error {
	o := minio.PutObjectOptions{UserMetadata: map[string]string{sumKey: f.SHA256}, ContentType: "application/octet-stream", SendContentMd5: true, PartSize: b.part, NumThreads: 1}
	o.SetMatchETagExcept("*")
	_, err := b.core.Client.PutObject(ctx, b.name, b.prefix+f.Path, r, f.Bytes, o)
	return differs(err)
}

// holds reports whether the file is there. One without the digest that a push leaves
// is read.
func (b *Bucket) holds(ctx context.Context, f File) (bool, error) {
	info, err := b.core.Client.StatObject(ctx, b.name, b.prefix+f.Path, minio.StatObjectOptions{})
	if missing(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if info.Size != f.Bytes {
		return false, fmt.Errorf("%w: %d bytes, not %d", ErrDiffers, info.Size, f.Bytes)
	}
	if sum := info.UserMetadata[sumKey]; sum != "" {
		if sum != f.SHA256 {
			return false, fmt.Errorf("%w: its SHA-256 is %.64s", ErrDiffers, sum)
		}
		return true, nil
	}
	body, _, _, err := b.core.GetObject(ctx, b.name, b.prefix+f.Path, minio.GetObjectOptions{})
	if err != nil {
		return false, err
	}
	defer body.Close()
	if err := check(body, f); errors.Is(err, ErrDamaged) {
		return false, ErrDiffers
	} else if err != nil {
		return false, err
	}
	return true, nil
}
