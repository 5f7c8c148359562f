// Package bucket keeps the sealed files of an archive in S3-compatible storage and
// lets an archive be read there.
//
// Sealed files never change, so that pushing is copying what is not there yet; the
// manifest goes last, and what it lists is there. Nothing is ever replaced by other
// content, and nothing removed. Connections are the caller's: see Options.Transport.
package bucket

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Options say how a bucket is reached. Transport is required.
type Options struct {
	Endpoint  string            // address of the service; default "https://s3.amazonaws.com"
	Region    string            // default "us-east-1"
	Key       string            // access key id; "" for public buckets
	Secret    string            // secret access key
	Session   string            // session token; may be ""
	Transport http.RoundTripper // opens the connections
	Part      int64             // bytes of a part of large uploads; default 16 MiB, least 5 MiB
}

// OptionsFrom reads what the environment says: AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION or AWS_DEFAULT_REGION,
// AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL.
func OptionsFrom(env func(string) string) Options {
	return Options{
		Endpoint: cmp.Or(env("AWS_ENDPOINT_URL_S3"), env("AWS_ENDPOINT_URL")),
		Region:   cmp.Or(env("AWS_REGION"), env("AWS_DEFAULT_REGION")),
		Key:      env("AWS_ACCESS_KEY_ID"),
		Secret:   env("AWS_SECRET_ACCESS_KEY"),
		Session:  env("AWS_SESSION_TOKEN"),
	}
}

// A Bucket is the place of one archive: a bucket and a prefix in it.
type Bucket struct {
	core   minio.Core
	name   string
	prefix string // "" or with a slash at its end
	part   uint64
}

// ErrAddress reports what is no address of a place in a bucket.
var ErrAddress = errors.New("want s3://BUCKET or s3://BUCKET/PREFIX")

// Is reports whether the name of an archive means a bucket.
func Is(name string) bool { return strings.HasPrefix(name, "s3://") }

// Open returns the place that an address such as s3://bucket/prefix names. Nothing
// is asked of the service yet.
func Open(address string, o Options) (*Bucket, error) {
	b, err := open(address, o)
	if err != nil {
		return nil, fmt.Errorf("open %.200s: %w", address, err)
	}
	return b, nil
}

func open(address string, o Options) (*Bucket, error) {
	if o.Transport == nil {
		return nil, errors.New("no transport")
	}
	rest, ok := strings.CutPrefix(address, "s3://")
	name, prefix, _ := strings.Cut(strings.TrimRight(rest, "/"), "/")
	if !ok || name == "" || strings.ContainsAny(rest, "?#\\") || strings.Contains("/"+prefix, "//") {
		return nil, ErrAddress
	}
	if prefix != "" {
		prefix += "/"
	}
	endpoint, err := url.Parse(cmp.Or(o.Endpoint, "https://s3.amazonaws.com"))
	if err != nil || endpoint.Host == "" || endpoint.User != nil || endpoint.Scheme != "https" && endpoint.Scheme != "http" {
		return nil, fmt.Errorf("endpoint %.200q is no address such as https://s3.example", o.Endpoint)
	}
	lookup := minio.BucketLookupAuto
	if o.Endpoint != "" {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: credentials.NewStaticV4(o.Key, o.Secret, o.Session), Secure: endpoint.Scheme == "https",
		Transport: o.Transport, Region: cmp.Or(o.Region, "us-east-1"), BucketLookup: lookup})
	if err != nil {
		return nil, err
	}
	return &Bucket{minio.Core{Client: client}, name, prefix, uint64(max(5<<20, cmp.Or(o.Part, 16<<20)))}, nil
}

// String returns the address.
func (b *Bucket) String() string { return strings.TrimRight("s3://"+b.name+"/"+b.prefix, "/") }

// missing reports whether the service said that there is no such object.
func missing(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}
