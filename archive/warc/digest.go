package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// Digest returns the labelled digest of the parts as one: "sha256:" and 64 lower
// case hex digits. Readers disagree on the padding of a base32 SHA-256 and agree
// on hex.
func Digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// A Check compares a labelled digest, in any of the field's algorithms and
// spellings, with bytes that are written to it.
type Check struct {
	hash.Hash
	want string
}

// NewCheck returns a Check of the label, or nil where its algorithm is unknown
// and nothing can be said.
func NewCheck(label string) *Check {
	algorithm, value, _ := strings.Cut(label, ":")
	h := newHash(strings.ToLower(strings.ReplaceAll(algorithm, "-", "")))
	if h == nil || value == "" {
		return nil
	}
	return &Check{h, strings.TrimRight(strings.TrimSpace(value), "=")}
}

// OneSpelling writes a labelled digest in one way: the algorithm without hyphen, and hex,
// both in lower case. What it cannot read stays as it is.
func OneSpelling(label string) string {
	algorithm, value, _ := strings.Cut(label, ":")
	algorithm = strings.ToLower(strings.ReplaceAll(algorithm, "-", ""))
	value = strings.TrimRight(strings.TrimSpace(value), "=")
	h := newHash(algorithm)
	if h == nil {
		return label
	}
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString,
		func(s string) ([]byte, error) {
			return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(s))
		},
		base64.RawStdEncoding.DecodeString,
		base64.RawURLEncoding.DecodeString,
	} {
		if sum, err := decode(value); err == nil && len(sum) == h.Size() {
			return algorithm + ":" + hex.EncodeToString(sum)
		}
	}
	return label
}

func newHash(algorithm string) hash.Hash {
	switch algorithm {
	case "sha256":
		return sha256.New()
	case "sha1":
		return sha1.New()
	case "sha512":
		return sha512.New()
	case "md5":
		return md5.New()
	}
	return nil
}

// Holds reports whether the label is the digest of what was written.
func (c *Check) Holds() bool {
	sum := c.Sum(nil)
	b32 := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum)
	return strings.EqualFold(c.want, hex.EncodeToString(sum)) || strings.EqualFold(c.want, b32) ||
		c.want == base64.RawStdEncoding.EncodeToString(sum) || c.want == base64.RawURLEncoding.EncodeToString(sum)
}
