package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	kgzip "github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

var words = strings.Fields(`ferry harbour council the of and a in to bridge vote Monday service residents report water
	level announced after storm new plan school budget river market minister election library village island`)

// pages returns captures of about 170 kB of HTML that compresses as pages of news
// houses do, to about a fifth: boxes around prose, no two alike.
func pages(b *testing.B, n int) (list []*page.Capture, size int64) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		ex := html(b, fmt.Sprintf("https://news.example/%d", i), markup(r, 170_000))
		list = append(list, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}})
		size += int64(len(ex.Wire) + len(ex.Request))
	}
	return list, size
}

func markup(r *rand.Rand, size int) string {
	var text strings.Builder
	phrase := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[r.IntN(len(words))]
		}
		return strings.Join(list, " ")
	}
	for text.Len() < size {
		id := r.Uint32()
		fmt.Fprintf(&text, `<div class="card card--%s" data-id="%d"><a class="card__link" href="/%s/%d"><picture class="card__media">`+
			`<img loading="lazy" src="/img/%x.jpg" alt=""></picture><h3 class="card__title">%s</h3></a></div>`+"\n<p>%s.</p>\n",
			phrase(1), id, phrase(1), id, id, phrase(5), phrase(20))
	}
	return text.String()
}

// BenchmarkWrite compares what a Put does before it waits for the disk, digests
// and all, with bare compression of the same bytes.
func BenchmarkWrite(b *testing.B) {
	list, size := pages(b, 50)
	run := func(name string, f func(*page.Capture)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, c := range list {
					f(c)
				}
			}
		})
	}
	batch, err := warc.NewBatch(6)
	if err != nil {
		b.Fatal(err)
	}
	p := newNamer().next(noon)
	run("records", func(c *page.Capture) {
		j := &job{capture: c, batch: batch}
		if err := j.encode(p); err != nil {
			b.Fatal(err)
		}
	})
	k, _ := kgzip.NewWriterLevel(io.Discard, 6)
	run("gzip of klauspost", func(c *page.Capture) {
		k.Reset(io.Discard)
		k.Write(c.Document().Request)
		k.Write(c.Document().Wire)
		k.Close()
	})
	s, _ := gzip.NewWriterLevel(io.Discard, 6)
	std := func(c *page.Capture) {
		s.Reset(io.Discard)
		s.Write(c.Document().Request)
		s.Write(c.Document().Wire)
		s.Close()
	}
	run("gzip of the standard library", std)
	run("gzip of the standard library with digests", func(c *page.Capture) {
		std(c)
		sha256.Sum256(c.Document().Request)
		sha256.Sum256(c.Document().Wire)
		sha256.Sum256(c.Document().Entity)
	})
}

// BenchmarkPut stores captures with their rows, syncs and all, from as many
// goroutines as a crawl has workers.
func BenchmarkPut(b *testing.B) {
	list, size := pages(b, 50)
	for _, workers := range []int{1, 8} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			a := opened(b, b.TempDir(), Options{})
			b.SetBytes(size / int64(len(list)))
			b.ReportAllocs()
			b.SetParallelism(workers)
			var n atomic.Int64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := int(n.Add(1))
					r := &page.Reading{Row: page.Row{URLCanonical: fmt.Sprintf("https://news.example/%d", i), Text: "Back in service.", Outcome: page.OK}}
					if _, err := a.Put(context.Background(), list[i%len(list)], r); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.StopTimer()
			closed(b, a)
		})
	}
}

// BenchmarkRead reads records back: bare, and with digests and decoding.
func BenchmarkRead(b *testing.B) {
	list, _ := pages(b, 50)
	batch, err := warc.NewBatch(6)
	if err != nil {
		b.Fatal(err)
	}
	p, file := newNamer().next(noon), []byte(nil)
	for _, c := range list {
		j := &job{capture: c, batch: batch}
		if err := j.encode(p); err != nil {
			b.Fatal(err)
		}
		file = append(file, batch.Bytes()...)
	}
	size, err := readAll(bytes.NewReader(file))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("records", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			if n, err := readAll(bytes.NewReader(file)); n != size || err != nil {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("responses", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for s, err := range ReadWARC(bytes.NewReader(file), "x") {
				if err != nil || s.Mismatch != "" {
					b.Fatal(s.Mismatch, err)
				}
				n++
			}
			if n != len(list) {
				b.Fatal(n)
			}
		}
	})
}
