package archive

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/page"
)

// cpu is what the process has used so far, user and system.
func cpu(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// perCPU runs f and reports how many of its bytes a second of one core is good
// for, whatever else the machine does.
func perCPU(b *testing.B, size int64, f func()) {
	b.SetBytes(size)
	b.ReportAllocs()
	from := cpu(b)
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu(b)-from).Seconds(), "MB/cpu-s")
}

// archived stores pages of 170 kB as a crawl does, and returns the archive and
// the bytes of its records' blocks.
func archived(b *testing.B) (dir string, size int64) {
	list, size := pages(b, 100)
	dir = b.TempDir()
	a := opened(b, dir, Options{})
	for i, c := range list {
		r := &page.Reading{Row: page.Row{URLCanonical: fmt.Sprintf("https://news.example/%d", i), Text: "Back in service.", Outcome: page.OK}}
		put(b, a, c, r)
	}
	closed(b, a)
	equal(b, faults(b, dir, VerifyOptions{Full: true}))
	return dir, size
}

// BenchmarkVerify checks every byte of an archive. Its measure is the content of
// the WARC records: their blocks, without the gzip of the segment. The ceiling
// is what cannot be left out: gzip undone, the digests of file, blocks and
// payloads taken.
func BenchmarkVerify(b *testing.B) {
	dir, size := archived(b)
	b.Run("full", func(b *testing.B) {
		perCPU(b, size, func() { equal(b, faults(b, dir, VerifyOptions{Full: true})) })
	})
	b.Run("ceiling", func(b *testing.B) {
		names, err := filepath.Glob(filepath.Join(dir, "warc/*/*/*/*.warc.gz"))
		if err != nil || len(names) != 1 {
			b.Fatal(names, err)
		}
		packed, err := os.ReadFile(names[0])
		if err != nil {
			b.Fatal(err)
		}
		plain := make([]byte, size*2)
		perCPU(b, size, func() {
			zr, err := gzip.NewReader(bytes.NewReader(packed))
			if err != nil {
				b.Fatal(err)
			}
			n, err := io.ReadFull(zr, plain)
			if err != io.ErrUnexpectedEOF {
				b.Fatal(n, err)
			}
			sha256.Sum256(packed)
			sha256.Sum256(plain[:n]) // blocks
			sha256.Sum256(plain[:n]) // payloads
		})
	})
}

// BenchmarkReindex makes the indexes and the catalog again.
func BenchmarkReindex(b *testing.B) {
	dir, size := archived(b)
	a := opened(b, dir, Options{})
	perCPU(b, size, func() {
		if _, err := a.Reindex(b.Context()); err != nil {
			b.Fatal(err)
		}
	})
	closed(b, a)
}
