package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/internal/fetch"
	"newsarchive/internal/spelling"
)

// bucketFlags say how a bucket is reached.
type bucketFlags struct {
	endpoint, region string
	allow            []string
}

func (f *bucketFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.endpoint, "endpoint", "", "address of the service (or AWS_ENDPOINT_URL; default Amazon's)")
	cmd.Flags().StringVar(&f.region, "region", "", "its region (or AWS_REGION)")
	cmd.Flags().StringArrayVar(&f.allow, "allow-net", nil, "CIDR[:PORT] of a service at an address that is not public (or "+bucketNet+")")
}

func (a *app) pushCommand() *cobra.Command {
	var f bucketFlags
	cmd := &cobra.Command{
		Use:   "push s3://BUCKET/PREFIX",
		Short: "Copy what is sealed to S3-compatible storage",
		Long: `push copies the sealed files of the archive that are not in the bucket yet, checked by
SHA-256, and the manifest last. It may be repeated at any time, also while a crawl
writes. Nothing in the bucket is replaced by other content, and nothing removed.

Credentials are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.`,
		Example: `  scrape push s3://press/2026
  scrape push s3://press --endpoint https://s3.example --archive kept`,
		Args: oneArg("where to: s3://BUCKET/PREFIX"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.push(cmd.Context(), args[0], f) },
	}
	f.add(cmd)
	return cmd
}

// bucketNet is the variable with what --allow-net of push names, for the commands
// that read an archive in a bucket.
const bucketNet = "SCRAPE_BUCKET_NET"

// openBucket opens a place in a bucket with what the environment says, and the
// guarded dialer.
func openBucket(address string, f bucketFlags) (*bucket.Bucket, error) {
	allow, err := allowed(append(strings.Fields(os.Getenv(bucketNet)), f.allow...))
	if err != nil {
		return nil, err
	}
	o := bucket.OptionsFrom(os.Getenv)
	o.Endpoint, o.Region = cmp.Or(f.endpoint, o.Endpoint), cmp.Or(f.region, o.Region)
	o.Transport = fetch.Service(allow, 0).Transport
	b, err := bucket.Open(address, o)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	return b, nil
}

func (a *app) push(ctx context.Context, to string, f bucketFlags) error {
	b, err := openBucket(to, f)
	if err != nil {
		return err
	}
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	var told error
	done, err := b.Push(ctx, sealed{r}, func(f bucket.File) {
		if a.json {
			told = errors.Join(told, a.out.line(pushLine{"file", f.Path, f.Bytes, f.SHA256}))
		}
	})
	if err = errors.Join(err, told); err != nil {
		return pushError(err)
	}
	if a.json {
		return a.out.line(map[string]any{"type": "summary", "to": b.String(), "files": done.Files, "skipped": done.Skipped, "bytes": done.Bytes})
	}
	a.say("%s copied to %s, %s; there already: %d", count(done.Files, "file"), b, spelling.Bytes(done.Bytes), done.Skipped)
	return nil
}

// pushLine is the line that --json prints for a file that was copied.
type pushLine struct {
	Type   string `json:"type"`
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// pushError gives an error of pushing its exit code: what is wrong with archive or
// bucket is 7, a service that cannot be reached 5.
func pushError(err error) error {
	switch {
	case errors.Is(err, bucket.ErrDiffers), errors.Is(err, bucket.ErrDamaged), errors.Is(err, os.ErrNotExist):
		return coded{exitArchive, err}
	case errors.Is(err, context.Canceled):
		return err
	}
	return coded{exitUnreachable, fmt.Errorf("%w; what was copied stays: run it again", err)}
}

// sealed shows an archive as what is pushed.
type sealed struct{ *archive.Reader }

func (s sealed) Sealed() ([]byte, []bucket.File, error) {
	manifest, list, err := s.Reader.Sealed()
	files := make([]bucket.File, len(list))
	for i, f := range list {
		files[i] = bucket.File(f)
	}
	return manifest, files, err
}

func (s sealed) Open(name string) (io.ReadSeekCloser, error) { return s.OpenSealed(name) }
