package warc

import (
	"bufio"
	"io"
)

// block reads a record's block and, at its end, what closes the record.
type block struct {
	r    *Reader
	from *bufio.Reader
	left int64
	err  error
	told bool // err has been returned
}

func (b *block) Read(p []byte) (int, error) {
	if b.err != nil {
		b.told = b.told || b.err != io.EOF
		return 0, b.err
	}
	if b.left == 0 {
		b.err = b.close()
		return b.Read(p)
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.r.within += int64(n)
	if err != nil {
		b.fail(err)
	}
	return n, nil
}

// close reads the line ends behind the block, and where the record had a gzip
// member of its own the end of that, so that its checksum is checked.
func (b *block) close() error {
	n, err := skipEOL(b.from)
	b.r.within += n
	if err != nil && err != io.EOF {
		b.fail(err)
		return b.err
	}
	rec := b.r.rec
	switch {
	case b.r.member < 0:
		rec.Length = b.r.offset() - rec.Offset
	case err == io.EOF && rec.Within == 0:
		rec.Length = b.r.offset() - rec.Offset
		b.r.member = -1
	}
	return io.EOF
}

func (b *block) fail(err error) {
	if b.err == nil {
		b.err = b.r.damage(b.r.rec.Offset, err)
		b.r.lost = true
	}
}

// skipEOL skips line ends and returns how many bytes they were. Its error is
// io.EOF where nothing follows.
func skipEOL(br *bufio.Reader) (int64, error) {
	for n := int64(0); ; n++ {
		c, err := br.ReadByte()
		if err != nil {
			return n, err
		}
		if c != '\r' && c != '\n' {
			return n, br.UnreadByte()
		}
	}
}

// counter counts the bytes of a file and keeps its failure apart from damage.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}
